/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** One training step or one inference batch, measured in turns with that of another network. */
package dev.polyphony.samples.benchmarks.step;
