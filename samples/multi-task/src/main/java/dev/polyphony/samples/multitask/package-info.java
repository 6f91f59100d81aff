/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Models with several inputs and outputs, trained in all tasks at once, and their ensembles. */
package dev.polyphony.samples.multitask;
