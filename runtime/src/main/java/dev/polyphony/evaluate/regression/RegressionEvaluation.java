/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import dev.polyphony.evaluate.CurvePoint;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.TaskEvaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The verdict on one trained ensemble that predicts numbers: every metric on the test set, over all
 * targets and for each, the members one by one, and whether intervals cover what they say.
 */
public final class RegressionEvaluation implements TaskEvaluation {

    private final int examples;
    private final int members;
    private final boolean gaussian;
    private final Map<Metric, Double> values;
    private final List<Map<Metric, Double>> targetValues;
    private final double[] memberErrors;
    private final double[] coverage;
    private final Map<String, Detection> detections;

    RegressionEvaluation(
            int examples,
            int members,
            boolean gaussian,
            Map<String, Detection> detections,
            TargetTotals... targets) {
        this.detections = Collections.unmodifiableMap(detections);
        this.examples = examples;
        this.members = members;
        this.gaussian = gaussian;
        double count = (double) examples * targets.length;
        TargetTotals all = TargetTotals.sum(targets);
        values = Collections.unmodifiableMap(all.toValues(count));
        targetValues =
                Arrays.stream(targets)
                        .map(each -> Collections.unmodifiableMap(each.toValues(examples)))
                        .toList();
        memberErrors = all.toMemberErrors(count);
        coverage = all.toCoverage(count);
    }

    /**
     * Judges predictions.
     *
     * @param test predictions with the right numbers
     * @return the evaluation
     * @throws IllegalStateException if the right numbers are unknown
     */
    public static RegressionEvaluation of(RegressionPredictions test) {
        return RegressionMeter.of(test.getMembers(), test.getWidth()).add(test).getEvaluation();
    }

    /** {@inheritDoc} */
    @Override
    public int getExamples() {
        return examples;
    }

    /** {@inheritDoc} */
    @Override
    public int getMembers() {
        return members;
    }

    /**
     * Returns how many numbers are predicted of an example.
     *
     * @return {@code K}
     */
    public int getTargets() {
        return targetValues.size();
    }

    /**
     * Tells whether members are Gaussians, not points.
     *
     * @return whether they say how far off they may be
     */
    public boolean isGaussian() {
        return gaussian;
    }

    /**
     * Returns all metrics, those of {@link RegressionMetrics#getAll}, over examples and targets:
     * where targets differ in their units, look at {@link #getTargetValues}.
     *
     * @return the values in the order of tables; NaN where a metric has no value
     */
    @Override
    public Map<Metric, Double> getValues() {
        return values;
    }

    /**
     * Returns all metrics of one target.
     *
     * @param target the target, from 0
     * @return the values in the order of tables; NaN where a metric has no value
     */
    public Map<Metric, Double> getTargetValues(int target) {
        Objects.checkIndex(target, targetValues.size());
        return targetValues.get(target);
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Detection> getMainDetections() {
        return detections;
    }

    /**
     * Returns the root mean squared error of each member on its own.
     *
     * @return the errors, {@code [M]}
     */
    public double[] getMemberRootMeanSquaredErrors() {
        return memberErrors.clone();
    }

    /**
     * Returns whether central intervals cover what they say, for charts: the share that an interval
     * claims across, from 0.05 to 0.95, the share of right numbers in it up. On the diagonal is
     * right, below it is too sure.
     *
     * @return the points, from low to high shares
     */
    public List<CurvePoint> getIntervalCalibration() {
        List<CurvePoint> curve = new ArrayList<>();
        for (int level = 1; level < TargetTotals.LEVELS; level++) {
            curve.add(new CurvePoint((double) level / TargetTotals.LEVELS, coverage[level - 1]));
        }
        return curve;
    }
}
