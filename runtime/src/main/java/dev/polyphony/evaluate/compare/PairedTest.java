/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Whether two rows differ by more than chance, from values in pairs: of the same seed, or of the
 * same example. All tests are two-sided.
 *
 * @param method how it was tested
 * @param pairs the number of pairs
 * @param difference the mean difference, this row minus the reference
 * @param interval where the true difference is likely to be
 * @param pValue how often chance alone makes a difference of this size or a larger one
 * @param smallestPValue the smallest value that the test can give with so many pairs, however large
 *     the difference: if it is above the level that one has in mind, the test cannot say
 *     "different"
 */
public record PairedTest(
        Method method,
        int pairs,
        double difference,
        Interval interval,
        double pValue,
        double smallestPValue) {

    /** Up to so many pairs every pattern of signs is tried: about a million. */
    static final int EXACT_PAIRS = 20;

    /** Sums that differ by rounding alone are ties. */
    private static final double ROUNDING = 1e-12;

    /** How rows are tested. */
    public enum Method {
        /** The signs of the differences of seeds are drawn anew: assumes nothing but symmetry. */
        SIGN_FLIP("sign-flip test over seeds"),

        /** Student's t of the differences of seeds: assumes that they are normally distributed. */
        STUDENT("paired t-test over seeds"),

        /** McNemar's exact test of the examples that only one of two models gets right. */
        MC_NEMAR("McNemar's exact test over examples"),

        /** The differences of examples are drawn anew. */
        BOOTSTRAP("paired bootstrap over examples");

        private final String title;

        Method(String title) {
            this.title = title;
        }

        /**
         * Returns the name for readers.
         *
         * @return such as {@code paired t-test over seeds}
         */
        public String getTitle() {
            return title;
        }
    }

    /**
     * Tests the differences of seeds by flipping their signs: all {@code 2^n} patterns for up to 20
     * pairs, so that the p-value is exact, else as many random ones as the bootstrap has resamples.
     *
     * @param own the values of a row, {@code [N]}
     * @param reference those of the reference, in the same order
     * @param bootstrap makes the interval of the difference
     * @return the test
     * @throws IllegalArgumentException if there are not as many, or a value is NaN or infinite
     */
    public static PairedTest signFlip(double[] own, double[] reference, Bootstrap bootstrap) {
        double[] differences = differences(own, reference);
        int pairs = differences.length;
        boolean isExact = pairs <= EXACT_PAIRS;
        return new PairedTest(
                Method.SIGN_FLIP,
                pairs,
                Spread.mean(differences),
                bootstrap.getInterval(differences),
                isExact ? exact(differences) : sampled(differences, bootstrap),
                isExact ? Math.min(1, Math.scalb(2.0, -pairs)) : 1.0 / (bootstrap.count() + 1));
    }

    private static double exact(double[] differences) {
        double limit = limit(differences);
        int pairs = differences.length;
        long atLeast = 0;
        for (long signs = 0; signs < 1L << pairs; signs++) {
            double sum = 0;
            for (int i = 0; i < pairs; i++) {
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            }
            atLeast += Math.abs(sum) >= limit ? 1 : 0;
        }
        return Math.scalb((double) atLeast, -pairs);
    }

    /** The observed pattern is one of the patterns, so that the p-value is never 0. */
    private static double sampled(double[] differences, Bootstrap bootstrap) {
        double limit = limit(differences);
        SplittableRandom random = bootstrap.random();
        long atLeast = 1;
        for (int r = 0; r < bootstrap.count(); r++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            atLeast += Math.abs(sum) >= limit ? 1 : 0;
        }
        return atLeast / (bootstrap.count() + 1.0);
    }

    private static double limit(double[] differences) {
        double scale = Arrays.stream(differences).map(Math::abs).sum();
        return Math.abs(Arrays.stream(differences).sum()) - ROUNDING * scale;
    }

    /**
     * Tests the differences of seeds with Student's t.
     *
     * @param own the values of a row, {@code [N]}, at least two
     * @param reference those of the reference, in the same order
     * @param level the level of the interval, such as 0.95
     * @return the test; its p-value is NaN where the differences are all equal and not zero, of
     *     which the test can say nothing
     * @throws IllegalArgumentException if there are not as many, or fewer than two, or a value is
     *     NaN or infinite
     */
    public static PairedTest student(double[] own, double[] reference, double level) {
        double[] differences = differences(own, reference);
        if (differences.length < 2) {
            throw new IllegalArgumentException("a t-test needs at least two pairs");
        }
        Spread spread =
                Spread.of(differences, Bootstrap.seeded(0).optLevel(level).optResamples(100));
        double error = spread.deviation() / Math.sqrt(differences.length);
        double pValue =
                error > 0
                        ? 2
                                * TDistribution.of(differences.length - 1.0)
                                        .survivalProbability(Math.abs(spread.mean()) / error)
                        : spread.mean() == 0 ? 1 : Double.NaN;
        return new PairedTest(
                Method.STUDENT, differences.length, spread.mean(), spread.student(), pValue, 0);
    }

    /**
     * Tests whether one model is right more often than another on the same examples. Only examples
     * that one of them alone gets right say something: if the models are equally good, each of
     * these is a coin toss.
     *
     * @param own whether the row's model is right, {@code [N]}
     * @param reference whether the reference is, for the same examples
     * @param bootstrap makes the interval of the difference of accuracies
     * @return the test
     * @throws IllegalArgumentException if there are not as many, or none
     */
    public static PairedTest mcNemar(boolean[] own, boolean[] reference, Bootstrap bootstrap) {
        requireSame(own.length, reference.length);
        double[] differences = new double[own.length];
        int better = 0;
        int worse = 0;
        for (int i = 0; i < own.length; i++) {
            better += own[i] && !reference[i] ? 1 : 0;
            worse += reference[i] && !own[i] ? 1 : 0;
            differences[i] = (own[i] ? 1 : 0) - (reference[i] ? 1 : 0);
        }
        int apart = better + worse;
        double tail =
                BinomialDistribution.of(apart, 0.5).cumulativeProbability(Math.min(better, worse));
        return new PairedTest(
                Method.MC_NEMAR,
                own.length,
                (better - worse) / (double) own.length,
                bootstrap.getInterval(differences),
                Math.min(1, 2 * tail),
                Math.min(1, Math.scalb(2.0, -apart)));
    }

    /**
     * Tests a mean over examples, such as the negative log likelihood: how often the mean
     * difference changes its sign when examples are drawn anew, doubled.
     *
     * @param own the values of a row, {@code [N]}
     * @param reference those of the reference, for the same examples
     * @param bootstrap draws the examples, and makes the interval of the difference
     * @return the test
     * @throws IllegalArgumentException if there are not as many, or a value is NaN or infinite
     */
    public static PairedTest bootstrap(double[] own, double[] reference, Bootstrap bootstrap) {
        double[] differences = differences(own, reference);
        double[] means = bootstrap.getMeans(differences);
        // what was observed counts as one resample, so that the p-value is never 0
        long negative = 1 + Arrays.stream(means).filter(mean -> mean <= 0).count();
        long positive = 1 + Arrays.stream(means).filter(mean -> mean >= 0).count();
        double all = means.length + 1.0;
        return new PairedTest(
                Method.BOOTSTRAP,
                differences.length,
                Spread.mean(differences),
                bootstrap.getInterval(differences),
                Math.min(1, 2 * Math.min(negative, positive) / all),
                2 / all);
    }

    private static double[] differences(double[] own, double[] reference) {
        requireSame(own.length, reference.length);
        Spread.requireFinite(own);
        Spread.requireFinite(reference);
        double[] differences = new double[own.length];
        Arrays.setAll(differences, i -> own[i] - reference[i]);
        return differences;
    }

    private static void requireSame(int own, int reference) {
        if (own != reference || own == 0) {
            throw new IllegalArgumentException(
                    "%d values and %d of the reference are no pairs".formatted(own, reference));
        }
    }
}
