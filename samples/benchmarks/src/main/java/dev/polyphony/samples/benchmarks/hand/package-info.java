/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ensembles as one writes them by hand in DJL: from its own blocks, with members in channels
 * where these can serve them, and from few blocks more. Their parameters have the shapes and the
 * order of the generated ones'.
 */
package dev.polyphony.samples.benchmarks.hand;
