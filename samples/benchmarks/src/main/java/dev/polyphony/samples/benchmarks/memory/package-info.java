/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What a process keeps of 20,000 steps. */
package dev.polyphony.samples.benchmarks.memory;
