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
        assertEquals("Good, by NLL", which.inShort());
        assertHas(which, "Of 2 models, good gives the probabilities that fit");
        assertHas(which, "right on 95.0% of 100 test examples");
        assertHas(which, "is larger than chance explains");
        assertHas(which, "trained once");
    }

    @Test
    void whatChanceCouldDoIsATie() {
        // standard errors of 5 and 8 of 100 are 2.2 and 2.7 points: a difference of 3 is nothing
        Answer which = answers(row("a", 5, 1, 0), row("b", 8, 1, 0), row("poor", 50, 1, 0)).get(0);
        assertEquals("A by NLL, in a tie with b", which.inShort());
        assertHas(which, "Too close to call by the accuracy");
        assertHas(which, "Worse by more than chance: poor.");
        Answer none = answers(row("a", 5, 1, 0), row("b", 8, 1, 0)).get(0);
        assertHas(none, "No clear winner: a leads by NLL");
    }

    @Test
    void sharesThatArePassedOnAreCounted() {
        // the 20 least sure examples hold 20 of the 25 errors; 5 of 80 are left
        Answer when = answers(row("one", 25, 1, 0)).get(1);
        assertHas(
                when,
                "93.8% of the rest are right (5 wrong answers among 80 answers); of all, it is 75.0%");
        // of the k surest k - 75 are wrong; the bound of 3 of 78 is 9.6%, that of 4 of 79 11.2%
        assertHas(
                when,
                "To be wrong at most 10% of the time, it may answer the surest 78% by itself: with 3 wrong answers among 78, that rate is safe to say (95% bound 9.6%).");
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

    /** No error among 100 answers: up to 3% may be wrong, as the rule of three says. */
    @Test
    void noRateIsPromisedThatTheExamplesCannotShow() {
        assertEquals(1 - Math.pow(0.05, 0.01), Shares.upper(0, 100), 1e-12);
        assertEquals(1, Shares.upper(4, 4));
        Answer when = answers(row("one", 1, 1, 0)).get(1);
        assertHas(
                when,
                "100 test examples are too few to promise that it is wrong at most 0.5% of the time: even with no error at all, up to 3.0% could be wrong");
    }

    /** Wilson's interval of 9 of 10, by hand: (0.9 + z²/20 ± z √(0.009 + z²/400)) / (1 + z²/10). */
    @Test
    void intervalsStayBelowOne() {
        assertEquals(0.5958, Shares.wilson(0.9, 10).low(), 1e-4);
        assertEquals(0.9821, Shares.wilson(0.9, 10).high(), 1e-4);
        assertEquals(1, Shares.wilson(1, 50).high());
        assertHas(answers(row("one", 1, 1, 0)).get(0), "on 94.6% to 99.8% (95% interval)");
    }

    @Test
    void theRowThatNoticesForeignInputsIsNamed() {
        List<Answer> answers = answers(row("blind", 5, 1, 9), row("sharp", 20, 3, 0));
        assertHas(
                answers.get(0),
                "Inputs that it was not made for (letters) are noticed best by another: sharp (AUROC 1.0000; blind 0.0000), for 3.0 times the parameters and 3.0 times the prediction time.");
        assertHas(
                answers(row("best", 5, 1, 0), row("poor", 20, 3, 9)).get(0),
                "(letters), no other notices clearly more");
    }

    @Test
    void commonNounsHaveArticles() {
        Result deep = row("Deep ensemble", 5, 1, 0);
        assertEquals("the deep ensemble", Words.name(deep));
        assertEquals("the sub-ensemble", Words.name(row("Sub-ensemble", 5, 1, 0)));
        assertEquals("BatchEnsemble", Words.name(row("BatchEnsemble", 5, 1, 0)));
        Answer which = answers(deep, row("MIMO", 40, 1, 0)).get(0);
        assertEquals("The deep ensemble, by NLL", which.inShort());
        assertHas(which, "Of 2 models, the deep ensemble gives");
    }

    /** Multiply-adds are counted: they decide against a time that was measured once. */
    @Test
    void countedCostsGoBeforeMeasuredOnes() {
        Result dear = row("dear", 5, 4, 0).withCost(new Cost(4000, 800, 10, 20, Double.NaN, 8));
        Result cheap = row("cheap", 6, 1, 0).withCost(new Cost(1000, 200, 10, 5, Double.NaN, 9));
        Answer price = answers(dear, cheap).get(2);
        assertHas(
                price,
                "Of those that are as good by NLL, as far as these numbers tell, cheap needs the fewest multiply-adds: 25% as many, with 1,000 parameters.");
        assertHas(price, "Times are one measurement on this machine");
    }

    @Test
    void severalSeedsDecideByTheirSpread() {
        RunStatistics.Builder statistics = RunStatistics.builder().setReference("a");
        double[][] nll = {{0.30, 0.31, 0.29}, {0.40, 0.41, 0.39}, {0.29, 0.33, 0.30}};
        String[] names = {"a", "b", "c"};
        for (int r = 0; r < 3; r++) {
            for (int seed = 0; seed < 9; seed++) {
                statistics.add(
                        names[r],
                        seed,
                        Map.of(
                                Figure.of(Metrics.NLL),
                                nll[r][seed % 3],
                                Figure.of(Metrics.PARAMETERS),
                                2000.0,
                                Figure.of(Metrics.TRAINING_TIME),
                                9.0 + seed % 3),
                        null);
            }
        }
        Report.Builder report = Report.builder().setTitle("Seeds");
        for (String name : names) {
            report.addResult(row(name, 5, 1, 0));
        }
        Report built = report.optStatistics(statistics.build()).build();
        Answer which = Verdict.of(built).get(0);
        assertEquals("A by NLL, in a tie with c", which.inShort());
        assertHas(which, "(NLL 0.3000");
        assertHas(which, "Worse by more than chance: b.");
        assertHas(which, "means over 9 trainings");
        assertHas(
                Verdict.of(built).get(1), "In one of the trainings: if a may pass the 20% of the");
        assertHas(Verdict.of(built).get(1), "on the surest 80%, in one of the trainings");
        assertHas(Verdict.of(built).get(2), "A has 2,000 parameters");
        assertHas(Verdict.of(built).get(2), "Times are means over 9 trainings");
        Table table = built.table("", List.of(Column.quality(Metrics.NLL)));
        assertEquals("0.4000", table.text(built.getResults().get(1), table.columns().get(0)));
        assertEquals(
                "± 0.0087", table.deviation(built.getResults().get(1), table.columns().get(0)));
    }

    /** Of two seeds a standard error is known to so little that 1.96 of them are chance. */
    @Test
    void fewSeedsDecideLittle() {
        RunStatistics.Builder statistics = RunStatistics.builder().setReference("a");
        double[][] nll = {{0.30, 0.30001}, {0.33, 0.33001}};
        String[] names = {"a", "b"};
        Report.Builder report = Report.builder().setTitle("Seeds");
        for (int r = 0; r < 2; r++) {
            for (int seed = 0; seed < 2; seed++) {
                statistics.add(names[r], seed, Map.of(Figure.of(Metrics.NLL), nll[r][seed]), null);
            }
            report.addResult(row(names[r], 5, 1, 0));
        }
        // beyond Student's limit by far, and yet the least p-value of two pairs is a half
        List<Answer> answers = Verdict.of(report.optStatistics(statistics.build()).build());
        assertHas(answers.get(2), "Times are one measurement on this machine");
        Answer which = answers.get(0);
        assertEquals(
                "A leads by NLL, perhaps by chance: 2 seeds are too few to tell", which.inShort());
        assertHas(which, "so this is no proof of a lead. 6 seeds could.");
        assertHas(which, "if seeds vary as a normal distribution does: b.");
        assertFalse(all(which).contains("larger than chance explains"), all(which));
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
