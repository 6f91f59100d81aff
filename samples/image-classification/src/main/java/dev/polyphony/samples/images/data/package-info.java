/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The data sets of the literature, from the files that their authors give. */
package dev.polyphony.samples.images.data;
