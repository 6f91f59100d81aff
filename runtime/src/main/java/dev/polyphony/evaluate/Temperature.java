/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Temperature scaling: one number that logits are divided by, fitted on examples that were not
 * trained on. It changes how sure a prediction is, never which class it prefers.
 *
 * <p>The temperature minimises the negative log likelihood {@code 1/N sum_i (log sum_c exp(z_ic /
 * T) - z_iy / T)}. In {@code 1/T} that is convex, so the minimum is found to the last digits by
 * Newton's method within a bracket. Above 1 the logits were too sure, below 1 not sure enough.
 *
 * <p>{@link #fit(Predictions)} calibrates what the ensemble says as a whole, {@link #fitMembers}
 * each member. Members that are calibrated one by one make an ensemble that is not sure enough, so
 * the ensemble is fitted last.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural
 *     Networks, 2017, section 4.2</a>
 * @see <a href="https://arxiv.org/abs/2007.08792">Rahaman and Thiery, Uncertainty Quantification
 *     and Deep Ensembles, 2021, on the order of pooling and calibrating</a>
 */
public final class Temperature {

    private static final int MAX_STEPS = 1000;

    private static final double PRECISION = 1e-13;

    private Temperature() {}

    /**
     * Fits the temperature of pooled predictions, for {@link Predictions#scaled}.
     *
     * @param validation labelled predictions for examples that were not trained on
     * @return the temperature, above 0
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException as {@link #fit(double[][], int[])}
     */
    public static double fit(Predictions validation) {
        double[][] logits = new double[validation.size()][];
        Arrays.setAll(logits, validation::pooledLogits);
        return fit(logits, validation.getLabels());
    }

    /**
     * Fits the temperature of each member on its own, for {@link Predictions#scaledMembers}.
     *
     * @param validation labelled predictions for examples that were not trained on
     * @return the temperatures, {@code [M]}, above 0
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException as {@link #fit(double[][], int[])}, for one of the members
     */
    public static double[] fitMembers(Predictions validation) {
        return IntStream.range(0, validation.getMembers())
                .mapToDouble(member -> fit(validation.getMember(member)))
                .toArray();
    }

    /**
     * Fits the temperature of logits.
     *
     * @param logits raw scores or log probabilities, {@code [N][C]}
     * @param labels the right class of each example, {@code [N]}
     * @return the temperature, above 0
     * @throws IllegalArgumentException if there are no examples, a length does not fit, a logit is
     *     NaN or infinite, a label is no class, or the likelihood has no maximum: no right class
     *     lies below another, so that it grows for ever towards the temperature 0; or right classes
     *     lie no higher than the others on average, so that it grows for ever with the temperature
     */
    public static double fit(double[][] logits, int[] labels) {
        double[][] gaps = gaps(logits, labels);
        if (Arrays.stream(gaps).flatMapToDouble(Arrays::stream).noneMatch(gap -> gap > 0)) {
            throw new IllegalArgumentException(
                    ("No temperature fits: each of the %d right classes has the highest logit, so"
                                    + " the likelihood grows for ever as the temperature goes to 0."
                                    + " Fit on more examples, which were not trained on")
                            .formatted(gaps.length));
        }
        if (slope(gaps, 0)[0] >= 0) {
            throw new IllegalArgumentException(
                    ("No temperature fits: the logits of the %d right classes are no higher than"
                                    + " the others on average, so the likelihood grows for ever with"
                                    + " the temperature. Check the labels, and that these are logits"
                                    + " of a trained model")
                            .formatted(gaps.length));
        }
        return 1 / minimise(gaps);
    }

    /** Each logit less that of the right class. */
    private static double[][] gaps(double[][] logits, int[] labels) {
        if (logits.length == 0 || logits.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d rows of logits for %d labels: there must be one for each, and at least one"
                            .formatted(logits.length, labels.length));
        }
        int classes = logits[0].length;
        double[][] gaps = new double[logits.length][];
        for (int i = 0; i < gaps.length; i++) {
            double[] row = logits[i];
            if (row.length != classes || classes < 2) {
                throw new IllegalArgumentException(
                        "example %d has %d logits, the first has %d: all need the same, at least 2"
                                .formatted(i, row.length, classes));
            }
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label %d of example %d is not one of the %d classes (0 to %d)"
                                .formatted(labels[i], i, classes, classes - 1));
            }
            double right = row[labels[i]];
            gaps[i] = Arrays.stream(row).map(z -> z - right).toArray();
            for (double gap : gaps[i]) {
                if (!Double.isFinite(gap)) {
                    throw new IllegalArgumentException(
                            "the logits of example %d are %s: they must be finite"
                                    .formatted(i, Arrays.toString(row)));
                }
            }
        }
        return gaps;
    }

    /** The inverse temperature at which the slope is 0. */
    private static double minimise(double[][] gaps) {
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
            double[] slope = slope(gaps, beta);
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

    /** First and second derivative of the negative log likelihood by the inverse temperature. */
    private static double[] slope(double[][] gaps, double beta) {
        double first = 0;
        double second = 0;
        for (double[] row : gaps) {
            double[] scaled = new double[row.length];
            Arrays.setAll(scaled, c -> row[c] * beta);
            double[] p = LogSpace.softmax(scaled);
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
        return new double[] {first / gaps.length, second / gaps.length};
    }
}
