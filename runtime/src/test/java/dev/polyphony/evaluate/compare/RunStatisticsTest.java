/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.evaluate.UncertaintyScore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunStatisticsTest {

    private static final Figure ACCURACY = Figure.of(Metrics.ACCURACY);
    private static final Figure NLL = Figure.of(Metrics.NLL);
    private static final Figure FOREIGN =
            Figure.of("letters", UncertaintyScore.MUTUAL_INFORMATION, Metrics.AUROC);

    private static RunStatistics seeds(int count) {
        RunStatistics.Builder builder = RunStatistics.builder().setReference("plain");
        for (int seed = 1; seed <= count; seed++) {
            builder.add("plain", seed, Map.of(ACCURACY, 0.90 + seed / 100.0), null);
            builder.add("packed", seed, Map.of(ACCURACY, 0.91 + seed / 100.0), null);
            builder.add("deep", seed, Map.of(ACCURACY, 0.90 + seed / 50.0, FOREIGN, 0.5), null);
        }
        return builder.build();
    }

    @Test
    void severalSeedsArePaired() {
        RunStatistics statistics = seeds(6);
        assertTrue(statistics.isOverSeeds());
        assertEquals(List.of("plain", "packed", "deep"), List.copyOf(statistics.getRows()));
        assertEquals(Set.of(ACCURACY, FOREIGN), statistics.getFigures());
        Spread plain = statistics.getSpread("plain", ACCURACY).orElseThrow();
        assertEquals(0.935, plain.mean(), 1e-12);
        assertEquals(6, plain.values().size());
        assertTrue(statistics.getSpread("plain", FOREIGN).isEmpty());
        assertTrue(statistics.getDifference("plain", ACCURACY).isEmpty());
        Difference deep = statistics.getDifference("deep", ACCURACY).orElseThrow();
        assertEquals(PairedTest.Method.SIGN_FLIP, deep.test().method());
        assertEquals(2.0 / 64, deep.test().pValue());
        // two rows are tested
        assertEquals(4.0 / 64, deep.adjusted());
        assertFalse(deep.isSignificant(0.05));
        assertTrue(deep.isSignificant(0.0625));
        assertEquals(0.035, deep.student().orElseThrow().difference(), 1e-12);
        // the reference has no such figure
        assertTrue(statistics.getDifference("deep", FOREIGN).isEmpty());
    }

    @Test
    void tooFewSeedsAreSaid() {
        List<String> notes = seeds(3).getNotes();
        assertEquals(3, notes.size());
        assertTrue(notes.get(0).startsWith("3 seeds (1, 2, 3), each with all rows"), notes.get(0));
        assertEquals(
                "With 3 seeds no sign-flip test gives less than p = 0.25, which for 2 rows becomes"
                        + " 0.5: too few seeds to call any row different at 0.05. 7 seeds would do.",
                notes.get(2));
        assertEquals(2, seeds(7).getNotes().size());
        List<String> two = seeds(2).getNotes();
        assertTrue(two.get(2).contains("p = 0.5, which for 2 rows becomes 1: too"), two.get(2));
    }

    private static ExampleScores scores(boolean[] right, double... nll) {
        return new ExampleScores(right, nll, new double[nll.length]);
    }

    @Test
    void oneSeedIsTestedOverExamples() {
        boolean[] all = new boolean[20];
        Arrays.fill(all, true);
        boolean[] half = all.clone();
        Arrays.fill(half, 0, 10, false);
        double[] low = new double[20];
        double[] high = new double[20];
        Arrays.fill(high, 0, 10, 2);
        RunStatistics statistics =
                RunStatistics.builder()
                        .setReference("plain")
                        .add("plain", 4, Map.of(ACCURACY, 0.5, NLL, 1.0), scores(half, high))
                        .add("deep", 4, Map.of(ACCURACY, 1.0, NLL, 0.0), scores(all, low))
                        .build();
        assertFalse(statistics.isOverSeeds());
        Difference accuracy = statistics.getDifference("deep", ACCURACY).orElseThrow();
        assertEquals(PairedTest.Method.MC_NEMAR, accuracy.test().method());
        assertEquals(2.0 / 1024, accuracy.test().pValue(), 1e-15);
        assertTrue(accuracy.student().isEmpty());
        Difference nll = statistics.getDifference("deep", NLL).orElseThrow();
        assertEquals(PairedTest.Method.BOOTSTRAP, nll.test().method());
        assertEquals(-1, nll.test().difference());
        assertEquals(2.0 / 2001, nll.test().pValue(), 1e-12);
        Spread spread = statistics.getSpread("plain", NLL).orElseThrow();
        assertEquals(List.of(1.0), spread.values());
        assertTrue(spread.bootstrap().low() < 0.8 && spread.bootstrap().high() > 1.2);
        assertTrue(statistics.getNotes().get(0).startsWith("One seed (4)."));
    }

    @Test
    void examplesAddUpToTheScores() {
        Predictions predictions =
                Predictions.of(
                        new float[] {2, 0, 1, 0, 1, 0, 3, 1, -1, 0, 2, 0, 0, 4, 1, 1, 1, 1},
                        new int[] {0, 1, 2},
                        2,
                        3,
                        Aggregation.PROBABILITIES);
        ExampleScores scores = ExampleScores.of(predictions);
        assertArrayEquals(predictions.getCorrect(), scores.correct());
        assertEquals(
                Scores.negativeLogLikelihood(predictions),
                Arrays.stream(scores.values().get(Metrics.NLL)).average().orElseThrow(),
                1e-12);
        assertEquals(
                Scores.brier(predictions.getProbabilities(), predictions.getLabels()),
                Arrays.stream(scores.values().get(Metrics.BRIER)).average().orElseThrow(),
                1e-12);
    }

    @Test
    void refusesRunsThatAreNoPairs() {
        RunStatistics.Builder builder =
                RunStatistics.builder()
                        .setReference("plain")
                        .add("plain", 1, Map.of(), null)
                        .add("deep", 2, Map.of(), null);
        assertThrows(IllegalArgumentException.class, builder::build);
        assertThrows(IllegalArgumentException.class, () -> builder.add("deep", 2, Map.of(), null));
        assertThrows(IllegalArgumentException.class, () -> builder.setReference("packed").build());
    }

    @Test
    void paretoFront() {
        double none = Double.NaN;
        // accuracy is better when higher, parameters when fewer
        assertArrayEquals(
                new boolean[] {true, false, true, true, true, false},
                ParetoFront.of(
                        Metrics.ACCURACY,
                        new double[] {0.9, 0.89, 0.95, 0.97, 0.9, none},
                        Metrics.PARAMETERS,
                        new double[] {10, 12, 20, 40, 10, 1}));
        // as good for a higher price is not on it
        assertArrayEquals(
                new boolean[] {true, false},
                ParetoFront.of(
                        Metrics.NLL,
                        new double[] {0.3, 0.3},
                        Metrics.TRAINING_TIME,
                        new double[] {1, 2}));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        ParetoFront.of(
                                Metrics.DISAGREEMENT,
                                new double[1],
                                Metrics.PARAMETERS,
                                new double[1]));
    }
}
