/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Scores tables with a model folder: rows and the ensemble's answers to them. */
package dev.polyphony.samples.spark.score;
