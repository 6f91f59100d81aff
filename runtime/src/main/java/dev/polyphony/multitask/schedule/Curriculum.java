/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.schedule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Easy examples first: each epoch deals out the easiest share of the data, as a {@link Pacing} has
 * it. How difficult an example is, the user says, or its loss at the beginning of the epoch.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/1553374.1553380">Bengio et al., Curriculum Learning,
 *     ICML 2009</a>
 * @see <a href="https://papers.nips.cc/paper/3923-self-paced-learning-for-latent-variable-models">
 *     Kumar, Packer and Koller, Self-Paced Learning for Latent Variable Models, NIPS 2010</a>
 */
public final class Curriculum {

    private final double[] difficulty;
    private final Pacing pacing;

    private Curriculum(double[] difficulty, Pacing pacing) {
        this.difficulty = difficulty;
        this.pacing = Objects.requireNonNull(pacing, "pacing");
    }

    /**
     * Returns a curriculum by the user's score.
     *
     * @param difficulty how difficult each training example is, in any unit
     * @param pacing how much is shown
     * @return the curriculum
     */
    public static Curriculum byScore(double[] difficulty, Pacing pacing) {
        for (int i = 0; i < difficulty.length; i++) {
            if (Double.isNaN(difficulty[i])) {
                throw new IllegalArgumentException(
                        "The difficulty of example %d is NaN".formatted(i));
            }
        }
        return new Curriculum(difficulty.clone(), pacing);
    }

    /**
     * Returns a curriculum by the losses that the network has on each example at the beginning of
     * an epoch, weighed as in training. It takes a prediction of all training data an epoch.
     *
     * @param pacing how much is shown
     * @return the curriculum
     */
    public static Curriculum byLoss(Pacing pacing) {
        return new Curriculum(null, pacing);
    }

    /**
     * Returns whether examples are as difficult as their losses are high.
     *
     * @return whether there is no score of the user's
     */
    public boolean isByLoss() {
        return difficulty == null;
    }

    /**
     * Requires that this is a curriculum of some data.
     *
     * @param examples the number of training examples
     * @throws IllegalArgumentException if there is another number of scores
     */
    public void require(int examples) {
        if (difficulty != null && difficulty.length != examples) {
            throw new IllegalArgumentException(
                    "The curriculum has %d scores for %d training examples"
                            .formatted(difficulty.length, examples));
        }
    }

    /**
     * Returns what an epoch shows.
     *
     * @param progress the part of training that is over, from 0 to 1
     * @param losses the loss of each example; null if they are not needed
     * @return the easiest examples, the easiest first; of equals the first
     */
    public int[] getExamples(double progress, double[] losses) {
        double[] scores = difficulty == null ? losses : difficulty;
        double share = getShare(progress);
        // two at least: batch normalisation has no statistics of one row
        int shown = Math.max(Math.min(2, scores.length), (int) Math.ceil(share * scores.length));
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .limit(shown)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Returns the share of the examples that an epoch shows.
     *
     * @param progress the part of training that is over, from 0 to 1
     * @return the share, above 0 and at most 1
     * @throws IllegalArgumentException if the pacing gives another
     */
    public double getShare(double progress) {
        double share = pacing.getShare(progress);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "A pacing gives shares above 0 and at most 1, but gave %s at %s"
                            .formatted(share, progress));
        }
        return share;
    }

    /**
     * Returns a number that other scores hardly have, to tell curricula from one another.
     *
     * @return the hash code of all scores; 0 if there are none
     */
    public int getScoreHash() {
        return difficulty == null ? 0 : Arrays.hashCode(difficulty);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return "the easiest examples first, by " + (difficulty == null ? "loss" : "score");
    }
}
