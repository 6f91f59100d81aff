/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The command line of the sample. */
package dev.polyphony.samples.spark.command;
