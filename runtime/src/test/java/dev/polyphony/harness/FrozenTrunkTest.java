/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sub-ensembles whose heads are trained on the trunk of a model that has been trained. */
class FrozenTrunkTest {

    private static final int M = 3;
    private static final LabeledData TRAIN = TestData.stripes(48, 1);

    private static TrainedEnsemble plain;

    @TempDir private Path folder;

    @BeforeAll
    static void train() {
        plain = of(SubEnsembleForm.of(1)).fit(TRAIN);
    }

    @AfterAll
    static void close() {
        plain.close();
    }

    /** With all that could move a parameter: momentum, decay, running statistics. */
    private static Harness of(Form form) {
        return new Harness("Cnn", () -> new EnsembleCnn(form, 3), Recipe.of(form)) {}.optProgress(
                        Progress.none())
                .optBatchSize(16)
                .optEpochs(3)
                .optLearningRate(0.01)
                .optWeightDecay(0.1);
    }

    private static WarmStart frozen() {
        return WarmStart.of(plain.getEnsemble()).optFrozenTrunk(true);
    }

    /** The parameters of the last layer, the head, or of all others. */
    private static List<float[]> arrays(TrainedEnsemble trained, boolean heads) {
        List<EnsembleLayer> layers = trained.getEnsemble().getLayers();
        int last = layers.size() - 1;
        return layers.subList(heads ? last : 0, heads ? last + 1 : last).stream()
                .flatMap(layer -> layer.getParameters().values().stream())
                .map(parameter -> parameter.getArray().toFloatArray())
                .toList();
    }

    private static float[] head(float[] all, int member) {
        int length = all.length / M;
        return Arrays.copyOfRange(all, member * length, (member + 1) * length);
    }

    @Test
    void theTrunkStaysAndHeadsDiffer() {
        try (TrainedEnsemble heads = of(SubEnsembleForm.of(M)).optWarmStart(frozen()).fit(TRAIN)) {
            List<float[]> expected = arrays(plain, false);
            List<float[]> trunk = arrays(heads, false);
            // a convolution, normalisation with its statistics, a linear layer
            assertEquals(8, trunk.size());
            for (int i = 0; i < trunk.size(); i++) {
                assertArrayEquals(expected.get(i), trunk.get(i), "parameter " + i);
            }
            float[] weights = arrays(heads, true).get(0);
            for (int m = 0; m < M; m++) {
                assertTrue(distance(head(weights, m), head(weights, (m + 1) % M)) > 0.1);
            }
            assertTrue(distance(head(weights, 0), arrays(plain, true).get(0)) > 1e-3, "trained");
        }
    }

    @Test
    void theFirstHeadIsTheModelsAndOthersAreDrawn() {
        try (TrainedEnsemble warm = barely(frozen());
                TrainedEnsemble cold = barely(null);
                TrainedEnsemble spread = barely(frozen().optSpread(0.01))) {
            List<float[]> model = arrays(plain, true);
            for (int i = 0; i < model.size(); i++) {
                float[] started = arrays(warm, true).get(i);
                float[] drawn = arrays(cold, true).get(i);
                assertArrayEquals(model.get(i), head(started, 0), 1e-6f);
                for (int m = 1; m < M; m++) {
                    assertArrayEquals(head(drawn, m), head(started, m), 1e-6f);
                    assertArrayEquals(model.get(i), head(arrays(spread, true).get(i), m), 0.1f);
                }
            }
            assertTrue(distance(model.get(0), head(arrays(cold, true).get(0), 1)) > 0.1);
        }
    }

    private static TrainedEnsemble barely(WarmStart start) {
        Harness harness =
                of(SubEnsembleForm.of(M)).optEpochs(1).optLearningRate(1e-12).optWeightDecay(0);
        return (start == null ? harness : harness.optWarmStart(start)).fit(TRAIN);
    }

    private static float distance(float[] one, float[] other) {
        float largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    @Test
    void frozenNormalisationAnswersAsInPrediction() {
        SubEnsembleForm form = SubEnsembleForm.of(1);
        EnsembleBatchNorm norm = EnsembleBatchNorm.builder(form).build();
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble network = new Ensemble(form, norm) {};
            network.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            NDArray x = manager.create(new float[] {1, 2, 3, 8}, new Shape(2, 2));
            float[] predicted = forward(network, x, false);
            float[] trained = forward(network, x, true);
            assertTrue(distance(predicted, trained) > 0.5);
            predicted = forward(network, x, false);
            norm.freezeParameters(true);
            assertArrayEquals(predicted, forward(network, x, true));
            assertArrayEquals(predicted, forward(network, x, false));
            norm.freezeParameters(false);
            assertEquals(2, trained(norm), "gamma and beta");
            assertTrue(distance(predicted, forward(network, x, true)) > 0.5);
        }
    }

    private static long trained(EnsembleBatchNorm norm) {
        return norm.getParameters().values().stream().filter(Parameter::requiresGradient).count();
    }

    private static float[] forward(Ensemble network, NDArray x, boolean training) {
        ParameterStore store = new ParameterStore(x.getManager(), false);
        return network.forward(store, new NDList(x), training).head().toFloatArray();
    }

    @Test
    void otherFormsHaveNoTrunk() {
        List<Form> forms =
                List.of(
                        SubEnsembleForm.of(1),
                        PackedForm.of(M).alpha(M),
                        DeepEnsembleForm.of(M).vectorized(true));
        for (Form form : forms) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> of(form).optWarmStart(frozen()).fit(TRAIN))
                            .getMessage();
            assertTrue(
                    message.startsWith("EnsembleCnn has no trunk that could be frozen"), message);
        }
        Harness deep = TestHarness.of("deep", DeepEnsembleForm.of(M), 8, 2).optWarmStart(frozen());
        LabeledData moons = TestData.moons(20, 0.1, 1);
        String message =
                assertThrows(IllegalArgumentException.class, () -> deep.fit(moons)).getMessage();
        assertTrue(message.contains(" has no trunk that could be frozen"), message);
    }

    @Test
    void resumesWithTheTrunkFrozenAlone() {
        Checkpoints checkpoints = Checkpoints.in(folder.resolve("run"));
        Harness harness =
                of(SubEnsembleForm.of(M)).optCheckpoints(checkpoints).optWarmStart(frozen());
        List<float[]> expected;
        try (TrainedEnsemble heads = harness.fit(TRAIN)) {
            expected = arrays(heads, true);
        }
        Path newest = folder.resolve("run/checkpoint-00000009.ply");
        assertTrue(newest.toFile().delete());
        try (TrainedEnsemble heads = harness.resume(TRAIN)) {
            assertFalse(heads.getResumed().orElseThrow().isFinished());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), arrays(heads, true).get(i));
            }
        }
        Harness thawed = of(SubEnsembleForm.of(M)).optCheckpoints(checkpoints);
        String message =
                assertThrows(CheckpointException.class, () -> thawed.resume(TRAIN)).getMessage();
        assertTrue(
                message.contains("float32 (8, 1, 3, 3), not trained in the checkpoint"), message);
    }
}
