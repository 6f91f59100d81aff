/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;

/**
 * The smooth calibration error: as the expected calibration error, with a kernel instead of bins,
 * so that no bin edge decides.
 *
 * <p>With residuals {@code y_i - f_i} (whether the predicted class is right, less the confidence in
 * it), the smoothed residual at a confidence {@code t} is {@code r_s(t) = 1/N sum_i K_s(t, f_i)
 * (y_i - f_i)}. {@code K_s} is a Gaussian kernel of bandwidth {@code s}, reflected at 0 and at 1,
 * so that no mass leaves the interval. The error at this bandwidth is {@code E(s) = integral_0^1
 * |r_s(t)| dt}, which falls as {@code s} grows; the smooth calibration error is where {@code E(s) =
 * s}.
 *
 * <p>The reflected Gaussian is the heat kernel of the interval, {@code K_s(t, f) = 1 + 2 sum_k
 * exp(-(pi k s)^2 / 2) cos(pi k t) cos(pi k f)}. So {@code r_s} is a cosine series, whose terms are
 * summed until they are below rounding; it is integrated between its zeros in closed form. The
 * bandwidth is found by false position. Bandwidths below {@value #FINEST} are not tried: there
 * {@code E(FINEST)} is returned, which is at most the error, and off by less than {@code FINEST}.
 *
 * @see <a href="https://arxiv.org/abs/2309.12236">Blasiok and Nakkiran, Smooth ECE: Principled
 *     Reliability Diagrams via Kernel Smoothing, ICLR 2024</a>
 */
final class SmoothCalibration {

    /** The finest bandwidth. */
    static final double FINEST = 1e-3;

    /** Terms with a smaller factor are rounding errors: {@code exp(-38) = 3e-17}. */
    private static final double EXPONENT = 38;

    private static final int GRID_PER_BANDWIDTH = 8;

    private static final int MAX_STEPS = 100;

    private static final double PRECISION = 1e-13;

    private final double[] right;
    private final double[] wrong;

    /** Mean residual, then the coefficients of the cosines, as many as were needed. */
    private double[] coefficients = new double[0];

    /** Takes the confidences of right and of wrong answers. */
    SmoothCalibration(double[] right, double[] wrong) {
        this.right = right;
        this.wrong = wrong;
    }

    /** Returns the smooth calibration error. */
    double getError() {
        double high = 1;
        double atHigh = getError(1) - 1;
        if (atHigh >= 0) {
            return 1;
        }
        while (high > FINEST) {
            double low = Math.max(high / 2, FINEST);
            double atLow = getError(low) - low;
            if (atLow >= 0) {
                return crossing(low, atLow, high, atHigh);
            }
            high = low;
            atHigh = atLow;
        }
        return atHigh + FINEST;
    }

    /** Where the error equals the bandwidth, by false position that halves what does not move. */
    private double crossing(double from, double atFrom, double to, double atTo) {
        double low = from;
        double atLow = atFrom;
        double high = to;
        double atHigh = atTo;
        int side = 0;
        double middle = low;
        for (int step = 0; step < MAX_STEPS && high - low > PRECISION; step++) {
            middle = (low * atHigh - high * atLow) / (atHigh - atLow);
            double at = getError(middle) - middle;
            if (Math.abs(at) < PRECISION) {
                break;
            } else if (at > 0) {
                low = middle;
                atLow = at;
                atHigh /= side > 0 ? 2 : 1;
                side = 1;
            } else {
                high = middle;
                atHigh = at;
                atLow /= side < 0 ? 2 : 1;
                side = -1;
            }
        }
        return middle;
    }

    /** Returns the error at a bandwidth. */
    double getError(double bandwidth) {
        double[] series = series(bandwidth);
        int grid = (int) Math.ceil(GRID_PER_BANDWIDTH / bandwidth);
        double sum = 0;
        double start = 0;
        double before = value(series, 0);
        for (int g = 1; g <= grid; g++) {
            double t = (double) g / grid;
            double here = value(series, t);
            if (before * here < 0) {
                double zero = zero(series, (g - 1.0) / grid, t, before);
                sum += Math.abs(integral(series, zero) - integral(series, start));
                start = zero;
            }
            before = here;
        }
        return sum + Math.abs(integral(series, 1) - integral(series, start));
    }

    private double[] series(double bandwidth) {
        int terms = 1 + (int) Math.ceil(Math.sqrt(2 * EXPONENT) / (Math.PI * bandwidth));
        requireCoefficients(terms);
        double[] series = new double[terms];
        for (int k = 0; k < terms; k++) {
            double frequency = Math.PI * k * bandwidth;
            series[k] = coefficients[k] * Math.exp(-frequency * frequency / 2);
        }
        return series;
    }

    private void requireCoefficients(int terms) {
        if (coefficients.length >= terms) {
            return;
        }
        double[] sums = new double[Math.max(terms, 2 * coefficients.length)];
        Arrays.stream(right).forEach(f -> addCosines(sums, f, 1 - f));
        Arrays.stream(wrong).forEach(f -> addCosines(sums, f, -f));
        int size = right.length + wrong.length;
        for (int k = 0; k < sums.length; k++) {
            sums[k] *= (k == 0 ? 1.0 : 2.0) / size;
        }
        coefficients = sums;
    }

    /** Adds {@code weight * cos(pi k f)} for every k, by rotation. */
    private static void addCosines(double[] sums, double f, double weight) {
        double stepCosine = Math.cos(Math.PI * f);
        double stepSine = Math.sin(Math.PI * f);
        double cosine = weight;
        double sine = 0;
        for (int k = 0; k < sums.length; k++) {
            sums[k] += cosine;
            double next = cosine * stepCosine - sine * stepSine;
            sine = sine * stepCosine + cosine * stepSine;
            cosine = next;
        }
    }

    private static double value(double[] series, double t) {
        double stepCosine = Math.cos(Math.PI * t);
        double stepSine = Math.sin(Math.PI * t);
        double cosine = 1;
        double sine = 0;
        double sum = 0;
        for (double term : series) {
            sum += term * cosine;
            double next = cosine * stepCosine - sine * stepSine;
            sine = sine * stepCosine + cosine * stepSine;
            cosine = next;
        }
        return sum;
    }

    /** The integral from 0 to t. */
    private static double integral(double[] series, double t) {
        double sum = series[0] * t;
        for (int k = 1; k < series.length; k++) {
            sum += series[k] * Math.sin(Math.PI * k * t) / (Math.PI * k);
        }
        return sum;
    }

    /** Where the series changes its sign; the integral is flat there, so this need not be fine. */
    private static double zero(double[] series, double from, double to, double atFrom) {
        double low = from;
        double high = to;
        for (int step = 0; step < 24; step++) {
            double middle = (low + high) / 2;
            if (value(series, middle) * atFrom > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
