/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Sets of classes, and intervals of numbers, that hold the right answer with a probability that one
 * chooses, whatever the model: split conformal prediction. {@link
 * dev.polyphony.evaluate.conformal.ConformalPredictor} is for classes, {@link
 * dev.polyphony.evaluate.conformal.ConformalIntervals} for numbers.
 */
package dev.polyphony.evaluate.conformal;
