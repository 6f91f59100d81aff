/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;

/**
 * Temperature scaling: one number that logits are divided by. It changes how sure a prediction is,
 * never which class it prefers.
 *
 * <p>The temperature minimises the negative log likelihood {@code 1/N sum_i (log sum_c exp(z_ic /
 * T) - z_iy / T)}. In {@code 1/T} that is convex, so the minimum is found to the last digits by
 * Newton's method within a bracket. Above 1 the logits were too sure, below 1 not sure enough.
 *
 * <p>If each right class has the highest logit, the likelihood grows for ever as the temperature
 * goes to 0. Then the inverse temperature has a normal prior, with a standard deviation of one over
 * the root mean square of the logits: {@code v^2 / (2 N)} is added, of {@code v = rms / T}.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural
 *     Networks, 2017, section 4.2</a>
 */
final class TemperatureScaling implements Calibrator {

    private static final int MAX_STEPS = 1000;

    private static final double PRECISION = 1e-13;

    @Override
    public ScalingMethod getMethod() {
        return ScalingMethod.TEMPERATURE;
    }

    /**
     * Fits the temperature of logits.
     *
     * @throws IllegalArgumentException also if right classes lie no higher than the others on
     *     average, so that the likelihood grows for ever with the temperature
     */
    @Override
    public Scaling fit(double[][] logits, int[] labels) {
        int classes = ValidationLogits.requireClasses(logits, labels);
        double[][] gaps = gaps(logits, labels);
        if (slope(gaps, 0, 0)[0] >= 0) {
            throw new IllegalArgumentException(
                    ("No temperature fits: the logits of the %d right classes are no higher than"
                                    + " the others on average, so the likelihood grows for ever with"
                                    + " the temperature. Check the labels, and that these are logits"
                                    + " of a trained model")
                            .formatted(gaps.length));
        }
        boolean bounded =
                Arrays.stream(gaps).flatMapToDouble(Arrays::stream).noneMatch(gap -> gap > 0);
        double prior = bounded ? meanSquare(logits) / gaps.length : 0;
        double inverse = minimise(gaps, prior);
        return new Scaling(
                ScalingMethod.TEMPERATURE, classes, new double[] {inverse}, new double[0], bounded);
    }

    private static double meanSquare(double[][] logits) {
        return Arrays.stream(logits)
                .map(Scaling::centred)
                .flatMapToDouble(Arrays::stream)
                .map(z -> z * z)
                .average()
                .orElseThrow();
    }

    /** Each logit less that of the right class. */
    private static double[][] gaps(double[][] logits, int[] labels) {
        double[][] gaps = new double[logits.length][];
        for (int i = 0; i < gaps.length; i++) {
            double right = logits[i][labels[i]];
            gaps[i] = Arrays.stream(logits[i]).map(z -> z - right).toArray();
        }
        return gaps;
    }

    /** The inverse temperature at which the slope is 0. */
    private static double minimise(double[][] gaps, double prior) {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double beta =
                1
                        / Arrays.stream(gaps)
                                .flatMapToDouble(Arrays::stream)
                                .map(Math::abs)
                                .max()
                                .orElseThrow();
        double last = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] slope = slope(gaps, beta, prior);
            if (slope[0] > 0) {
                high = beta;
            } else {
                low = beta;
            }
            double next = beta - slope[0] / slope[1];
            // written so that NaN, of a curvature of 0, halves too
            boolean converges =
                    next > low && next < high && Math.abs(next - beta) <= 0.5 * Math.abs(last);
            if (!converges) {
                next = between(low, high, beta);
            }
            last = next - beta;
            beta = next;
            if (Math.abs(last) <= PRECISION * beta) {
                break;
            }
        }
        return beta;
    }

    private static double between(double low, double high, double beta) {
        if (low == 0) {
            return beta / 2;
        }
        return high == Double.POSITIVE_INFINITY ? beta * 2 : low + (high - low) / 2;
    }

    /**
     * First and second derivative by the inverse temperature {@code beta}: of the negative log
     * likelihood, plus {@code prior beta^2 / 2}.
     */
    private static double[] slope(double[][] gaps, double beta, double prior) {
        double first = 0;
        double second = 0;
        for (double[] row : gaps) {
            double[] p = softmax(row, beta);
            double mean = 0;
            for (int c = 0; c < p.length; c++) {
                mean += p[c] * row[c];
            }
            double variance = 0;
            for (int c = 0; c < p.length; c++) {
                variance += p[c] * (row[c] - mean) * (row[c] - mean);
            }
            first += mean;
            second += variance;
        }
        return new double[] {first / gaps.length + prior * beta, second / gaps.length + prior};
    }

    /** The probabilities of logits times a factor. */
    private static double[] softmax(double[] logits, double factor) {
        double high = Double.NEGATIVE_INFINITY;
        for (double z : logits) {
            high = Math.max(high, z);
        }
        double[] p = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(factor * (logits[c] - high));
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    /** Returns the method and its settings. */
    @Override
    public String toString() {
        return "temperature";
    }
}
