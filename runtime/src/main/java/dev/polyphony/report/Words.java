/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as sentences have them. */
final class Words {

    /** "Plain model", "Sub-ensemble"; not "BatchEnsemble", nor names that are written small. */
    private static final Pattern COMMON = Pattern.compile("[A-Z][a-z]+[- ](model|ensemble)\\b.*");

    private Words() {}

    /** 0.9782 is 97.8%. */
    static String percent(double share) {
        return percent(share, 1);
    }

    static String percent(double share, int digits) {
        // all is all, and nearly all is not
        boolean isWhole = share == 0 || share == 1;
        boolean looksWhole = share < 0.005 || share >= 0.995;
        int shown = isWhole ? 0 : looksWhole ? Math.max(1, digits) : digits;
        return String.format(Locale.ROOT, "%." + shown + "f%%", 100 * share);
    }

    /** A difference of shares: 0.013 is 1.3 percentage points. */
    static String points(double difference) {
        return String.format(Locale.ROOT, "%.1f percentage points", 100 * difference);
    }

    /** A ratio of something: 2.5 times the parameters, 25% of the parameters. */
    static String ratio(double ratio, String what) {
        if (ratio > 0.95 && ratio < 1.05) {
            return "about the same " + what;
        }
        String format =
                ratio < 1
                        ? "%2$.0f%% of the %3$s"
                        : "%1$." + (ratio < 10 ? 1 : 0) + "f times the %3$s";
        return String.format(Locale.ROOT, format, ratio, 100 * ratio, what);
    }

    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    /** "no wrong answer", "one wrong answer", "3 wrong answers". */
    static String count(long number, String one, String many) {
        if (number == 0) {
            return "no " + one;
        }
        return number == 1 ? "one " + one : count(number) + " " + many;
    }

    /**
     * "MIMO", "a row", but "the plain model" and "the deep ensemble", as these are common nouns.
     */
    static String name(Result row) {
        String name = row.name();
        return COMMON.matcher(name).matches()
                ? "the " + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)
                : name;
    }

    /** "a, b and c". */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
