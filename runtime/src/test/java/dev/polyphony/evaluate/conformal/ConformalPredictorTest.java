/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;

class ConformalPredictorTest {

    private static final int TRIALS = 4000;

    /** What exceeds the Kolmogorov-Smirnov distance of so many draws once in a thousand times. */
    private static final double DISTANCE = 1.95 / Math.sqrt(TRIALS);

    /**
     * The right class has a uniform probability, so that its score is uniform, and the coverage of
     * sets is the quantile itself.
     */
    private static ConformalPredictor uniform(int size, double coverage, Random random) {
        double[][] p = new double[size][];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(3);
            double right = random.nextDouble();
            p[i] = new double[] {(1 - right) / 2, (1 - right) / 2, (1 - right) / 2};
            p[i][labels[i]] = right;
        }
        return ConformalPredictor.fit(ConformalMethod.threshold(), coverage, p, labels);
    }

    /** Probabilities that are true. With chance, scores of adaptive sets are then uniform. */
    private static double[][] truth(int size, Random random) {
        double[][] p = new double[size][4];
        for (double[] row : p) {
            Arrays.setAll(row, c -> -Math.log(random.nextDouble()));
            double sum = Arrays.stream(row).sum();
            Arrays.setAll(row, c -> row[c] / sum);
        }
        return p;
    }

    private static int[] draw(double[][] p, Random random) {
        int[] labels = new int[p.length];
        for (int i = 0; i < labels.length; i++) {
            double left = random.nextDouble();
            while (labels[i] < 3 && left > p[i][labels[i]]) {
                left -= p[i][labels[i]++];
            }
        }
        return labels;
    }

    private static double distance(IntFunction<Double> draw, int rank, int size) {
        double[] sorted = new double[TRIALS];
        Arrays.setAll(sorted, trial -> draw.apply(trial));
        Arrays.sort(sorted);
        double distance = 0;
        for (int t = 0; t < TRIALS; t++) {
            double beta = RegularizedBeta.value(sorted[t], rank, size + 1 - rank);
            distance = Math.max(distance, Math.abs(beta - (t + 0.5) / TRIALS));
        }
        return distance;
    }

    /** The coverage of sets from {@code n} examples has a beta distribution, exactly. */
    @Test
    void coverageOfTheThresholdMethodIsBetaDistributed() {
        Random random = new Random(1);
        IntFunction<Double> draw = trial -> uniform(20, 0.9, random).getQuantile();
        assertTrue(distance(draw, 19, 20) < DISTANCE);
        // what the quantile of a sample, without one more to come, would give
        assertTrue(distance(draw, 18, 20) > 5 * DISTANCE);
    }

    @Test
    void coverageOfAdaptiveSetsIsBetaDistributed() {
        Random random = new Random(2);
        IntFunction<Double> draw =
                trial -> {
                    double[][] p = truth(29, random);
                    ConformalMethod method = ConformalMethod.randomizedAdaptive(trial);
                    return ConformalPredictor.fit(method, 0.8, p, draw(p, random)).getQuantile();
                };
        assertTrue(distance(draw, 24, 29) < DISTANCE);
    }

    /**
     * Over all draws, every method holds what it promises; those without ties no more than that.
     */
    @Test
    void setsHoldTheRightClassAsOftenAsPromised() {
        ConformalMethod[] methods = {
            ConformalMethod.threshold(),
            ConformalMethod.adaptive(),
            ConformalMethod.randomizedAdaptive(3),
            ConformalMethod.regularized(0.05, 2),
            ConformalMethod.randomizedRegularized(0.05, 2, 3)
        };
        Random random = new Random(4);
        for (ConformalMethod method : methods) {
            double coverage = 0;
            for (int trial = 0; trial < 400; trial++) {
                double[][] p = truth(49, random);
                ConformalPredictor fitted = ConformalPredictor.fit(method, 0.8, p, draw(p, random));
                double[][] test = truth(50, random);
                int[][] sets = fitted.predict(test);
                coverage += ConformalResult.of(fitted, sets, draw(test, random)).coverage() / 400;
            }
            // k / (n + 1) = 40 / 50; the deviation of the mean is 0.004
            double more =
                    method.getKey().startsWith("randomized-") || isThreshold(method) ? 0 : 0.2;
            assertTrue(coverage > 0.788 && coverage < 0.812 + more, method + ": " + coverage);
        }
    }

    private static boolean isThreshold(ConformalMethod method) {
        return method.getKey().equals("threshold");
    }

    @Test
    void scoresByHand() {
        double[] p = {0.2, 0.5, 0.3};
        assertArrayEquals(
                new double[] {0.8, 0.5, 0.7}, ConformalMethod.threshold().scores(p, 0), 1e-12);
        assertArrayEquals(
                new double[] {1, 0.5, 0.8}, ConformalMethod.adaptive().scores(p, 0), 1e-12);
        assertArrayEquals(
                new double[] {1.2, 0.5, 0.9},
                ConformalMethod.regularized(0.1, 1).scores(p, 0),
                1e-12);
        assertArrayEquals(
                new double[] {1.1, 0.5, 0.8},
                ConformalMethod.regularized(0.1, 2).scores(p, 0),
                1e-12);
        double[] random = ConformalMethod.randomizedAdaptive(5).scores(p, 7);
        double share = random[1] / 0.5;
        assertTrue(share > 0 && share < 1);
        assertArrayEquals(
                new double[] {0.8 + 0.2 * share, 0.5 * share, 0.5 + 0.3 * share}, random, 1e-12);
        assertArrayEquals(random, ConformalMethod.randomizedAdaptive(5).scores(p, 7));
        assertFalse(Arrays.equals(random, ConformalMethod.randomizedAdaptive(5).scores(p, 8)));
        assertFalse(Arrays.equals(random, ConformalMethod.randomizedAdaptive(6).scores(p, 7)));
    }

    /** Of four scores 0.1, 0.2, 0.4, 0.7, the third is the quantile for 0.6 of five. */
    @Test
    void setsByHand() {
        double[][] p = {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}, {0.7, 0.3}};
        ConformalPredictor fitted =
                ConformalPredictor.fit(ConformalMethod.threshold(), 0.6, p, new int[] {0, 1, 0, 1});
        assertEquals(0.4, fitted.getQuantile(), 1e-12);
        double[][] test = {{0.5, 0.5}, {0.61, 0.39}, {0.39, 0.61}, {0.05, 0.95}};
        int[][] sets = fitted.predict(test);
        assertArrayEquals(new int[0], sets[0]);
        assertArrayEquals(new int[] {0}, sets[1]);
        assertArrayEquals(new int[] {1}, sets[2]);
        ConformalResult result = ConformalResult.of(fitted, sets, new int[] {0, 0, 0, 1});
        assertEquals(0.5, result.coverage());
        assertEquals(0.75, result.meanSize());
        assertEquals(0.25, result.empty());
        assertEquals(0.75, result.singletons());
        assertEquals(2, result.strata().size());
        assertEquals(new ConformalResult.SizeStratum(0, 0, 1, 0), result.strata().get(0));
        assertEquals(2 / 3.0, result.strata().get(1).coverage(), 1e-12);
        assertEquals(0.6, result.getWorstMiss(1), 1e-12);
        assertEquals(2 / 3.0 - 0.6, result.getWorstMiss(2), 1e-12);
        assertEquals(0, result.getWorstMiss(4));
    }

    @Test
    void ranksAreOfDecimals() {
        // in binary, 0.55 times 100 is a little more than 55
        assertTrue(0.55 * 100 > 55);
        assertEquals(55, ConformalQuantile.rank(99, 0.55));
        assertEquals(19, ConformalQuantile.rank(20, 0.9));
        assertEquals(9, ConformalPredictor.getLeastExamples(0.9));
        assertEquals(19, ConformalPredictor.getLeastExamples(0.95));
        assertEquals(99, ConformalPredictor.getLeastExamples(0.99));
        assertEquals(1, ConformalPredictor.getLeastExamples(0.5));
    }

    @Test
    void tooFewExamplesGiveAllClasses() {
        ConformalPredictor few = uniform(8, 0.9, new Random(1));
        assertFalse(few.isInformative());
        assertArrayEquals(new int[] {0, 1, 2}, few.predict(new double[] {1, 0, 0}, 0));
        assertTrue(uniform(9, 0.9, new Random(1)).isInformative());
    }

    @Test
    void largeSetsShareStrata() {
        double[][] p = new double[1][200];
        Arrays.fill(p[0], 1 / 200.0);
        ConformalPredictor all =
                ConformalPredictor.fit(ConformalMethod.threshold(), 0.9, p, new int[] {3});
        int[][] sets = {new int[4], new int[10], new int[11], new int[101], new int[200]};
        for (int i = 0; i < sets.length; i++) {
            Arrays.setAll(sets[i], c -> c);
        }
        ConformalResult result = ConformalResult.of(all, sets, new int[] {0, 50, 0, 0, 0});
        assertEquals(
                "[SizeStratum[from=4, to=10, count=2, coverage=0.5],"
                        + " SizeStratum[from=11, to=100, count=1, coverage=1.0],"
                        + " SizeStratum[from=101, to=200, count=2, coverage=1.0]]",
                result.strata().toString());
    }

    @Test
    void badInputIsNamed() {
        double[][] p = {{0.5, 0.5}, {0.2, 0.8}};
        for (double coverage : new double[] {0, 1, -1, 2, Double.NaN}) {
            assertMessage("such as 0.9", coverage, p, 0, 1);
        }
        assertMessage("label 2 of example 1", 0.5, p, 0, 2);
        assertMessage("2 rows of probabilities for 1 labels", 0.5, p, 0);
        assertMessage(
                "2 classes, where there should be 3",
                0.5,
                new double[][] {{0, 0, 1}, {0, 1}},
                0,
                1);
        assertThrows(IllegalArgumentException.class, () -> ConformalMethod.regularized(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> ConformalMethod.regularized(0, -1));
    }

    private static void assertMessage(String part, double coverage, double[][] p, int... labels) {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                ConformalPredictor.fit(
                                        ConformalMethod.threshold(), coverage, p, labels));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
