/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The two moons, trained by the harnesses: as many as a caller asks for, in one process. */
package dev.polyphony.samples.benchmarks.moons;
