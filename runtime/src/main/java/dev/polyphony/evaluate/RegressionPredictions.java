/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/**
 * What an ensemble says of a data set of numbers to predict: the numbers of every member, their
 * mean, and how far they lie apart.
 */
public final class RegressionPredictions {

    private final double[][][] outputs;
    private final double[][] means;
    private final double[][] targets;

    private RegressionPredictions(double[][][] outputs, double[][] targets) {
        this.outputs = outputs;
        this.targets = targets;
        means = Arrays.stream(outputs).map(Uncertainty::mean).toArray(double[][]::new);
    }

    /**
     * Takes the numbers that members give.
     *
     * @param outputs the numbers, {@code [N, M, K]} in row-major order
     * @param targets the right ones, {@code [N, K]} in row-major order, or null if they are unknown
     * @param members the number of members {@code M}
     * @param width the numbers of an example {@code K}
     * @return the predictions
     * @throws IllegalArgumentException if a length does not fit, or an output is NaN or infinite
     */
    public static RegressionPredictions of(
            float[] outputs, float[] targets, int members, int width) {
        double[][][] rows = MemberOutputs.rows(outputs, members, width);
        return new RegressionPredictions(rows, MemberOutputs.targets(targets, rows.length, width));
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
     * Returns the numbers of the members.
     *
     * @return a copy, {@code [N][M][K]}
     */
    public double[][][] getMemberOutputs() {
        double[][][] copy = new double[size()][][];
        Arrays.setAll(
                copy, i -> Arrays.stream(outputs[i]).map(double[]::clone).toArray(double[][]::new));
        return copy;
    }

    /**
     * Returns the mean over members, which is what the ensemble predicts.
     *
     * @return a copy, {@code [N][K]}
     */
    public double[][] getMeans() {
        return Arrays.stream(means).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the right numbers.
     *
     * @return a copy, {@code [N][K]}
     * @throws IllegalStateException if there are no targets
     */
    public double[][] getTargets() {
        return Arrays.stream(MemberOutputs.required(targets))
                .map(double[]::clone)
                .toArray(double[][]::new);
    }

    /**
     * Returns the variance over members, divided by {@code M}: how unsure the ensemble is of the
     * mean for want of data. The noise of the targets is not in it.
     *
     * @return the variances, {@code [N][K]}
     */
    public double[][] getVariances() {
        double[][] variances = new double[size()][means[0].length];
        for (int i = 0; i < variances.length; i++) {
            for (int k = 0; k < variances[i].length; k++) {
                for (double[] member : outputs[i]) {
                    double deviation = member[k] - means[i][k];
                    variances[i][k] += deviation * deviation / getMembers();
                }
            }
        }
        return variances;
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
}
