/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The models, plain DJL classes: the compiler writes their ensembles. */
package dev.polyphony.samples.benchmarks.model;
