/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How well a score tells foreign inputs from those of the training distribution.
 *
 * <p>Foreign (out-of-distribution) inputs are the positive class and should score higher. Only the
 * order of the scores matters; examples with equal scores lie on the same side of every threshold,
 * so ties are neither luck nor merit. Anything that is to be detected by a score may stand for
 * foreign inputs, such as wrong answers among right ones.
 */
public final class Detection {

    private static final double RECALL = 0.95;

    private final double[] inScores;
    private final double[] outScores;
    private final double auroc;
    private final double auprOut;
    private final double auprIn;
    private final double fpr95;

    private Detection(double[] inScores, double[] outScores) {
        this.inScores = inScores;
        this.outScores = outScores;
        auroc = area();
        auprOut = averagePrecision(outScores, inScores);
        auprIn = averagePrecision(negated(inScores), negated(outScores));
        fpr95 = falsePositiveRate();
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
        requireSome(inScores, "in-distribution");
        requireSome(outScores, "out-of-distribution");
        return new Detection(
                Thresholds.sorted(inScores, "in-distribution"),
                Thresholds.sorted(outScores, "out-of-distribution"));
    }

    /**
     * Compares the scores of two sets that are sorted.
     *
     * @param inScores scores of the test set in ascending order, at least one; not copied
     * @param outScores scores of the out-of-distribution set in ascending order, at least one; not
     *     copied
     * @return the comparison
     */
    public static Detection ofSorted(double[] inScores, double[] outScores) {
        return new Detection(inScores, outScores);
    }

    private static void requireSome(double[] scores, String set) {
        if (scores.length == 0) {
            throw new IllegalArgumentException(
                    "the %s set is empty: detection needs examples of both kinds".formatted(set));
        }
    }

    private double area() {
        // exact: twice the pairs that are ordered right, ties counting one
        long[] pairs = {0, 0, 0};
        new Thresholds(inScores, outScores)
                .visit(
                        (threshold, in, out) -> {
                            pairs[0] += (in - pairs[1]) * (out + pairs[2]);
                            pairs[1] = in;
                            pairs[2] = out;
                        });
        return pairs[0] / 2.0 / inScores.length / outScores.length;
    }

    private static double averagePrecision(double[] positive, double[] negative) {
        double[] sum = {0, 0};
        new Thresholds(positive, negative)
                .visit(
                        (threshold, positives, negatives) -> {
                            double precision = (double) positives / (positives + negatives);
                            sum[0] += precision * (positives - sum[1]);
                            sum[1] = positives;
                        });
        return sum[0] / positive.length;
    }

    private static double[] negated(double[] ascending) {
        double[] negated = new double[ascending.length];
        for (int i = 0; i < negated.length; i++) {
            negated[negated.length - 1 - i] = -ascending[i];
        }
        return negated;
    }

    private double falsePositiveRate() {
        int[] first = {-1};
        new Thresholds(inScores, outScores)
                .visit(
                        (threshold, in, out) -> {
                            if (first[0] < 0 && (double) out / outScores.length >= RECALL) {
                                first[0] = in;
                            }
                        });
        return (double) first[0] / inScores.length;
    }

    /**
     * Area under the ROC curve: the probability that a foreign example scores higher than one of
     * the test set, ties counting one half. From 0 to 1, 0.5 is chance, higher is better.
     *
     * @return the AUROC
     */
    public double getAuroc() {
        return auroc;
    }

    /**
     * Area under the precision-recall curve with the foreign examples as the positive class, as
     * average precision, {@code sum_k (R_k - R_{k-1}) P_k} over the distinct thresholds. From 0 to
     * 1; chance is the share of foreign examples; higher is better.
     *
     * @return the AUPR-out
     */
    public double getAuprOut() {
        return auprOut;
    }

    /**
     * As {@link #getAuprOut} with the test set as the positive class, found by low scores. Chance
     * is the share of test examples.
     *
     * @return the AUPR-in
     */
    public double getAuprIn() {
        return auprIn;
    }

    /**
     * False positive rate at 95% true positive rate: the share of test examples that are flagged at
     * the highest threshold that flags at least 95% of the foreign ones. From 0 to 1, lower is
     * better.
     *
     * @return the FPR95
     */
    public double getFpr95() {
        return fpr95;
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
        } else if (metric.equals(Metrics.AUPR_OUT)) {
            return getAuprOut();
        } else if (metric.equals(Metrics.AUPR_IN)) {
            return getAuprIn();
        } else if (metric.equals(Metrics.FPR95)) {
            return getFpr95();
        }
        throw new IllegalArgumentException(
                "'%s' does not measure detection".formatted(metric.key()));
    }

    /**
     * Returns the ROC curve for charts: false positive rate across, true positive rate up.
     *
     * @param points how many points at most, at least 2; evenly spaced along the curve
     * @return the points, from (0, 0) to (1, 1)
     */
    public List<CurvePoint> getRoc(int points) {
        Thinned thinned = new Thinned(points);
        thinned.add(0, 0, 0);
        new Thresholds(inScores, outScores)
                .visit(
                        (threshold, in, out) -> {
                            double x = (double) in / inScores.length;
                            double y = (double) out / outScores.length;
                            thinned.add((x + y) / 2, x, y);
                        });
        return thinned.points;
    }

    /**
     * Returns the precision-recall curve for charts, with the foreign examples as the positive
     * class: recall across, precision up.
     *
     * @param points how many points at most, at least 2; evenly spaced in recall
     * @return the points, from the highest threshold to recall 1
     */
    public List<CurvePoint> getPrecisionRecall(int points) {
        Thinned thinned = new Thinned(points);
        new Thresholds(inScores, outScores)
                .visit(
                        (threshold, in, out) -> {
                            double recall = (double) out / outScores.length;
                            thinned.add(recall, recall, (double) out / (in + out));
                        });
        return thinned.points;
    }

    /** The first point, and the first at or after each of evenly spaced places, up to 1. */
    private static final class Thinned {

        private final List<CurvePoint> points = new ArrayList<>();
        private final int limit;
        private int next;

        Thinned(int limit) {
            if (limit < 2) {
                throw new IllegalArgumentException("%d points: give at least 2".formatted(limit));
            }
            this.limit = limit;
        }

        /** Places lie between 0 and 1, in ascending order. */
        void add(double place, double x, double y) {
            if (points.isEmpty() || (next < limit && place >= (double) next / (limit - 1))) {
                points.add(new CurvePoint(x, y));
                next = (int) Math.floor(place * (limit - 1)) + 1;
            }
        }
    }

    /**
     * Counts the scores of both sets in common bins, which reach from the least of all to the
     * greatest; from the only one to one more if all are equal.
     *
     * @param bins how many bins, at least 1
     * @return the histogram of the test set, then that of the out-of-distribution set
     */
    public List<Histogram> getHistograms(int bins) {
        double from = Math.min(inScores[0], outScores[0]);
        double to = Math.max(inScores[inScores.length - 1], outScores[outScores.length - 1]);
        double end = to > from ? to : from + 1;
        return List.of(
                Histogram.of(inScores, from, end, bins), Histogram.of(outScores, from, end, bins));
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
