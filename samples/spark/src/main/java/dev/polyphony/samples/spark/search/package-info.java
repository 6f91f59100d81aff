/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Searches: trials that differ in form, model and settings are trained as tasks of Spark, each in a
 * process of its own, and ranked by the validation data. Members of a deep ensemble are trained the
 * same way.
 */
package dev.polyphony.samples.spark.search;
