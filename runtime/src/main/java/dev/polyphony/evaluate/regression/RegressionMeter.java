/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import java.util.stream.IntStream;

/**
 * Judges an ensemble that predicts numbers on a data set that comes in batches, and so need not fit
 * in memory: nothing is kept of an example but sums.
 *
 * <pre>{@code
 * RegressionMeter meter = RegressionMeter.of(4, 1);
 * for (each batch) {
 *     meter.add(outputs, targets); // [B, M, K] and [B, K]
 * }
 * RegressionEvaluation evaluation = meter.getEvaluation();
 * }</pre>
 *
 * <p>How the data set is cut into batches does not change the result. Not safe for use by several
 * threads: give each its own, and {@linkplain #add(RegressionMeter) add} them up.
 */
public final class RegressionMeter {

    private final int members;
    private final int width;
    private int examples;

    /** Null until the first batch, which says whether members are Gaussians. */
    private TargetTotals[] targets;

    private boolean gaussian;

    private RegressionMeter(int members, int width) {
        this.members = members;
        this.width = width;
    }

    /**
     * Creates a meter.
     *
     * @param members the number of members {@code M}, at least 1
     * @param width the numbers of an example {@code K}, at least 1
     * @return a meter that has seen nothing
     * @throws IllegalArgumentException if a number is too low
     */
    public static RegressionMeter of(int members, int width) {
        if (members < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "%d members and %d targets: at least 1 of each are needed"
                            .formatted(members, width));
        }
        return new RegressionMeter(members, width);
    }

    /**
     * Adds examples whose members give points.
     *
     * @param outputs the numbers of the members, {@code [B, M, K]} in row-major order
     * @param targets the right ones, {@code [B, K]} in row-major order
     * @return this
     * @throws IllegalArgumentException if a length does not fit, a number is NaN or infinite, or
     *     batches before were of Gaussians
     */
    public RegressionMeter add(float[] outputs, float[] targets) {
        return add(RegressionPredictions.of(outputs, targets, members, width));
    }

    /**
     * Adds examples.
     *
     * @param batch predictions with the right numbers
     * @return this
     * @throws IllegalArgumentException if the number of members or targets is another, or members
     *     are Gaussians here and points there
     * @throws IllegalStateException if the right numbers are unknown
     */
    public RegressionMeter add(RegressionPredictions batch) {
        if (batch.getMembers() != members || batch.getWidth() != width) {
            throw new IllegalArgumentException(
                    "the batch has %d members and %d targets, the meter is for %d and %d"
                            .formatted(batch.getMembers(), batch.getWidth(), members, width));
        }
        double[][] right = batch.getTargets();
        requireKind(batch.isGaussian());
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < width; k++) {
                targets[k].add(batch, i, k, right[i][k]);
            }
        }
        examples = Math.addExact(examples, right.length);
        return this;
    }

    private void requireKind(boolean ofGaussians) {
        if (targets == null) {
            gaussian = ofGaussians;
            targets =
                    IntStream.range(0, width)
                            .mapToObj(k -> new TargetTotals(members, ofGaussians))
                            .toArray(TargetTotals[]::new);
        } else if (gaussian != ofGaussians) {
            throw new IllegalArgumentException(
                    "members that give points and members that give Gaussians cannot be judged together");
        }
    }

    /**
     * Adds what another meter saw.
     *
     * @param other a meter for the same numbers of members and targets, which is left as it is
     * @return this
     * @throws IllegalArgumentException if the other is for something else, or this one
     */
    public RegressionMeter add(RegressionMeter other) {
        if (other == this || other.members != members || other.width != width) {
            throw new IllegalArgumentException(
                    "meters are added up if they are distinct and built alike");
        }
        if (other.targets != null) {
            requireKind(other.gaussian);
            for (int k = 0; k < width; k++) {
                targets[k].add(other.targets[k]);
            }
            examples = Math.addExact(examples, other.examples);
        }
        return this;
    }

    /**
     * Judges what was added so far; more may be added after.
     *
     * @return the evaluation
     * @throws IllegalStateException if no example was added
     */
    public RegressionEvaluation getEvaluation() {
        if (examples == 0) {
            throw new IllegalStateException("no example was added: there is nothing to judge");
        }
        return new RegressionEvaluation(examples, members, gaussian, targets);
    }
}
