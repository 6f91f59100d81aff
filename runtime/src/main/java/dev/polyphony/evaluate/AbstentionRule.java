/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * When an ensemble gives no answer: where its uncertainty is above a threshold (selective
 * prediction). The threshold is chosen on validation data, never on test data: on other examples
 * risk and coverage are those that were wanted only as far as these are like the validation data.
 *
 * @param score the uncertainty that decides
 * @param threshold the largest that is still answered; infinite to answer always
 * @see <a href="https://arxiv.org/abs/1705.08500">Geifman and El-Yaniv, Selective Classification
 *     for Deep Neural Networks, 2017</a>
 */
public record AbstentionRule(UncertaintyScore score, double threshold) implements Serializable {

    /** Requires a number. */
    public AbstentionRule {
        Objects.requireNonNull(score, "score");
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("The threshold of abstention is not a number");
        }
    }

    /**
     * Answers the given share of the validation data, the least uncertain ones; more where several
     * are as uncertain as the last of them.
     *
     * @param validation the predictions of validation data; labels are not looked at
     * @param score the uncertainty that decides
     * @param coverage the share to answer, above 0 and at most 1
     * @return the rule
     * @throws IllegalArgumentException if the coverage is no such share
     */
    public static AbstentionRule ofCoverage(
            Predictions validation, UncertaintyScore score, double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException(
                    "coverage %s: it must be above 0 and at most 1".formatted(coverage));
        }
        double[] scores = score.of(validation);
        Arrays.sort(scores);
        // 0.07 * 100 is a little above 7: that is still 7 examples
        int answered = Math.max(1, (int) Math.ceil(coverage * scores.length - 1e-9));
        return new AbstentionRule(score, scores[answered - 1]);
    }

    /**
     * Answers as many of the validation data as it can with the given share of errors among those
     * answered.
     *
     * @param validation the predictions of validation data, labelled
     * @param score the uncertainty that decides
     * @param risk the largest share of errors, from 0 to 1
     * @return the rule
     * @throws IllegalArgumentException if the risk is no such share, or even the examples with the
     *     least uncertainty exceed it
     * @throws IllegalStateException if there are no labels
     */
    public static AbstentionRule ofRisk(
            Predictions validation, UncertaintyScore score, double risk) {
        if (!(risk >= 0 && risk <= 1)) {
            throw new IllegalArgumentException("risk %s: it must be from 0 to 1".formatted(risk));
        }
        double[] scores = score.of(validation);
        boolean[] correct = validation.getCorrect();
        int[] order =
                IntStream.range(0, scores.length)
                        .boxed()
                        .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double threshold = Double.NaN;
        int errors = 0;
        for (int k = 0; k < order.length; k++) {
            errors += correct[order[k]] ? 0 : 1;
            // a threshold cannot tell examples apart that are equally uncertain
            boolean isLast = k == order.length - 1 || scores[order[k + 1]] > scores[order[k]];
            if (isLast && errors <= risk * (k + 1)) {
                threshold = scores[order[k]];
            }
        }
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException(
                    "No threshold of %s keeps the risk at %s on the validation data: allow more"
                            .formatted(score.getTitle(), risk));
        }
        return new AbstentionRule(score, threshold);
    }

    /**
     * Returns whether no answer is given for one example.
     *
     * @param pooled the probabilities of the ensemble, {@code [C]}
     * @param members those of its members, {@code [M][C]}
     * @return whether the uncertainty is above the threshold
     */
    public boolean abstains(double[] pooled, double[][] members) {
        return score.of(pooled, members) > threshold;
    }
}
