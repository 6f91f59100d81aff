/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.Mlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that goes on from a plain model, and members taken out of what was trained. */
class WarmStartHarnessTest {

    private static final LabeledData TRAIN = TestData.moons(200, 0.1, 1);

    private static TrainedEnsemble plain;

    @TempDir private Path folder;

    @BeforeAll
    static void train() {
        plain = TestHarness.of("plain", DeepEnsembleForm.of(1), 16, 2).fit(TRAIN);
    }

    @AfterAll
    static void close() {
        plain.close();
    }

    static List<Form> forms() {
        return List.of(
                PackedForm.of(3).alpha(3),
                MimoForm.of(2),
                SubEnsembleForm.of(3),
                DeepEnsembleForm.of(3));
    }

    private static TrainedEnsemble barely(Form form) {
        return TestHarness.of("warm", form, 16, 2)
                .optWarmStart(plain.getEnsemble())
                .optEpochs(1)
                .optLearningRate(1e-12)
                .fit(TRAIN);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void trainingBeginsAtTheModel(Form form) {
        try (TrainedEnsemble warm = barely(form)) {
            float[] expected = logits(plain, 0);
            for (int m = 0; m < form.getMembers(); m++) {
                assertArrayEquals(expected, logits(warm, m), 1e-4f);
            }
        }
    }

    @Test
    void membersThatStartApartStayApart() {
        try (TrainedEnsemble equal = barely(SubEnsembleForm.of(3));
                TrainedEnsemble apart =
                        TestHarness.of("warm", SubEnsembleForm.of(3), 16, 2)
                                .optWarmStart(WarmStart.of(plain.getEnsemble()).optSpread(0.2))
                                .fit(TRAIN)) {
            assertArrayEquals(logits(equal, 0), logits(equal, 1), 1e-6f);
            float[] first = logits(apart, 0);
            float[] second = logits(apart, 1);
            double difference = 0;
            for (int i = 0; i < first.length; i++) {
                difference = Math.max(difference, Math.abs(first[i] - second[i]));
            }
            assertTrue(difference > 0.1, "members differ by " + difference);
        }
    }

    @Test
    void oneSeedIsOneTraining() {
        float[][] runs = new float[2][];
        for (int run = 0; run < 2; run++) {
            try (TrainedEnsemble warm =
                    TestHarness.of("warm", PackedForm.of(3), 16, 2)
                            .optWarmStart(WarmStart.of(plain.getEnsemble()).optSpread(0.1))
                            .fit(TRAIN)) {
                runs[run] = logits(warm, 1);
            }
        }
        assertArrayEquals(runs[0], runs[1]);
    }

    @Test
    void aMemberIsSavedAndLoadedAsAModel() throws Exception {
        try (TrainedEnsemble packed =
                TestHarness.of("packed", PackedForm.of(3), 16, 2).fit(TRAIN)) {
            try (Model member = packed.extractMember(2, new Mlp(16, 2))) {
                assertEquals("Mlp, packed, member 2", member.getName());
                member.save(folder, "mlp");
            }
            try (Model loaded = Model.newInstance("mlp")) {
                loaded.setBlock(new Mlp(16, 2));
                loaded.load(folder);
                assertArrayEquals(
                        logits(packed, 2), logits(loaded.getBlock(), loaded, null), 1e-4f);
                // and it is what another ensemble may start from
                try (TrainedEnsemble next =
                        TestHarness.of("next", MimoForm.of(2), 16, 2)
                                .optWarmStart(loaded.getBlock())
                                .optEpochs(1)
                                .optLearningRate(1e-12)
                                .fit(TRAIN)) {
                    assertArrayEquals(logits(packed, 2), logits(next, 0), 1e-4f);
                }
            }
        }
    }

    @Test
    void anotherModelIsRefusedBeforeTraining() {
        try (Model model = Model.newInstance("other")) {
            Block other = new Mlp(12, 2);
            other.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 2));
            Harness harness = TestHarness.of("packed", PackedForm.of(3), 16, 2).optWarmStart(other);

            String message =
                    assertThrows(IllegalArgumentException.class, () -> harness.fit(TRAIN))
                            .getMessage();

            assertTrue(message.startsWith("EnsembleMlp is not made from this Mlp"), message);
            assertEquals(3, message.lines().count(), message);
            assertTrue(message.contains("Linear(16) of EnsembleMlp.java:"), message);
            assertTrue(message.contains("weight=(16, 2)"), message);
            assertTrue(message.contains("weight=(12, 2)"), message);
        }
    }

    private static float[] logits(TrainedEnsemble trained, int member) {
        return logits(trained.getEnsemble(), trained.getModel(), new NDIndex(":, {}", member));
    }

    private static float[] logits(Block block, Model model, NDIndex index) {
        try (var manager = model.getNDManager().newSubManager()) {
            NDArray x = manager.create(TRAIN.getFeatures(), new Shape(TRAIN.size(), 2));
            NDArray y =
                    block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
            return (index == null ? y : y.get(index)).toFloatArray();
        }
    }
}
