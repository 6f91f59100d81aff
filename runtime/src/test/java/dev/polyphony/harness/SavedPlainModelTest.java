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

import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.polyphony.MixMethod;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.Mlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.ModelSource;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain models on the disk, and ensembles that start from them. */
class SavedPlainModelTest {

    private static final LabeledData TRAIN = TestData.moons(96, 0.1, 1);

    /** Of DJL, and of the plain row of a comparison: the same parameters. */
    @TempDir private static Path saved;

    private static Model plain;

    @TempDir private Path folder;

    @BeforeAll
    static void save() throws IOException {
        plain = newModel(new Mlp(16, 2));
        plain.save(saved.resolve("djl"), "mlp");
        Harness row = ModelHarness.plain(() -> new Mlp(16, 2));
        try (TrainedEnsemble trained =
                row.optProgress(Progress.none()).optEpochs(1).optBatchSize(32).fit(TRAIN)) {
            List<Parameter> own = trained.getEnsemble().getParameters().values();
            List<Parameter> others = plain.getBlock().getParameters().values();
            for (int i = 0; i < own.size(); i++) {
                others.get(i).getArray().copyTo(own.get(i).getArray());
            }
            trained.save(saved.resolve("row"));
        }
    }

    @AfterAll
    static void close() {
        plain.close();
    }

    private static Model newModel(Block block) {
        Model model = Model.newInstance("mlp");
        block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 2));
        model.setBlock(block);
        return model;
    }

    private static Harness of(Form form) {
        return TestHarness.of("warm", form, 16, 2).optEpochs(1);
    }

    private static WarmStart reading(String... names) {
        Harness harness = of(PackedForm.of(3));
        return WarmStart.reading(
                List.of(names).stream()
                        .map(name -> harness.savedModel(saved.resolve(name)))
                        .toArray(ModelSource[]::new));
    }

    static List<Form> forms() {
        return List.of(
                PackedForm.of(3),
                MimoForm.of(2),
                MixMoForm.of(2).method(MixMethod.LINEAR),
                BatchEnsembleForm.of(2),
                MasksemblesForm.of(2),
                SubEnsembleForm.of(2),
                DeepEnsembleForm.of(2),
                DeepEnsembleForm.of(2).vectorized(true));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void trainsAsFromTheModelInMemory(Form form) {
        try (TrainedEnsemble expected = of(form).optWarmStart(plain.getBlock()).fit(TRAIN);
                TrainedEnsemble ofDjl = of(form).optWarmStart(reading("djl")).fit(TRAIN);
                TrainedEnsemble ofRow = of(form).optWarmStart(reading("row")).fit(TRAIN)) {
            assertSame(expected, ofDjl);
            assertSame(expected, ofRow);
            assertEquals(expected.getEnsemble().getStart(), ofRow.getEnsemble().getStart());
            assertFalse(expected.getEnsemble().getStart().isEmpty());
        }
    }

    private static void assertSame(TrainedEnsemble expected, TrainedEnsemble trained) {
        List<float[]> one = arrays(expected);
        List<float[]> other = arrays(trained);
        assertEquals(one.size(), other.size());
        for (int i = 0; i < one.size(); i++) {
            assertArrayEquals(one.get(i), other.get(i));
        }
    }

    private static List<float[]> arrays(TrainedEnsemble trained) {
        List<float[]> arrays = new ArrayList<>();
        for (Parameter parameter : trained.getEnsemble().getParameters().values()) {
            arrays.add(parameter.getArray().toFloatArray());
        }
        return arrays;
    }

    @Test
    void eachMemberHasItsOwn() throws IOException {
        try (Model second = newModel(new Mlp(16, 2))) {
            second.save(saved.resolve("second"), "other");
            Form form = DeepEnsembleForm.of(2);
            try (TrainedEnsemble expected =
                            of(form).optWarmStart(plain.getBlock(), second.getBlock()).fit(TRAIN);
                    TrainedEnsemble read =
                            of(form).optWarmStart(reading("djl", "second")).fit(TRAIN)) {
                assertSame(expected, read);
            }
        }
    }

    @Test
    void takesTheFileAndTheLastEpoch() throws IOException {
        Path models = folder.resolve("models");
        try (Model other = newModel(new Mlp(16, 2))) {
            other.setProperty("Epoch", "3");
            other.save(models, "mlp");
            plain.setProperty("Epoch", "12");
            plain.save(models, "mlp");
        } finally {
            plain.setProperty("Epoch", "0");
        }
        Harness harness = of(PackedForm.of(3));
        assertArrayEquals(
                first(plain.getBlock()), first(harness.savedModel(models).open().getBlock()));
        assertFalse(
                Arrays.equals(
                        first(plain.getBlock()),
                        first(
                                harness.savedModel(models.resolve("mlp-0003.params"))
                                        .open()
                                        .getBlock())));
    }

    private static float[] first(Block block) {
        return block.getParameters().valueAt(0).getArray().toFloatArray();
    }

    private String refused(Path path) {
        return assertThrows(IOException.class, () -> of(PackedForm.of(3)).savedModel(path).open())
                .getMessage();
    }

    @Test
    void whatIsNoSavedModelIsNamed() throws IOException {
        Path none = folder.resolve("none");
        assertEquals("There is no model to start from at " + none, refused(none));
        assertTrue(
                refused(folder).startsWith(folder + " has no model to start from: neither"),
                refused(folder));

        Path text = Files.writeString(folder.resolve("weights.txt"), "1 2 3");
        assertTrue(refused(text).startsWith(text + " is no file of parameters by its name"));

        Path junk = Files.writeString(folder.resolve("a-0000.params"), "1 2 3");
        assertTrue(
                refused(junk).startsWith(junk + " cannot be read as the parameters of Mlp: "),
                refused(junk));
        Files.copy(saved.resolve("djl/mlp-0000.params"), folder.resolve("b-0000.params"));
        assertEquals(folder + " has several models, a, b: name the file of one", refused(folder));

        byte[] whole = Files.readAllBytes(saved.resolve("djl/mlp-0000.params"));
        Files.write(junk, Arrays.copyOf(whole, whole.length - 9));
        assertTrue(
                refused(junk).startsWith(junk + " cannot be read as the parameters of Mlp: "),
                refused(junk));

        Path part = saved.resolve("row/ensemble-0000.params");
        assertTrue(Files.exists(part));
        assertTrue(
                refused(part).startsWith(part + " is a part of a model folder: start from "),
                refused(part));
    }

    @Test
    void anEnsembleIsNoPlainModel() throws IOException {
        Path packed = folder.resolve("packed");
        try (TrainedEnsemble trained = of(PackedForm.of(3)).fit(TRAIN)) {
            trained.save(packed);
        }
        String message = refused(packed);
        assertTrue(message.startsWith(packed + " has an ensemble, Packed"), message);
        assertTrue(message.contains("extractMember"), message);
    }

    @Test
    void anotherModelIsRefusedByWhatDiffers() throws IOException {
        Path other = folder.resolve("wide");
        try (Model wide = newModel(new Mlp(12, 2))) {
            wide.save(other, "mlp");
        }
        for (Form form : forms()) {
            Harness harness = of(form);
            harness.optWarmStart(WarmStart.reading(harness.savedModel(other)));
            String message =
                    assertThrows(IllegalArgumentException.class, () -> harness.fit(TRAIN))
                            .getMessage();
            assertTrue(message.startsWith("EnsembleMlp is not made from this Mlp"), message);
            assertTrue(message.contains("(12, 2)"), message);
        }
    }

    @Test
    void aHarnessOfASupplierMustBeToldTheModel() {
        Form form = PackedForm.of(3);
        Harness harness = new Harness("own", () -> EnsembleMlp.of(form, 16, 2), Recipe.of(form)) {};
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> harness.savedModel(saved.resolve("djl")))
                        .getMessage();
        assertTrue(message.contains("optPlainModel"), message);

        harness.optPlainModel(() -> new Mlp(16, 2));
        harness.optWarmStart(WarmStart.reading(harness.savedModel(saved.resolve("djl"))))
                .optProgress(Progress.none())
                .optEpochs(1)
                .optBatchSize(32)
                .optLearningRate(0.01);
        try (TrainedEnsemble expected = of(form).optWarmStart(plain.getBlock()).fit(TRAIN);
                TrainedEnsemble own = harness.fit(TRAIN)) {
            assertSame(expected, own);
        }
    }

    @Test
    void checkpointsKnowTheStart() throws IOException {
        Checkpoints checkpoints = Checkpoints.in(folder.resolve("run"));
        Harness first =
                of(PackedForm.of(3)).optCheckpoints(checkpoints).optWarmStart(reading("djl"));
        first.fit(TRAIN).close();
        Harness same = of(PackedForm.of(3)).optCheckpoints(checkpoints).optEpochs(2);
        same.optWarmStart(plain.getBlock()).resume(TRAIN).close();

        try (Model second = newModel(new Mlp(16, 2))) {
            Harness other = of(PackedForm.of(3)).optCheckpoints(checkpoints).optEpochs(3);
            assertDiffers(other.optWarmStart(second.getBlock()));
            assertDiffers(other.optWarmStart(WarmStart.of(plain.getBlock()).optSpread(0.1)));
        }
        assertDiffers(of(PackedForm.of(3)).optCheckpoints(checkpoints).optEpochs(3));
    }

    private static void assertDiffers(Harness harness) {
        String message =
                assertThrows(CheckpointException.class, () -> harness.resume(TRAIN)).getMessage();
        assertTrue(message.contains("start: plain model "), message);
    }

    @Test
    void rowsOfAComparisonStartFromTheModel() {
        Harness packed = of(PackedForm.of(2).alpha(2));
        Comparison comparison =
                TestHarness.TestComparison.of(16, 2, packed)
                        .optWarmStart(reading("row"))
                        .optProgress(Progress.none())
                        .optBatchSize(32)
                        .optEpochs(1)
                        .optModels(folder)
                        .optLearningRate(1e-12);
        LabeledData test = TestData.moons(40, 0.1, 2);
        Report report = comparison.run(TRAIN, null, test, Map.of());
        double accuracy = Double.NaN;
        for (Result result : report.getResults()) {
            double own =
                    result.evaluation().getValues().entrySet().stream()
                            .filter(one -> one.getKey().title().equals("Accuracy"))
                            .findFirst()
                            .orElseThrow()
                            .getValue();
            if (!Double.isNaN(accuracy)) {
                assertEquals(accuracy, own, 1e-12, result.name());
            }
            accuracy = own;
        }
        assertEquals(3, report.getResults().size());
    }
}
