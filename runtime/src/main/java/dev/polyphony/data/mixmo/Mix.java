/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

/**
 * How a batch is mixed.
 *
 * @param masks each member's part in the mix, {@code [rows, M, places...]} in row-major order; they
 *     sum up to 1 over the members
 * @param places the spatial shape of the masks; empty where a mix is the same everywhere
 * @param weights the weights of the losses, {@code [rows, M]} in row-major order
 */
public record Mix(float[] masks, int[] places, float[] weights) {}
