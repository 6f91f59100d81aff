/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How fast tables are scored, and how much memory the driver takes. */
package dev.polyphony.samples.spark.benchmark;
