/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Reads the golden vectors: numbers of the reference implementations that ours must match. */
package dev.polyphony.golden;
