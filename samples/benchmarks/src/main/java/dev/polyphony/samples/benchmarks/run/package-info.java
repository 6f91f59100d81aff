/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs all benchmarks, each in a process of its own, and holds the results against the targets. */
package dev.polyphony.samples.benchmarks.run;
