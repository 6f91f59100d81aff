/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

/**
 * How a batch is mixed.
 *
 * @param masks each member's part in the mix, {@code [rows, M, shape...]} in row-major order; they
 *     sum up to 1 over the members
 * @param shape the shape of a mask: the spatial shape of the features, or channels and spatial
 *     shape; empty where a mix is the same everywhere
 * @param weights the weights of the losses, {@code [rows, M]} in row-major order
 */
public record Mix(float[] masks, int[] shape, float[] weights) {}
