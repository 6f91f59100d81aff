/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What is trained on, and who sees what of it: examples in memory or read as training goes, and for
 * each method the batches of an epoch as indices, from plain Java and a seed alone.
 */
package dev.polyphony.data;
