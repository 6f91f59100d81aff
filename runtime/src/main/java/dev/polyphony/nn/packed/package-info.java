/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Packed-Ensembles: members of their own width, side by side in grouped layers. */
package dev.polyphony.nn.packed;
