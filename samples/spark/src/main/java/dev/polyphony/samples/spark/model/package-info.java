/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The digits, and a model of them. */
package dev.polyphony.samples.spark.model;
