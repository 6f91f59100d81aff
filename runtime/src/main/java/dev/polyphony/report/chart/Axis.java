/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report.chart;

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
public record Axis(double from, double to, boolean isLogarithmic, List<Double> ticks) {

    /** Beyond this ratio the small values would lie on the axis. */
    private static final double WIDE = 50;

    private static final int TICKS = 5;

    /** Of a logarithmic axis: the wider it is, the fewer numbers are written at it. */
    private static final double[] ONES = {1};

    private static final double[] FEW = {1, 2, 5};
    private static final double[] MANY = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};

    /**
     * Makes an axis of whole numbers, as of epochs.
     *
     * @param from the first
     * @param to the last
     * @return the axis
     */
    public static Axis ofCounts(double from, double to) {
        double end = Math.max(to, from + 1);
        double step = Math.max(1, niceStep((end - from) / TICKS));
        return new Axis(from, end, false, linearTicks(from, end, step));
    }

    /**
     * Makes an axis from 0 to 1.
     *
     * @return the axis
     */
    public static Axis ofShares() {
        return within(0, 1);
    }

    /**
     * Makes an axis that ends where it is told to, its ticks at round numbers.
     *
     * @param from the least value
     * @param to the greatest, more than that
     * @return the axis
     */
    public static Axis within(double from, double to) {
        return new Axis(from, to, false, linearTicks(from, to, niceStep((to - from) / TICKS)));
    }

    /**
     * Makes an axis from zero to a round number.
     *
     * @param greatest the greatest value
     * @return the axis, to 1 if there is nothing to show
     */
    public static Axis fromZero(double greatest) {
        if (!(greatest > 0)) {
            return within(0, 1);
        }
        double step = niceStep(greatest / (TICKS - 1));
        double end = Math.ceil(greatest / step - 1e-9) * step;
        return new Axis(0, end, false, linearTicks(0, end, step));
    }

    /**
     * Makes an axis of positive values on which equal ratios have equal lengths.
     *
     * @param least the least value, above zero
     * @param greatest the greatest
     * @return the axis, with some room on either side
     */
    public static Axis ofRatios(double least, double greatest) {
        double room = Math.pow(Math.max(greatest / least, 2), 0.08);
        double from = least / room;
        double to = greatest * room;
        double decades = Math.log10(to / from);
        List<Double> ticks = roundNumbers(from, to, decades > 3 ? ONES : FEW);
        return new Axis(from, to, true, ticks.size() > 2 ? ticks : roundNumbers(from, to, MANY));
    }

    /** The numbers between two others that are one of these factors times a power of ten. */
    private static List<Double> roundNumbers(double from, double to, double[] factors) {
        List<Double> numbers = new ArrayList<>();
        for (int e = (int) Math.floor(Math.log10(from)); Math.pow(10, e) <= to; e++) {
            for (double factor : factors) {
                double number = factor * Math.pow(10, e);
                if (number >= from && number <= to) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    /**
     * Makes an axis that shows all of some values, of positive ones as a logarithm if they are
     * wide.
     *
     * @param least the least value
     * @param greatest the greatest
     * @return the axis
     */
    public static Axis of(double least, double greatest) {
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

    /**
     * Returns where a value stands.
     *
     * @param value the value
     * @return 0 at the beginning of the axis, 1 at its end
     */
    public double place(double value) {
        return isLogarithmic
                ? Math.log(value / from) / Math.log(to / from)
                : (value - from) / (to - from);
    }

    /**
     * Writes a value in as few digits as it takes.
     *
     * @param value the value
     * @return the text
     */
    public static String text(double value) {
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

    /** Writes a value in little room: 20k, 1.5M. */
    static String shortText(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return text(value / 1e9) + "G";
        }
        if (size >= 1e6) {
            return text(value / 1e6) + "M";
        }
        return size >= 1e4 ? text(value / 1e3) + "k" : text(value);
    }
}
