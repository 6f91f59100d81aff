/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Cost;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.report.Section.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the words of the page against numbers that were made by hand. */
class VerdictTest {

    private static final int EXAMPLES = 100;

    /** The first answers are wrong, and less sure than the others by a little each. */
    private static Result row(String name, int wrong, double cost, double foreignConfidence) {
        float[] logits = new float[2 * EXAMPLES];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            logits[2 * i] = 0.5f + 0.03f * i;
            labels[i] = i < wrong ? 1 : 0;
        }
        float[] foreign = new float[2 * EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            foreign[2 * i] = (float) foreignConfidence + 0.0001f * i;
        }
        Predictions test = Predictions.of(logits, labels, 1, 2, Aggregation.PROBABILITIES);
        Predictions other = Predictions.of(foreign, 1, 2, Aggregation.PROBABILITIES);
        return new Result(
                name,
                "",
                Evaluation.of(test, Map.of("letters", other)),
                new Cost(Math.round(1000 * cost), 10, 5 * cost, 2 * cost));
    }

    private static List<Answer> answers(Result... rows) {
        Report.Builder report = Report.builder().setTitle("Test");
        List.of(rows).forEach(report::addResult);
        return Verdict.of(report.build());
    }

    private static String all(Answer answer) {
        return answer.inShort() + " " + String.join(" ", answer.sentences());
    }

    private static void assertHas(Answer answer, String part) {
        assertTrue(all(answer).contains(part), () -> part + "\nis not in\n" + all(answer));
    }

    @Test
    void clearWinnersAreNamed() {
        Answer which = answers(row("poor", 40, 1, 0), row("good", 5, 2, 0)).get(0);
        assertEquals("Good", which.inShort());
        assertHas(which, "Of 2 models, good gives the probabilities that fit");
        assertHas(which, "right on 95.0% of 100 test examples");
        assertHas(which, "is larger than chance explains");
        assertHas(which, "trained once");
    }

    @Test
    void whatChanceCouldDoIsATie() {
        // standard errors of 5 and 8 of 100 are 2.2 and 2.7 points: a difference of 3 is nothing
        Answer which = answers(row("a", 5, 1, 0), row("b", 8, 1, 0), row("poor", 50, 1, 0)).get(0);
        assertEquals("A, in a tie with b", which.inShort());
        assertHas(which, "Too close to call by the accuracy");
        assertHas(which, "Worse by more than chance: poor.");
        Answer none = answers(row("a", 5, 1, 0), row("b", 8, 1, 0)).get(0);
        assertHas(none, "No clear winner: a leads");
    }

    @Test
    void sharesThatArePassedOnAreCounted() {
        // the 20 least sure examples hold 20 of the 25 errors; 5 of 80 are left
        Answer when = answers(row("one", 25, 1, 0)).get(1);
        assertHas(
                when,
                "93.8% of the rest are right (5 wrong answers among 80 answers); of all, it is 75.0%");
        // at most 10% wrong: k - 75 of k, of the k surest, is a tenth up to k = 83
        assertHas(
                when,
                "To be wrong at most 10% of the time, it may answer the surest 83% by itself.");
    }

    @Test
    void confidenceIsHeldAgainstAccuracy() {
        double mean = RowCharts.confidence(row("one", 25, 1, 0).classification());
        assertTrue(mean > 0.82 && mean < 0.9, "mean confidence " + mean);
        assertHas(answers(row("one", 25, 1, 0)).get(1), "it trusts itself too much");
        assertHas(answers(row("one", 0, 1, 0)).get(1), "it is better than it says");
        assertHas(answers(row("one", 12, 1, 0)).get(1), "no further apart than chance allows");
        assertHas(answers(row("one", 0, 1, 0)).get(1), "It made no error on the test set");
    }

    @Test
    void foreignInputsAreNoticedOrNot() {
        // even odds are less sure than any test example; very sure ones are more sure
        assertHas(answers(row("one", 5, 1, 0)).get(1), "(letters) it notices well");
        Answer blind = answers(row("one", 5, 1, 9)).get(1);
        assertHas(blind, "(letters) it does not notice");
        assertHas(blind, "less sure of the foreign one 0% of the time");
        assertHas(blind, "Do not rely on its uncertainty to stop them.");
    }

    @Test
    void pricesAreRatios() {
        List<Answer> answers =
                answers(
                        row("plain", 40, 1, 0).withRole(Role.PLAIN),
                        row("good", 5, 2.5, 0),
                        row("deep", 9, 10, 0).withRole(Role.DEEP_ENSEMBLE));
        Answer price = answers.get(2);
        assertEquals(
                "2.5 times the parameters and 2.5 times the prediction time, against plain",
                price.inShort());
        assertHas(
                price,
                "Good has 2,500 parameters, took 12.5 s to train and takes 5.0 ms to predict");
        assertHas(price, "Against deep that is 25% of the parameters, 25% of the training time");
        assertFalse(all(price).contains("predicts fastest"), all(price));
        Answer cheaper = answers(row("dear", 5, 4, 0), row("cheap", 6, 1, 0)).get(2);
        assertHas(cheaper, "cheap predicts fastest: in 25% of the time, with 1,000 parameters");
    }

    @Test
    void severalSeedsDecideByTheirSpread() {
        RunStatistics.Builder statistics = RunStatistics.builder().setReference("a");
        double[][] nll = {{0.30, 0.31, 0.29}, {0.40, 0.41, 0.39}, {0.305, 0.33, 0.30}};
        String[] names = {"a", "b", "c"};
        for (int r = 0; r < 3; r++) {
            for (int seed = 0; seed < 3; seed++) {
                statistics.add(names[r], seed, Map.of(Figure.of(Metrics.NLL), nll[r][seed]), null);
            }
        }
        Report.Builder report = Report.builder().setTitle("Seeds");
        for (String name : names) {
            report.addResult(row(name, 5, 1, 0));
        }
        Report built = report.optStatistics(statistics.build()).build();
        Answer which = Verdict.of(built).get(0);
        assertEquals("A, in a tie with c", which.inShort());
        assertHas(which, "(NLL 0.3000");
        assertHas(which, "Worse by more than chance: b.");
        assertHas(which, "means over 3 trainings");
        assertHas(
                Verdict.of(built).get(1), "These numbers are of the training with the first seed.");
        assertHas(Verdict.of(built).get(2), "in the training with the first seed");
        Table table = built.table("", List.of(Column.quality(Metrics.NLL)));
        assertEquals("0.4000", table.text(built.getResults().get(1), table.columns().get(0)));
        assertEquals(
                "± 0.0100", table.deviation(built.getResults().get(1), table.columns().get(0)));
    }

    /** Of two seeds a standard error is known to so little that 1.96 of them are chance. */
    @Test
    void fewSeedsDecideLittle() {
        RunStatistics.Builder statistics = RunStatistics.builder().setReference("a");
        double[][] nll = {{0.30, 0.31}, {0.33, 0.34}};
        String[] names = {"a", "b"};
        Report.Builder report = Report.builder().setTitle("Seeds");
        for (int r = 0; r < 2; r++) {
            for (int seed = 0; seed < 2; seed++) {
                statistics.add(names[r], seed, Map.of(Figure.of(Metrics.NLL), nll[r][seed]), null);
            }
            report.addResult(row(names[r], 5, 1, 0));
        }
        // a lead of 0.03, of 4.2 standard errors; Student's limit for two values is 12.7
        Answer which = Verdict.of(report.optStatistics(statistics.build()).build()).get(0);
        assertEquals("No clear winner: a leads, by less than chance could do", which.inShort());
    }

    @Test
    void sentencesFitSmallAndNearlyWholeNumbers() {
        assertHas(
                answers(row("one", 1, 1, 0)).get(1), "Its only error came with a confidence below");
        assertEquals("100%", Words.percent(1, 0));
        assertEquals("99.8%", Words.percent(0.998, 0));
        assertEquals("99%", Words.percent(0.99, 0));
        assertEquals("0.2%", Words.percent(0.002, 0));
        assertEquals("0%", Words.percent(0, 0));
    }
}
