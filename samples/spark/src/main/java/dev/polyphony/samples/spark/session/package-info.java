/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How a program comes to Spark: on this machine, or on a cluster. */
package dev.polyphony.samples.spark.session;
