/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search tries for one name: {@code 16,32,64}, or a range {@code 0.001..0.1} to draw from.
 * Values that have commas themselves are separated by semicolons.
 *
 * @param text the choice as it was written
 * @param values the values; none of a range
 * @param low the lower end of a range
 * @param high the upper end of a range
 */
record Choice(String text, List<String> values, double low, double high) {

    private static final Pattern RANGE =
            Pattern.compile("([-+.\\deE]*\\d\\.?)\\.\\.([-+.\\deE]*\\d)");

    /** From here on the two ends of a range are of different size. */
    private static final double WIDE = 10;

    private static final MathContext DIGITS = new MathContext(3);

    /**
     * Reads a choice.
     *
     * @param name what it is for, for messages
     * @param text its text
     * @throws IllegalArgumentException if there is no value, one twice, or a range without room
     */
    static Choice parse(String name, String text) {
        Matcher range = RANGE.matcher(text.strip());
        if (range.matches()) {
            return ofRange(name, text.strip(), range.group(1), range.group(2));
        }
        List<String> values =
                Arrays.stream(text.split(text.contains(";") ? ";" : ","))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is nothing to try for '%s': give values, such as %s=1,2"
                            .formatted(name, name));
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(
                    "A value of '%s' is there twice: %s".formatted(name, text));
        }
        return new Choice(text.strip(), values, 0, 0);
    }

    private static Choice ofRange(String name, String text, String from, String to) {
        double low = Double.parseDouble(from);
        double high = Double.parseDouble(to);
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "The range %s of '%s' goes from the lower to the higher end"
                            .formatted(text, name));
        }
        return new Choice(text, List.of(), low, high);
    }

    boolean isRange() {
        return values.isEmpty();
    }

    /** Whether trials differ in it. */
    boolean isVaried() {
        return isRange() || values.size() > 1;
    }

    /**
     * Draws a value. Of a range it has three digits, and is a whole number where both ends are;
     * ends that are of different size (a factor of 10 or more) are drawn evenly by their logarithm.
     */
    String draw(SplittableRandom random) {
        if (!isRange()) {
            return values.get(random.nextInt(values.size()));
        }
        if (isWhole(low) && isWhole(high) && !text.contains(".0")) {
            return Long.toString(
                    isWide()
                            ? Math.round(exponential(random))
                            : random.nextLong((long) low, (long) high + 1));
        }
        double value = isWide() ? exponential(random) : low + (high - low) * random.nextDouble();
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.toPlainString();
    }

    private boolean isWide() {
        return low > 0 && high / low >= WIDE;
    }

    private double exponential(SplittableRandom random) {
        double part = random.nextDouble();
        return Math.exp(Math.log(low) * (1 - part) + Math.log(high) * part);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    /** One of the values, or the lower end of a range. */
    String getAny() {
        return isRange() ? text.substring(0, text.indexOf("..")) : values.get(0);
    }

    /** The number of values; infinite of a range. */
    double count() {
        return isRange() ? Double.POSITIVE_INFINITY : values.size();
    }
}
