/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import dev.polyphony.evaluate.MemberOutputs;
import java.util.Arrays;

/**
 * What an ensemble says of a data set of numbers to predict: the numbers of every member, their
 * mean, how far they lie apart, and how far off the members say that they may be, if they do.
 */
public final class RegressionPredictions {

    private final double[][][] outputs;

    /** Null if members give points. */
    private final double[][][] noise;

    private final double[][] means;
    private final double[][] targets;

    private RegressionPredictions(double[][][] outputs, double[][][] noise, double[][] targets) {
        this.outputs = outputs;
        this.noise = noise;
        this.targets = targets;
        means = Arrays.stream(outputs).map(RegressionPredictions::mean).toArray(double[][]::new);
    }

    /**
     * Takes the numbers that members give.
     *
     * @param outputs the numbers, {@code [N, M, K]} in row-major order
     * @param targets the right ones, {@code [N, K]} in row-major order, or null if they are unknown
     * @param members the number of members {@code M}
     * @param width the numbers of an example {@code K}
     * @return the predictions
     * @throws IllegalArgumentException if a length does not fit, or a number is NaN or infinite
     */
    public static RegressionPredictions of(
            float[] outputs, float[] targets, int members, int width) {
        double[][][] rows = MemberOutputs.rows(outputs, members, width);
        return new RegressionPredictions(
                rows, null, MemberOutputs.targets(targets, rows.length, width));
    }

    /**
     * Takes what members give that say how far off they may be, each a Gaussian.
     *
     * @param means the means, {@code [N, M, K]} in row-major order
     * @param variances the variances, {@code [N, M, K]} in row-major order, above 0
     * @param targets the right numbers, {@code [N, K]} in row-major order, or null if they are
     *     unknown
     * @param members the number of members {@code M}
     * @param width the numbers of an example {@code K}
     * @return the predictions
     * @throws IllegalArgumentException if a length does not fit, a number is NaN or infinite, or a
     *     variance is not above 0
     */
    public static RegressionPredictions ofGaussians(
            float[] means, float[] variances, float[] targets, int members, int width) {
        double[][][] rows = MemberOutputs.rows(means, members, width);
        if (variances.length != means.length) {
            throw new IllegalArgumentException(
                    "%d variances for %d means: give one for each"
                            .formatted(variances.length, means.length));
        }
        double[][][] noise = MemberOutputs.rows(variances, members, width);
        for (int at = 0; at < variances.length; at++) {
            if (variances[at] <= 0) {
                throw new IllegalArgumentException(
                        "variance %d of example %d, member %d is %s: it must be above 0"
                                .formatted(
                                        at % width,
                                        at / (members * width),
                                        at / width % members,
                                        variances[at]));
            }
        }
        return new RegressionPredictions(
                rows, noise, MemberOutputs.targets(targets, rows.length, width));
    }

    /**
     * Makes members of points into Gaussians, or Gaussians wider.
     *
     * @param variances the variance that each target gets in addition, {@code [K]}, above 0
     * @return the predictions of Gaussians, with the same targets
     * @throws IllegalArgumentException if there is not one variance for each target, or one is not
     *     positive and finite
     * @see GaussianNoise#fit
     */
    public RegressionPredictions withNoise(double... variances) {
        if (variances.length != getWidth()
                || !Arrays.stream(variances).allMatch(v -> v > 0 && v < 1 / 0.0)) {
            throw new IllegalArgumentException(
                    "variances %s for %d targets: give one for each, finite and above 0"
                            .formatted(Arrays.toString(variances), getWidth()));
        }
        double[][][] sum = new double[size()][getMembers()][getWidth()];
        for (int i = 0; i < sum.length; i++) {
            for (int m = 0; m < sum[i].length; m++) {
                for (int k = 0; k < variances.length; k++) {
                    sum[i][m][k] = variances[k] + (noise == null ? 0 : noise[i][m][k]);
                }
            }
        }
        return new RegressionPredictions(outputs, sum, targets);
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return outputs.length;
    }

    /**
     * Returns the number of members.
     *
     * @return {@code M}
     */
    public int getMembers() {
        return outputs[0].length;
    }

    /**
     * Returns how many numbers are predicted of an example.
     *
     * @return {@code K}
     */
    public int getWidth() {
        return outputs[0][0].length;
    }

    /**
     * Tells whether members are Gaussians, not points.
     *
     * @return whether they have variances of their own
     */
    public boolean isGaussian() {
        return noise != null;
    }

    /**
     * Returns what is predicted of one number.
     *
     * @param example the example, from 0
     * @param target the target, from 0
     * @return the mixture of the members
     */
    public PredictiveDistribution getDistribution(int example, int target) {
        double[] own = column(outputs[example], target);
        return noise == null
                ? PointMixture.of(own)
                : GaussianMixture.of(own, column(noise[example], target));
    }

    private static double[] column(double[][] members, int target) {
        return Arrays.stream(members).mapToDouble(each -> each[target]).toArray();
    }

    /**
     * Returns the numbers of the members.
     *
     * @return a copy, {@code [N][M][K]}
     */
    public double[][][] getMemberOutputs() {
        double[][][] copy = new double[size()][][];
        Arrays.setAll(copy, i -> MemberOutputs.copy(outputs[i]));
        return copy;
    }

    /** Those of one example, {@code [M][K]}, not a copy. */
    double[][] outputs(int example) {
        return outputs[example];
    }

    /** The variances of one example, {@code [M][K]}, not a copy; null for points. */
    double[][] noise(int example) {
        return noise == null ? null : noise[example];
    }

    /** How far the members lie apart: the root of their mean variance over targets. */
    double spread(int example) {
        double sum = 0;
        for (double[] member : outputs[example]) {
            for (int k = 0; k < member.length; k++) {
                double distance = member[k] - means[example][k];
                sum += distance * distance;
            }
        }
        return Math.sqrt(sum / getMembers() / getWidth());
    }

    /**
     * Returns the mean over members, which is what the ensemble predicts.
     *
     * @return a copy, {@code [N][K]}
     */
    public double[][] getMeans() {
        return MemberOutputs.copy(means);
    }

    /** That of one example, {@code [K]}, not a copy. */
    double[] means(int example) {
        return means[example];
    }

    /**
     * Returns the right numbers.
     *
     * @return a copy, {@code [N][K]}
     * @throws IllegalStateException if they are unknown
     */
    public double[][] getTargets() {
        return MemberOutputs.copy(MemberOutputs.required(targets));
    }

    /**
     * Returns the variance over members, divided by {@code M}: how unsure the ensemble is of the
     * mean for want of data. The noise of the targets is not in it.
     *
     * @return the variances, {@code [N][K]}
     */
    public double[][] getVariances() {
        double[][] variances = new double[size()][];
        Arrays.setAll(variances, i -> spread(outputs[i], means[i]));
        return variances;
    }

    /** The variance over members. */
    static double[] spread(double[][] members, double[] mean) {
        double[] variance = new double[mean.length];
        for (double[] member : members) {
            for (int k = 0; k < mean.length; k++) {
                double deviation = member[k] - mean[k];
                variance[k] += deviation * deviation / members.length;
            }
        }
        return variance;
    }

    /**
     * Returns the mean squared error of the ensemble.
     *
     * @return the mean over examples and targets, in the square of their unit
     * @throws IllegalStateException if there are no targets
     */
    public double getMeanSquaredError() {
        return meanSquaredError(means);
    }

    /**
     * Returns the root mean squared error of the ensemble.
     *
     * @return the error, in the unit of the targets
     * @throws IllegalStateException if there are no targets
     */
    public double getRootMeanSquaredError() {
        return Math.sqrt(getMeanSquaredError());
    }

    /**
     * Returns the mean absolute error of the ensemble.
     *
     * @return the mean over examples and targets, in their unit
     * @throws IllegalStateException if there are no targets
     */
    public double getMeanAbsoluteError() {
        double[][] right = MemberOutputs.required(targets);
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < right[i].length; k++) {
                sum += Math.abs(means[i][k] - right[i][k]);
            }
        }
        return sum / (right.length * right[0].length);
    }

    /**
     * Returns the root mean squared error of each member on its own.
     *
     * @return the errors, {@code [M]}
     * @throws IllegalStateException if there are no targets
     */
    public double[] getMemberRootMeanSquaredErrors() {
        double[] errors = new double[getMembers()];
        for (int m = 0; m < errors.length; m++) {
            int member = m;
            double[][] own =
                    Arrays.stream(outputs).map(each -> each[member]).toArray(double[][]::new);
            errors[m] = Math.sqrt(meanSquaredError(own));
        }
        return errors;
    }

    private double meanSquaredError(double[][] given) {
        double[][] right = MemberOutputs.required(targets);
        double sum = 0;
        for (int i = 0; i < right.length; i++) {
            for (int k = 0; k < right[i].length; k++) {
                double error = given[i][k] - right[i][k];
                sum += error * error;
            }
        }
        return sum / (right.length * right[0].length);
    }

    private static double[] mean(double[][] members) {
        double[] mean = new double[members[0].length];
        for (double[] member : members) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += member[k];
            }
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= members.length;
        }
        return mean;
    }
}
