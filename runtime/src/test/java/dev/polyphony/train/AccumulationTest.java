/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.loss.Loss;
import ai.djl.util.Pair;
import dev.polyphony.BatchSplit;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches in parts end where whole batches end, whatever the method's batches are. */
class AccumulationTest {

    /** The last batch has ten rows, and parts of three and four. */
    private static final LabeledData DATA = TestData.moons(58, 0.15, 1);

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(2),
                MimoForm.of(2).batchRepetitions(2),
                MixMoForm.of(2).method(MixMethod.LINEAR).batchRepetitions(2),
                BatchEnsembleForm.of(2).split(BatchSplit.SUB_BATCH),
                MasksemblesForm.of(2),
                SubEnsembleForm.of(2),
                DeepEnsembleForm.of(2));
    }

    private static Training.Builder settings() {
        return Training.builder()
                .optBatchSize(16)
                .optEpochs(2)
                .optLearningRate(0.05)
                .optOptimizer(OptimizerType.SGD)
                .optClassWeights(0.3, 2)
                .optLabelSmoothing(0.1)
                .optClipNorm(0.5)
                .optSeed(3);
    }

    private record Outcome(Map<String, float[]> parameters, History history) {}

    private static Outcome train(Form form, Training training) {
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, Progress.none());
        try (Trained trained = loop.train("test", () -> EnsembleMlp.of(form, 12, 2), DATA, null)) {
            Map<String, float[]> values = new TreeMap<>();
            for (Pair<String, Parameter> pair : trained.ensemble().getParameters()) {
                values.put(pair.getKey(), pair.getValue().getArray().toFloatArray());
            }
            return new Outcome(values, trained.history());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void partsEndWhereWholeBatchesEnd(Form form) {
        Outcome whole = train(form, settings().build());
        Outcome parts = train(form, settings().optAccumulation(3).build());
        whole.parameters()
                .forEach(
                        (name, values) ->
                                assertArrayEquals(
                                        values, parts.parameters().get(name), 2e-5f, name));
        assertEquals(whole.history().steps(), parts.history().steps());
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    whole.history().epochs().get(i).trainingLoss(),
                    parts.history().epochs().get(i).trainingLoss(),
                    1e-5);
        }
    }

    /** Notes the rows that it is given at once. */
    private static final class Rows extends Loss {

        private final List<Long> rows = new ArrayList<>();

        Rows() {
            super("rows");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            rows.add(predictions.head().getShape().get(0));
            return new SmoothedLossTest.PlainCrossEntropy().evaluate(labels, predictions);
        }
    }

    @Test
    void eachPartIsComputedByItself() {
        Rows loss = new Rows();
        Training training =
                Training.builder()
                        .optBatchSize(16)
                        .optEpochs(1)
                        .optAccumulation(3)
                        .optLoss(loss)
                        .build();
        train(DeepEnsembleForm.of(1), training);
        assertEquals(List.of(5L, 5L, 6L, 5L, 5L, 6L, 5L, 5L, 6L, 3L, 3L, 4L), loss.rows);
    }

    @Test
    void partsCoverABatchEvenly() {
        Device first = Device.gpu(0);
        Device second = Device.gpu(1);
        List<Part> parts = Part.of(11, 2, first, second);
        assertEquals(4, parts.size());
        int row = 0;
        double share = 0;
        for (Part part : parts) {
            assertEquals(row, part.from());
            assertTrue(part.to() - part.from() >= 2, part::toString);
            row = part.to();
            share += part.share();
        }
        assertEquals(11, row);
        assertEquals(1, share, 1e-12);
        assertEquals(
                List.of(first, second, first, second), parts.stream().map(Part::device).toList());
    }

    @Test
    void noPartHasASingleRow() {
        for (int rows = 2; rows < 20; rows++) {
            for (Part part : Part.of(rows, 8, Device.cpu())) {
                assertTrue(part.to() - part.from() > 1, part::toString);
            }
        }
        assertEquals(List.of(new Part(0, 1, 1, Device.cpu())), Part.of(1, 4, Device.cpu()));
    }

    @Test
    void accumulationShowsInTheWordsOfATraining() {
        String words = settings().optAccumulation(3).build().toString();
        assertTrue(
                words.endsWith("label smoothing 0.1, class weights [0.3, 2.0], batches in 3 parts"),
                words);
        assertFalse(Training.builder().build().toString().contains("parts"));
    }
}
