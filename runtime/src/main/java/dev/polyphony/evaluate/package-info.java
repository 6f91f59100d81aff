/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * How good an ensemble is, and how well it knows: scores, calibration, uncertainty, detection of
 * foreign inputs, cost.
 *
 * <p>{@link dev.polyphony.evaluate.Predictions} is what an ensemble said of a data set, or of a
 * batch of it; {@link dev.polyphony.evaluate.ClassificationMeter} takes one batch after the other,
 * and keeps sums and a few numbers of each example; {@link dev.polyphony.evaluate.Evaluation} is
 * the verdict. The same for several labels begins with {@code MultiLabel}, that for numbers is in
 * {@link dev.polyphony.evaluate.regression}. What they compute is there as small functions on plain
 * arrays too, one class a family: {@link dev.polyphony.evaluate.Scores}, {@link
 * dev.polyphony.evaluate.Calibration}, {@link dev.polyphony.evaluate.Uncertainty}, {@link
 * dev.polyphony.evaluate.Detection}, {@link dev.polyphony.evaluate.SelectivePrediction}, {@link
 * dev.polyphony.evaluate.Diversity}. {@link dev.polyphony.evaluate.Metrics} names those that tables
 * and charts show.
 *
 * <p>Arrays are {@code [N][C]} for pooled probabilities and {@code [N][M][C]} for those of the
 * members: {@code N} examples, {@code M} members, {@code C} classes. Sums are in double precision,
 * logarithms natural (nats).
 */
package dev.polyphony.evaluate;
