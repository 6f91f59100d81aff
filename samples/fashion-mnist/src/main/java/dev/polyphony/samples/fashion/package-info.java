/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Clothes of Fashion-MNIST, and how well each form tells digits from them. */
package dev.polyphony.samples.fashion;
