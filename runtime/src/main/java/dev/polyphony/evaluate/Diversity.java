/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.function.ToDoubleFunction;

/**
 * How differently two members err: the shares of examples that both, one or none of them get right.
 *
 * @param bothRight share that both get right
 * @param onlyFirst share that only the first gets right
 * @param onlySecond share that only the second gets right
 * @param bothWrong share that both get wrong
 * @see <a href="https://doi.org/10.1023/A:1022859003006">Kuncheva and Whitaker, Measures of
 *     Diversity in Classifier Ensembles, 2003</a>
 */
public record Diversity(double bothRight, double onlyFirst, double onlySecond, double bothWrong) {

    /**
     * Compares two members.
     *
     * @param first whether the first is right, {@code [N]}
     * @param second whether the second is right, {@code [N]}
     * @return the comparison
     */
    public static Diversity of(boolean[] first, boolean[] second) {
        if (first.length == 0 || first.length != second.length) {
            throw new IllegalArgumentException(
                    "%d and %d answers: both members must answer the same examples, at least one"
                            .formatted(first.length, second.length));
        }
        double[] count = new double[4];
        for (int i = 0; i < first.length; i++) {
            count[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)] += 1.0;
        }
        double n = first.length;
        return new Diversity(count[0] / n, count[1] / n, count[2] / n, count[3] / n);
    }

    /**
     * Averages a measure over all pairs of members.
     *
     * @param correct whether each member is right, {@code [M][N]}, at least two members
     * @param measure the measure, such as {@code Diversity::getRatioOfErrors}
     * @return the mean
     */
    public static double mean(boolean[][] correct, ToDoubleFunction<Diversity> measure) {
        if (correct.length < 2) {
            throw new IllegalArgumentException("diversity needs at least 2 members");
        }
        double sum = 0;
        for (int a = 0; a < correct.length; a++) {
            for (int b = a + 1; b < correct.length; b++) {
                sum += measure.applyAsDouble(of(correct[a], correct[b]));
            }
        }
        return sum * 2 / (correct.length * (correct.length - 1.0));
    }

    /**
     * Ratio of errors: different errors to simultaneous ones, {@code (n10 + n01) / n00}. From 0 up,
     * higher is more diverse. Without a simultaneous error it is {@code 2 (n10 + n01)}, as in
     * MixMo, which keeps means finite.
     *
     * @return the ratio of errors
     */
    public double getRatioOfErrors() {
        double different = getDisagreement();
        return bothWrong == 0 ? 2 * different : different / bothWrong;
    }

    /**
     * Yule's Q, {@code (n11 n00 - n10 n01) / (n11 n00 + n10 n01)}. From -1 to 1; 0 for independent
     * members, lower is more diverse. 0 where it is undefined.
     *
     * @return the Q statistic
     */
    public double getQStatistic() {
        double same = bothRight * bothWrong;
        double different = onlyFirst * onlySecond;
        return ratio(same - different, same + different);
    }

    /**
     * Correlation of being right. From -1 to 1, lower is more diverse. 0 where it is undefined, as
     * for a member that is never wrong.
     *
     * @return the correlation coefficient
     */
    public double getCorrelation() {
        double right = bothRight + onlyFirst;
        double otherRight = bothRight + onlySecond;
        double wrong = onlySecond + bothWrong;
        double otherWrong = onlyFirst + bothWrong;
        return ratio(
                bothRight * bothWrong - onlyFirst * onlySecond,
                Math.sqrt(right * otherRight * wrong * otherWrong));
    }

    /**
     * Disagreement on being right: the share of examples that exactly one of the two gets right.
     * From 0 to 1, higher is more diverse.
     *
     * @return the share
     */
    public double getDisagreement() {
        return onlyFirst + onlySecond;
    }

    /**
     * Agreement on being right: the rest of {@link #getDisagreement}.
     *
     * @return the share
     */
    public double getAgreement() {
        return bothRight + bothWrong;
    }

    private static double ratio(double numerator, double denominator) {
        return denominator == 0 ? 0 : numerator / denominator;
    }
}
