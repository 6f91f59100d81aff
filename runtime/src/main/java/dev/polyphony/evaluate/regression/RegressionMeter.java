/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import dev.polyphony.evaluate.ForeignScores;
import java.util.Collection;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges an ensemble that predicts numbers on a data set that comes in batches, and so need not fit
 * in memory: nothing is kept of an example but sums, and 8 bytes if there are foreign sets.
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
    private final ForeignScores spreads;
    private int examples;

    /** Null until the first batch, which says whether members are Gaussians. */
    private TargetTotals[] targets;

    private boolean gaussian;

    private RegressionMeter(int members, int width, Collection<String> foreignSets) {
        this.members = members;
        this.width = width;
        spreads = new ForeignScores(foreignSets);
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
        return of(members, width, Set.of());
    }

    /**
     * Creates a meter that also judges whether members lie further apart on inputs that the
     * ensemble was not made for.
     *
     * @param members the number of members {@code M}, at least 1
     * @param width the numbers of an example {@code K}, at least 1
     * @param foreignSets the names of the sets of {@link #addForeign}
     * @return a meter that has seen nothing
     * @throws IllegalArgumentException if a number is too low
     */
    public static RegressionMeter of(int members, int width, Collection<String> foreignSets) {
        if (members < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "%d members and %d targets: at least 1 of each are needed"
                            .formatted(members, width));
        }
        return new RegressionMeter(members, width, foreignSets);
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
            spreads.add(batch.spread(i));
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
     * Adds examples of a foreign set. Their score is the spread of the members: the root of their
     * variance, which is a mean over targets. It is 0 for a single member, which tells nothing
     * apart.
     *
     * @param set the name of the set
     * @param outputs the numbers of the members, {@code [B, M, K]} in row-major order
     * @return this
     * @throws IllegalArgumentException if the set was not named, the length does not fit, or a
     *     number is NaN or infinite
     */
    public RegressionMeter addForeign(String set, float[] outputs) {
        RegressionPredictions batch = RegressionPredictions.of(outputs, null, members, width);
        for (int i = 0; i < batch.size(); i++) {
            spreads.addForeign(set, batch.spread(i));
        }
        return this;
    }

    /**
     * Adds what another meter saw.
     *
     * @param other a meter for the same numbers of members and targets and the same foreign sets,
     *     which is left as it is
     * @return this
     * @throws IllegalArgumentException if the other is for something else, or this one
     */
    public RegressionMeter add(RegressionMeter other) {
        if (other == this || other.members != members || other.width != width) {
            throw new IllegalArgumentException(
                    "meters are added up if they are distinct and built alike");
        }
        spreads.add(other.spreads);
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
     * @throws IllegalStateException if no example was added, or none of a foreign set
     */
    public RegressionEvaluation getEvaluation() {
        if (examples == 0) {
            throw new IllegalStateException("no example was added: there is nothing to judge");
        }
        return new RegressionEvaluation(
                examples, members, gaussian, spreads.toDetections(), targets);
    }
}
