/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart: from where to where, and what is written at it.
 *
 * @param from the least value
 * @param to the greatest
 * @param isLogarithmic whether equal ratios have equal lengths
 * @param ticks the values that are written at the axis
 */
record Axis(double from, double to, boolean isLogarithmic, List<Double> ticks) {

    /** Beyond this ratio the small values would lie on the axis. */
    private static final double WIDE = 50;

    private static final int TICKS = 5;

    /** An axis of whole numbers, as of epochs. */
    static Axis ofCounts(double from, double to) {
        double end = Math.max(to, from + 1);
        double step = Math.max(1, niceStep((end - from) / TICKS));
        return new Axis(from, end, false, linearTicks(from, end, step));
    }

    /** An axis that shows all of some values, of positive ones as a logarithm if they are wide. */
    static Axis of(double least, double greatest) {
        if (least > 0 && greatest / least > WIDE) {
            double from = Math.pow(10, Math.floor(Math.log10(least)));
            double to = Math.pow(10, Math.ceil(Math.log10(greatest)));
            return new Axis(from, to, true, powers(from, to));
        }
        double size = greatest - least;
        double room = size > 0 ? size : Math.max(Math.abs(greatest), 1e-9) / 2;
        double step = niceStep(room / (TICKS - 1));
        double from = Math.floor(least / step) * step;
        double to = Math.ceil(greatest / step) * step;
        double end = to > from ? to : from + step;
        return new Axis(from, end, false, linearTicks(from, end, step));
    }

    /** 1, 2 or 5 times a power of ten, no less than what is asked for. */
    private static double niceStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= least * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> linearTicks(double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor(to / step + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static List<Double> powers(double from, double to) {
        int first = (int) Math.round(Math.log10(from));
        int last = (int) Math.round(Math.log10(to));
        int step = Math.max(1, (last - first + TICKS - 1) / TICKS);
        List<Double> ticks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent += step) {
            ticks.add(Math.pow(10, exponent));
        }
        return ticks;
    }

    /** Where a value stands, 0 at the beginning of the axis and 1 at its end. */
    double place(double value) {
        return isLogarithmic
                ? Math.log(value / from) / Math.log(to / from)
                : (value - from) / (to - from);
    }

    /** A value in as few digits as it takes. */
    static String text(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size < 1e-4) {
            return String.format(Locale.ROOT, "%.0e", value)
                    .replaceFirst("e([+-])0?", "e$1")
                    .replace("e+", "e");
        }
        return new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toPlainString();
    }
}
