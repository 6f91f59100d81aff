/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

/**
 * The share of what either of two masks keeps that both keep, by exact sums over hypergeometric
 * distributions: of two different ones among uniform subsets that cover all columns.
 *
 * @param mean the mean
 * @param deviation the standard deviation of one pair
 * @param covering the probability that the subsets cover all columns
 */
record Overlap(double mean, double deviation, double covering) {

    private static final int MOST_COLUMNS = 256;

    private static final double[] LOG_FACTORIALS = logFactorials();

    static Overlap of(int columns, int ones, int masks) {
        double[] cover = coverings(columns, ones, masks - 2);
        double all = 0;
        double sum = 0;
        double squares = 0;
        int most = ones == columns ? ones : ones - 1;
        for (int both = Math.max(0, 2 * ones - columns); both <= most; both++) {
            double weight =
                    hypergeometric(both, columns, ones, ones) * cover[columns - 2 * ones + both];
            double share = (double) both / (2 * ones - both);
            all += weight;
            sum += weight * share;
            squares += weight * share * share;
        }
        double mean = sum / all;
        return new Overlap(mean, Math.sqrt(Math.max(0, squares / all - mean * mean)), all);
    }

    /** The probability that subsets cover each number of given columns. */
    private static double[] coverings(int columns, int ones, int subsets) {
        double[] cover = new double[columns + 1];
        cover[0] = 1;
        for (int i = 0; i < subsets; i++) {
            double[] next = new double[cover.length];
            // one subset is always there
            for (int left = 0; left <= columns - ones; left++) {
                for (int hit = 0; hit <= Math.min(left, ones); hit++) {
                    next[left] += hypergeometric(hit, columns, left, ones) * cover[left - hit];
                }
            }
            cover = next;
        }
        return cover;
    }

    /** The probability that of some columns a subset has so many. */
    private static double hypergeometric(int hit, int columns, int some, int ones) {
        if (hit > some || ones - hit > columns - some) {
            return 0;
        }
        return Math.exp(
                choose(some, hit) + choose(columns - some, ones - hit) - choose(columns, ones));
    }

    private static double choose(int n, int k) {
        return LOG_FACTORIALS[n] - LOG_FACTORIALS[k] - LOG_FACTORIALS[n - k];
    }

    private static double[] logFactorials() {
        double[] logs = new double[MOST_COLUMNS + 1];
        for (int i = 1; i < logs.length; i++) {
            logs[i] = logs[i - 1] + Math.log(i);
        }
        return logs;
    }
}
