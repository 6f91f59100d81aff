/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;
import dev.polyphony.TaskMetric;
import dev.polyphony.evaluate.Aggregation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics, uncertainty and trade-offs by hand. */
class MultiTaskEvaluationTest {

    private static final TaskSpec DIGIT = TaskSpec.of("digit", TaskKind.CLASSIFICATION);
    private static final TaskSpec MASS = TaskSpec.of("mass", TaskKind.REGRESSION);
    private static final TaskSpec TRAITS = TaskSpec.of("traits", TaskKind.MULTI_LABEL);

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    /** Three examples, two members, two classes; members agree on the first alone. */
    private static TaskAnswers digits() {
        float[] outputs = {
            log(0.9), log(0.1), log(0.9), log(0.1),
            log(0.8), log(0.2), log(0.4), log(0.6),
            log(0.1), log(0.9), log(0.7), log(0.3)
        };
        return TaskAnswers.of(DIGIT, outputs, 2, 2, Aggregation.PROBABILITIES)
                .withClasses(new int[] {0, 1, 1});
    }

    private static TaskAnswers masses() {
        return TaskAnswers.of(MASS, new float[] {1, 3, 2, 2, 5, 3}, 2, 1, Aggregation.PROBABILITIES)
                .withTargets(new float[] {2, 1, 6});
    }

    @Test
    void classesByHand() {
        TaskAnswers digits = digits();
        // pooled (0.9, 0.1), (0.6, 0.4), (0.4, 0.6): the second is wrong
        assertArrayEquals(new double[] {0, 1, 0}, digits.getErrors());
        assertEquals(2.0 / 3, digits.getMetric(TaskMetric.ACCURACY), 1e-12);
        assertEquals(
                -(Math.log(0.9) + Math.log(0.4) + Math.log(0.6)) / 3,
                digits.getMetric(TaskMetric.NLL),
                1e-6);
        // class 0: precision 1/2, recall 1; class 1: precision 1, recall 1/2
        assertEquals(2.0 / 3, digits.getMetric(TaskMetric.MACRO_F1), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> digits.getMetric(TaskMetric.RMSE));
    }

    @Test
    void uncertaintyOfClassesByHand() {
        TaskUncertainty uncertainty = digits().getUncertainty();
        assertArrayEquals(
                new double[] {entropy(0.9), entropy(0.6), entropy(0.4)},
                uncertainty.getTotal(),
                1e-6);
        assertArrayEquals(
                new double[] {
                    0,
                    entropy(0.6) - (entropy(0.8) + entropy(0.4)) / 2,
                    entropy(0.4) - (entropy(0.1) + entropy(0.7)) / 2
                },
                uncertainty.getDisagreement(),
                1e-6);
    }

    private static double entropy(double p) {
        return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    }

    @Test
    void numbersByHand() {
        TaskAnswers masses = masses();
        // means 2, 2, 4; errors 0, 1, 2
        assertArrayEquals(new double[] {0, 1, 2}, masses.getErrors(), 1e-12);
        assertEquals(Math.sqrt(5.0 / 3), masses.getMetric(TaskMetric.RMSE), 1e-12);
        assertEquals(1, masses.getMetric(TaskMetric.MAE), 1e-12);
        // deviations from the mean 3: -1, -2, 3
        assertEquals(1 - 5.0 / 14, masses.getMetric(TaskMetric.R2), 1e-12);
        assertArrayEquals(new double[] {1, 0, 1}, masses.getUncertainty().getDisagreement(), 1e-12);
        // ranks of the spread 1.5, 0, 1.5 and of the errors 0, 1, 2
        assertEquals(0, masses.getUncertainty().getErrorCorrelation(), 1e-12);
    }

    @Test
    void labelsByHand() {
        float[] outputs = {2, -2, 0, 0, -1.5f, 3, 1, 1};
        TaskAnswers traits =
                TaskAnswers.of(TRAITS, outputs, 2, 2, Aggregation.PROBABILITIES)
                        .withTargets(new float[] {1, 0, 1, 1});
        assertArrayEquals(new double[] {0, 0.5}, traits.getErrors(), 1e-12);
        assertEquals(0.75, traits.getMetric(TaskMetric.DEFAULT), 1e-12);
        double sure = 1 / (1 + Math.exp(-2));
        double mean = (sure + 0.5) / 2;
        double first = entropy(mean) - (entropy(sure) + Math.log(2)) / 2;
        assertEquals(first, traits.getUncertainty().getDisagreement()[0], 1e-6);
    }

    @Test
    void examplesCountWhereTheyAreKnown() {
        MultiTaskEvaluation evaluation =
                MultiTaskEvaluation.of(
                        List.of(digits(), masses()),
                        List.of(
                                new boolean[] {true, false, true},
                                new boolean[] {true, true, false}));
        assertArrayEquals(new double[] {1, Math.sqrt(0.5)}, evaluation.getMetrics(), 1e-12);
        assertEquals(1, evaluation.getExactMatch(), 1e-12);
        assertEquals(2, evaluation.get("digit").size());
        String message =
                assertThrows(IllegalArgumentException.class, () -> evaluation.get("digits"))
                        .getMessage();
        assertEquals("There is no task 'digits', but [digit, mass]", message);
    }

    @Test
    void exactMatchTakesAllClassesAndLabels() {
        TaskSpec other = TaskSpec.of("other", TaskKind.CLASSIFICATION);
        float[] outputs = {0, 1, 0, 1, 0, 1};
        TaskAnswers second =
                TaskAnswers.of(other, outputs, 1, 2, Aggregation.PROBABILITIES)
                        .withClasses(new int[] {1, 1, 0});
        boolean[] all = {true, true, true};
        MultiTaskEvaluation evaluation =
                MultiTaskEvaluation.of(List.of(digits(), second, masses()), List.of(all, all, all));
        assertEquals(1.0 / 3, evaluation.getExactMatch(), 1e-12);
    }

    @Test
    void gainsAreRelativeAndKnowTheirDirection() {
        TradeOff tradeOff =
                TradeOff.of(
                        List.of(DIGIT, MASS), new double[] {0.88, 1.5}, new double[] {0.8, 1.2});
        assertArrayEquals(new double[] {0.1, -0.25}, tradeOff.getGains(), 1e-12);
        assertEquals(-0.075, tradeOff.getMeanGain(), 1e-12);
        assertEquals(List.of("mass"), tradeOff.getNegativeTransfer());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        TradeOff.of(
                                                List.of(DIGIT), new double[] {1}, new double[] {0}))
                        .getMessage();
        assertTrue(message.contains("'digit'"), message);
    }

    @Test
    void theParetoFrontHasWhatNothingBeats() {
        double[][] metrics = {{0.9, 2}, {0.8, 1}, {0.8, 2}, {0.9, 2}};
        boolean[] front = TradeOff.getParetoFront(List.of(DIGIT, MASS), metrics);
        assertTrue(front[0] && front[1] && !front[2] && front[3]);
    }

    @Test
    void specsFitTheirKind() {
        assertEquals(TaskLoss.SQUARED_ERROR, MASS.loss());
        assertEquals(TaskMetric.ACCURACY, DIGIT.metric());
        assertThrows(IllegalArgumentException.class, () -> DIGIT.withLoss(TaskLoss.SQUARED_ERROR));
        assertThrows(IllegalArgumentException.class, () -> MASS.withMetric(TaskMetric.ACCURACY));
        assertThrows(IllegalArgumentException.class, () -> MASS.withWeight(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> TaskSpec.of("stroke mass", TaskKind.REGRESSION));
        assertThrows(
                IllegalArgumentException.class,
                () -> TaskSpec.requireDistinct(List.of(MASS, MASS)));
    }
}
