/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What several rows come to beside one another: spread over seeds, intervals, paired tests, and
 * quality against cost.
 */
package dev.polyphony.evaluate.compare;
