/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.harness.Comparison;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.Progress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that looks words up, trained as a user trains it. */
class TextClassifierTest {

    private static final int LENGTH = 5;
    private static final int WORDS = 4;

    private static GeneratedCode code;

    @BeforeAll
    static void compile() {
        code = GeneratedCode.compile("Bags");
    }

    /** Texts of five words; which of the two halves of the vocabulary has more is the class. */
    private static LabeledData texts(int size, long seed) {
        Random random = new Random(seed);
        long[] ids = new long[size * LENGTH];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            int high = 0;
            for (int j = 0; j < LENGTH; j++) {
                ids[i * LENGTH + j] = random.nextInt(WORDS);
                high += ids[i * LENGTH + j] >= WORDS / 2 ? 1 : 0;
            }
            labels[i] = high > LENGTH / 2 ? 1 : 0;
        }
        return LabeledData.ofIds(ids, new Shape(LENGTH), labels);
    }

    private static Object of(String type) throws ReflectiveOperationException {
        return code.loadClass("acme." + type).getMethod("of", int.class).invoke(null, 2);
    }

    private static Comparison comparison() throws ReflectiveOperationException {
        return ((Comparison) of("BagsComparison"))
                .optEpochs(12)
                .optBatchSize(32)
                .optLearningRate(0.05)
                .optProgress(Progress.none());
    }

    @Test
    void everyFormLearnsFromIds() throws ReflectiveOperationException {
        Report report = comparison().run(texts(320, 1), texts(50, 2), texts(100, 3), Map.of());

        assertEquals(
                List.of(
                        "plain",
                        "packed",
                        "MIMO",
                        "MixMo",
                        "BatchEnsemble",
                        "Masksembles",
                        "sub-ensemble",
                        "deep ensemble"),
                report.getResults().stream().map(Result::name).toList());
        for (Result result : report.getResults()) {
            double accuracy = result.evaluation().getValue(Metrics.ACCURACY);
            assertTrue(accuracy > 0.9, result.name() + " " + accuracy);
        }
    }

    @Test
    void predictsFromIds() throws ReflectiveOperationException, TranslateException {
        Harness harness = (Harness) of("PackedBagsHarness");
        harness.optEpochs(12).optBatchSize(32).optLearningRate(0.05).optProgress(Progress.none());
        try (TrainedEnsemble trained = harness.fit(texts(320, 1), null);
                NDManager manager = NDManager.newBaseManager();
                var predictor = trained.newPredictor()) {
            NDList bad = new NDList(manager.create(new long[] {2, 3, 3, 2, 2}));
            assertEquals("1", predictor.predict(bad).best().getClassName());
        }
    }

    @Test
    void numbersInPlaceOfIdsAreNamed() throws ReflectiveOperationException {
        LabeledData numbers =
                LabeledData.of(new float[4 * LENGTH], new Shape(LENGTH), new int[] {0, 1, 0, 1});
        Comparison comparison = comparison();

        String message =
                assertThrows(
                                IllegalStateException.class,
                                () -> comparison.run(numbers, null, numbers, Map.of()))
                        .getMessage();

        assertTrue(message.startsWith("The comparison did not start:"), message);
        assertTrue(
                message.contains(
                        "The network fails on example 0 of the training data, (5) of the data type"
                                + " float32: "),
                message);
        assertTrue(message.contains("give them as ids: LabeledData.ofIds"), message);
    }

    @Test
    void anIdThatNoRowStandsForIsNamed() throws ReflectiveOperationException {
        long[] ids = new long[2 * LENGTH];
        ids[LENGTH + 2] = WORDS;
        LabeledData unknown = LabeledData.ofIds(ids, new Shape(LENGTH), new int[] {0, 1});
        Harness harness = (Harness) of("PackedBagsHarness");

        String message =
                assertThrows(IllegalArgumentException.class, () -> harness.fit(unknown, null))
                        .getMessage();

        assertTrue(message.contains("on example 1 of the training data"), message);
        assertTrue(message.contains("more than 4 rows for the largest id, 4"), message);
    }
}
