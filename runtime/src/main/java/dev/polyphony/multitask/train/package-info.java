/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Trains models and ensembles with several outputs: {@link
 * dev.polyphony.multitask.train.MultiTaskHarness} is the way in.
 */
package dev.polyphony.multitask.train;
