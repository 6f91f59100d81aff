/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The rows of the literature: data, network, training, and what was reported for it. */
package dev.polyphony.samples.images.recipe;
