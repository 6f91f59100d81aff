/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a score tells foreign inputs from those of the training distribution.
 *
 * <p>Foreign (out-of-distribution) inputs are the positive class and should score higher. Only the
 * order of the scores matters; examples with equal scores lie on the same side of every threshold,
 * so ties are neither luck nor merit.
 */
public final class Detection {

    /** A threshold: how many of either kind score at least this much. */
    private record Point(int positives, int negatives) {}

    private final double[] inScores;
    private final double[] outScores;
    private final List<Point> curve = new ArrayList<>();

    private Detection(double[] inScores, double[] outScores) {
        this.inScores = inScores;
        this.outScores = outScores;
        int in = inScores.length;
        int out = outScores.length;
        while (in > 0 || out > 0) {
            double threshold =
                    Math.max(
                            in > 0 ? inScores[in - 1] : Double.NEGATIVE_INFINITY,
                            out > 0 ? outScores[out - 1] : Double.NEGATIVE_INFINITY);
            while (in > 0 && inScores[in - 1] == threshold) {
                in--;
            }
            while (out > 0 && outScores[out - 1] == threshold) {
                out--;
            }
            curve.add(new Point(outScores.length - out, inScores.length - in));
        }
    }

    /**
     * Compares the scores of two sets.
     *
     * @param inScores scores of the test set, at least one
     * @param outScores scores of the out-of-distribution set, at least one
     * @return the comparison
     * @throws IllegalArgumentException if a set is empty or a score is NaN or infinite
     */
    public static Detection of(double[] inScores, double[] outScores) {
        return new Detection(
                sorted(inScores, "in-distribution"), sorted(outScores, "out-of-distribution"));
    }

    private static double[] sorted(double[] scores, String set) {
        if (scores.length == 0) {
            throw new IllegalArgumentException(
                    "the %s set is empty: detection needs examples of both kinds".formatted(set));
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new IllegalArgumentException(
                        "the score of example %d of the %s set is %s".formatted(i, set, scores[i]));
            }
        }
        double[] copy = scores.clone();
        // -0.0 sorts below 0.0 but equals it
        for (int i = 0; i < copy.length; i++) {
            copy[i] += 0.0;
        }
        Arrays.sort(copy);
        return copy;
    }

    /**
     * Area under the ROC curve: the probability that a foreign example scores higher than one of
     * the test set, ties counting one half. From 0 to 1, 0.5 is chance, higher is better.
     *
     * @return the AUROC
     */
    public double getAuroc() {
        double area = 0;
        Point last = new Point(0, 0);
        for (Point point : curve) {
            double width = point.negatives - last.negatives;
            area += width * (point.positives + last.positives) / 2.0;
            last = point;
        }
        return area / inScores.length / outScores.length;
    }

    /**
     * Area under the precision-recall curve as average precision, {@code sum_k (R_k - R_{k-1}) P_k}
     * over the distinct thresholds. From 0 to 1; chance is the share of foreign examples; higher is
     * better.
     *
     * @return the AUPR
     */
    public double getAupr() {
        double sum = 0;
        int last = 0;
        for (Point point : curve) {
            double precision = (double) point.positives / (point.positives + point.negatives);
            sum += precision * (point.positives - last);
            last = point.positives;
        }
        return sum / outScores.length;
    }

    /**
     * False positive rate at 95% true positive rate: the share of test examples that are flagged at
     * the highest threshold that flags at least 95% of the foreign ones. From 0 to 1, lower is
     * better.
     *
     * @return the FPR95
     */
    public double getFpr95() {
        for (Point point : curve) {
            if ((double) point.positives / outScores.length >= 0.95) {
                return (double) point.negatives / inScores.length;
            }
        }
        throw new AssertionError("the lowest threshold flags everything");
    }

    /**
     * Returns the value of a metric.
     *
     * @param metric one of {@link Metrics#getDetection}
     * @return the value
     * @throws IllegalArgumentException if the metric is not among them
     */
    public double getValue(Metric metric) {
        if (metric.equals(Metrics.AUROC)) {
            return getAuroc();
        } else if (metric.equals(Metrics.AUPR)) {
            return getAupr();
        } else if (metric.equals(Metrics.FPR95)) {
            return getFpr95();
        }
        throw new IllegalArgumentException(
                "'%s' does not measure detection".formatted(metric.key()));
    }

    /**
     * Returns the scores of the test set.
     *
     * @return the scores in ascending order
     */
    public double[] getInScores() {
        return inScores.clone();
    }

    /**
     * Returns the scores of the out-of-distribution set.
     *
     * @return the scores in ascending order
     */
    public double[] getOutScores() {
        return outScores.clone();
    }
}
