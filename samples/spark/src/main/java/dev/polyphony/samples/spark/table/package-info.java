/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tables of files: where rows come from, and where they go. */
package dev.polyphony.samples.spark.table;
