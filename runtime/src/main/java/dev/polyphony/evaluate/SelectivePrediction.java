/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Selective prediction: how often an ensemble errs if it may stay silent on the examples that it is
 * least sure of.
 *
 * <p>Examples are ranked by confidence. Errors among examples of equal confidence are spread evenly
 * over them, so the result does not depend on the order in which examples are stored.
 *
 * @see <a href="https://arxiv.org/abs/1705.08500">Geifman and El-Yaniv, Selective Classification
 *     for Deep Neural Networks, NeurIPS 2017</a>
 */
public final class SelectivePrediction {

    private final double[] risk;

    private SelectivePrediction(double[] risk) {
        this.risk = risk;
    }

    /**
     * Ranks the examples.
     *
     * @param confidence probability of the predicted class, {@code [N]}
     * @param correct whether the predicted class is right, {@code [N]}
     * @return the ranking
     */
    public static SelectivePrediction of(double[] confidence, boolean[] correct) {
        int size = confidence.length;
        if (size == 0 || size != correct.length) {
            throw new IllegalArgumentException(
                    "%d confidences for %d answers: there must be one for each, and at least one"
                            .formatted(size, correct.length));
        }
        for (int i = 0; i < size; i++) {
            if (!Double.isFinite(confidence[i])) {
                throw new IllegalArgumentException(
                        "the confidence of example %d is %s".formatted(i, confidence[i]));
            }
        }
        return ofSorted(
                Calibration.sortedWhere(true, confidence, correct),
                Calibration.sortedWhere(false, confidence, correct));
    }

    /** Takes the confidences of right and of wrong answers in ascending order. */
    static SelectivePrediction ofSorted(double[] right, double[] wrong) {
        double[] risk = new double[right.length + wrong.length];
        int[] before = new int[2];
        new Thresholds(right, wrong)
                .visit(
                        (threshold, rights, wrongs) -> {
                            int start = before[0];
                            int end = rights + wrongs;
                            int errors = wrongs - before[1];
                            for (int k = start; k < end; k++) {
                                double share = (k + 1.0 - start) / (end - start);
                                risk[k] = (before[1] + errors * share) / (k + 1);
                            }
                            before[0] = end;
                            before[1] = wrongs;
                        });
        return new SelectivePrediction(risk);
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return risk.length;
    }

    /**
     * Returns the risk-coverage curve: the error rate among the {@code k} most confident examples,
     * for {@code k} from 1 to {@code N}.
     *
     * @return the error rates, {@code [N]}
     */
    public double[] getRisk() {
        return risk.clone();
    }

    /**
     * Returns the risk-coverage curve for charts: coverage across, risk up.
     *
     * @param points how many points at most, at least 2; they are evenly spaced in coverage, the
     *     last at 1
     * @return the points, from low to high coverage
     */
    public List<CurvePoint> getCurve(int points) {
        if (points < 2) {
            throw new IllegalArgumentException("%d points: give at least 2".formatted(points));
        }
        int count = Math.min(points, risk.length);
        List<CurvePoint> curve = new ArrayList<>();
        for (int p = 1; p <= count; p++) {
            int k = (int) (((long) p * risk.length + count - 1) / count);
            curve.add(new CurvePoint((double) k / risk.length, risk[k - 1]));
        }
        return curve;
    }

    /**
     * Area under the risk-coverage curve, by trapezoids over coverages from {@code 1/N} to 1,
     * divided by their width. From 0 to 1, lower is better. For one example, its risk.
     *
     * @return the AURC
     */
    public double getAurc() {
        return area(risk);
    }

    /**
     * Area under the generalised risk-coverage curve: as AURC with risk times coverage, which
     * weights every error the same. From 0 to 0.5, lower is better.
     *
     * @return the AUGRC
     * @see <a href="https://arxiv.org/abs/2407.01032">Traub et al., Overcoming Common Flaws in the
     *     Evaluation of Selective Classification Systems, NeurIPS 2024</a>
     */
    public double getAugrc() {
        double[] errors = new double[risk.length];
        for (int k = 0; k < errors.length; k++) {
            errors[k] = risk[k] * (k + 1) / errors.length;
        }
        return area(errors);
    }

    private static double area(double[] values) {
        if (values.length == 1) {
            return values[0];
        }
        double sum = 0;
        for (int k = 1; k < values.length; k++) {
            sum += (values[k - 1] + values[k]) / 2;
        }
        return sum / (values.length - 1);
    }

    /**
     * Returns the error rate if the ensemble answers a given share of the examples, rounded up to
     * whole examples.
     *
     * @param coverage the share, above 0 and at most 1
     * @return the error rate
     */
    public double getRiskAt(double coverage) {
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException(
                    "coverage %s: it must be above 0 and at most 1".formatted(coverage));
        }
        // 0.07 * 100 is a little above 7: that is still 7 examples
        int answered = (int) Math.ceil(coverage * risk.length - 1e-9);
        return risk[Math.max(answered, 1) - 1];
    }

    /**
     * Returns the largest share of the examples that the ensemble can answer within a given error
     * rate.
     *
     * @param limit the error rate, from 0 to 1
     * @return the share, 0 if the error rate exceeds the limit wherever it stops
     */
    public double getCoverageAt(double limit) {
        if (!(limit >= 0 && limit <= 1)) {
            throw new IllegalArgumentException(
                    "risk %s: it must lie between 0 and 1".formatted(limit));
        }
        for (int k = risk.length; k > 0; k--) {
            if (risk[k - 1] <= limit) {
                return (double) k / risk.length;
            }
        }
        return 0;
    }
}
