/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Real handwritten digits of 8x8 pixels: every form against the plain model and a deep ensemble.
 */
package dev.polyphony.samples.digits;
