/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Total;
import dev.polyphony.evaluate.regression.PredictiveDistribution.Interval;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** One target, one example at a time. */
final class TargetTotals {

    /** The shares of the intervals that have metrics. */
    private static final double[] SHARES = {0.5, 0.9, 0.95};

    /** The shares of the calibration curve are multiples of one in so many. */
    static final int LEVELS = 20;

    private final boolean gaussian;
    private final Total squared = new Total();
    private final Total absolute = new Total();
    private final Total surprise = new Total();
    private final Total crps = new Total();
    private final Total spread = new Total();
    private final Total noise = new Total();
    private final Total[] members;
    private final Total[] widths;
    private final int[] covered = new int[SHARES.length];
    private final int[] coveredAtLevel = new int[LEVELS - 1];

    TargetTotals(int members, boolean gaussian) {
        this.gaussian = gaussian;
        this.members = Stream.generate(Total::new).limit(members).toArray(Total[]::new);
        widths = Stream.generate(Total::new).limit(SHARES.length).toArray(Total[]::new);
    }

    /** Adds an example: what is predicted, and what came. */
    void add(RegressionPredictions batch, int example, int target, double right) {
        double mean = batch.means(example)[target];
        double[][] outputs = batch.outputs(example);
        squared.add((mean - right) * (mean - right));
        absolute.add(Math.abs(mean - right));
        double variance = 0;
        for (int m = 0; m < members.length; m++) {
            double output = outputs[m][target];
            members[m].add((output - right) * (output - right));
            variance += (output - mean) * (output - mean) / members.length;
        }
        spread.add(variance);
        if (gaussian) {
            double own =
                    Arrays.stream(batch.noise(example))
                            .mapToDouble(each -> each[target])
                            .average()
                            .orElseThrow();
            noise.add(own);
        }
        add(batch.getDistribution(example, target), right);
    }

    private void add(PredictiveDistribution predicted, double right) {
        if (gaussian) {
            surprise.add(-predicted.getLogDensity(right));
        }
        crps.add(predicted.getCrps(right));
        for (int s = 0; s < SHARES.length; s++) {
            Interval interval = predicted.getInterval(SHARES[s]);
            covered[s] += interval.contains(right) ? 1 : 0;
            widths[s].add(interval.getWidth());
        }
        if (predicted instanceof GaussianMixture mixture) {
            double offCentre = Math.abs(2 * mixture.getShareBelow(right) - 1);
            for (int level = 1; level < LEVELS; level++) {
                coveredAtLevel[level - 1] += offCentre <= (double) level / LEVELS ? 1 : 0;
            }
        } else {
            for (int level = 1; level < LEVELS; level++) {
                boolean isIn = predicted.getInterval((double) level / LEVELS).contains(right);
                coveredAtLevel[level - 1] += isIn ? 1 : 0;
            }
        }
    }

    void add(TargetTotals other) {
        squared.add(other.squared);
        absolute.add(other.absolute);
        surprise.add(other.surprise);
        crps.add(other.crps);
        spread.add(other.spread);
        noise.add(other.noise);
        for (int m = 0; m < members.length; m++) {
            members[m].add(other.members[m]);
        }
        for (int s = 0; s < SHARES.length; s++) {
            widths[s].add(other.widths[s]);
            covered[s] += other.covered[s];
        }
        for (int level = 0; level < coveredAtLevel.length; level++) {
            coveredAtLevel[level] += other.coveredAtLevel[level];
        }
    }

    /** Adds up the targets of an evaluation; of one, a copy. */
    static TargetTotals sum(TargetTotals... targets) {
        TargetTotals sum = new TargetTotals(targets[0].members.length, targets[0].gaussian);
        for (TargetTotals target : targets) {
            sum.add(target);
        }
        return sum;
    }

    /** The metrics of so many numbers. */
    Map<Metric, Double> toValues(double count) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(RegressionMetrics.RMSE, Math.sqrt(squared.get() / count));
        values.put(RegressionMetrics.MAE, absolute.get() / count);
        values.put(RegressionMetrics.NLL, gaussian ? surprise.get() / count : Double.NaN);
        values.put(RegressionMetrics.CRPS, crps.get() / count);
        values.put(RegressionMetrics.COVERAGE_50, covered[0] / count);
        values.put(RegressionMetrics.COVERAGE_90, covered[1] / count);
        values.put(RegressionMetrics.COVERAGE_95, covered[2] / count);
        values.put(RegressionMetrics.WIDTH_50, widths[0].get() / count);
        values.put(RegressionMetrics.WIDTH_90, widths[1].get() / count);
        values.put(RegressionMetrics.WIDTH_95, widths[2].get() / count);
        values.put(RegressionMetrics.SPREAD, Math.sqrt(spread.get() / count));
        values.put(RegressionMetrics.NOISE, gaussian ? Math.sqrt(noise.get() / count) : Double.NaN);
        values.put(
                RegressionMetrics.MEMBER_RMSE,
                Arrays.stream(toMemberErrors(count)).average().orElseThrow());
        return values;
    }

    double[] toMemberErrors(double count) {
        return Arrays.stream(members).mapToDouble(each -> Math.sqrt(each.get() / count)).toArray();
    }

    /** How many right numbers the interval of each level covers, the first of one in 20. */
    double[] toCoverage(double count) {
        return Arrays.stream(coveredAtLevel).mapToDouble(each -> each / count).toArray();
    }
}
