/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Masksembles: shared weights, and a fixed mask for each member. */
package dev.polyphony.nn.masksembles;
