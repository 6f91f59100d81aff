/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static Trial trial(String rate, int seed) {
        return new Trial(
                "plain",
                "plain",
                Map.of("units", "8"),
                Map.of("learning-rate", rate, "seed", Integer.toString(seed)),
                null);
    }

    /** Test figures say the opposite. */
    private static TrialResult result(double nll, double accuracy) {
        return new TrialResult(
                null,
                2,
                20,
                100,
                Map.of("negativeLogLikelihood", nll, "accuracy", accuracy),
                Map.of("negativeLogLikelihood", 1 - nll, "accuracy", 1 - accuracy),
                0.5);
    }

    private static Map<Trial, TrialResult> results() {
        Map<Trial, TrialResult> results = new LinkedHashMap<>();
        results.put(trial("0.1", 0), result(0.30, 0.90));
        results.put(trial("0.1", 1), result(0.50, 0.92));
        results.put(trial("0.2", 0), result(0.10, 0.80));
        results.put(trial("0.2", 1), result(0.80, 0.80));
        results.put(trial("0.3", 0), result(0.01, 0.99));
        results.put(trial("0.3", 1), TrialResult.failed("Training diverged, \"really\""));
        results.put(trial("0.4", 0), result(0.35, 0.93));
        results.put(trial("0.4", 1), result(0.35, 0.93));
        return results;
    }

    private static List<String> order(String metric) {
        return Ranking.of(results(), Criterion.of(Task.CLASSIFICATION, metric)).getRanked().stream()
                .map(entry -> entry.first().settings().get("learning-rate"))
                .toList();
    }

    @Test
    void theMeanOverSeedsOnValidationDataDecides() {
        assertEquals(List.of("0.4", "0.1", "0.2"), order(null));
        assertEquals(List.of("0.4", "0.1", "0.2"), order("accuracy"));
        Ranking ranking = Ranking.of(results(), Criterion.of(Task.CLASSIFICATION, null));
        assertEquals(0.4, ranking.getRanked().get(1).score(), 1e-12);
        assertEquals(1, ranking.getFailed().size());
        assertEquals("Training diverged, \"really\"", ranking.getFailed().get(0).failure());
    }

    @Test
    void unknownMetricsComeWithTheKnownOnes() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Criterion.of(Task.CLASSIFICATION, "acuracy"))
                        .getMessage();
        assertTrue(message.contains("Known are: accuracy, "), message);
        assertEquals("accuracy", Criterion.of(Task.CLASSIFICATION, "accuracy").metric().key());
    }

    @Test
    void theTableHasFailuresToo() {
        String[] lines = SearchTable.toCsv(results()).split("\r\n");
        assertEquals(9, lines.length);
        assertEquals(
                "trial,form,units,learning-rate,seed,failure,epochs,updates,parameters,validation_accuracy,validation_negativeLogLikelihood,test_accuracy,test_negativeLogLikelihood,seconds",
                lines[0]);
        assertEquals(
                trial("0.1", 0).getKey()
                        + ",plain,8,0.1,0,,2,20,100,0.9,0.3,0.09999999999999998,0.7,0.5",
                lines[1]);
        assertEquals(
                trial("0.3", 1).getKey()
                        + ",plain,8,0.3,1,\"Training diverged, \"\"really\"\"\",,,,,,,,",
                lines[6]);
    }
}
