/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.LabeledData;
import dev.polyphony.engine.EngineThreads;
import dev.polyphony.engine.EngineThreadsTest;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslator;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.loss.MeanLogitsLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class HarnessTest {

    private static final LabeledData TRAIN = TestData.moons(400, 0.1, 1);
    private static final LabeledData TEST = TestData.moons(300, 0.1, 2);

    @TempDir private Path folder;

    private static TrainedEnsemble packed() {
        return TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(8).fit(TRAIN, TEST);
    }

    /** Hidden 16 is 11 wide in each of three members: 3 (2 * 11 + 11 + 11 * 11 + 11 + 22 + 2). */
    @Test
    void countsWhatItCost() {
        try (TrainedEnsemble trained = packed()) {
            assertEquals(3 * (22 + 11 + 121 + 11 + 22 + 2), trained.getParameterCount());
            assertEquals(8 * 13, trained.getForwardCalls());
            assertEquals(8, trained.getHistory().epochs().size());
            assertTrue(trained.getTrainingSeconds() > 0);
        }
        try (TrainedEnsemble parts =
                TestHarness.of("packed", PackedForm.of(3), 16, 2)
                        .optEpochs(1)
                        .optAccumulation(3)
                        .fit(TRAIN)) {
            assertEquals(13, parts.getHistory().steps());
            assertEquals(3 * 13, parts.getForwardCalls());
        }
        try (TrainedEnsemble deep =
                TestHarness.of("deep", DeepEnsembleForm.of(3), 16, 2).fit(TRAIN)) {
            assertEquals(3 * 4 * 13, deep.getForwardCalls());
        }
        DeepEnsembleForm form = DeepEnsembleForm.of(3);
        try (TrainedEnsemble snapshots =
                TestHarness.of("snapshots", form, 16, 2)
                        .optRecipe(Recipe.snapshots(form))
                        .fit(TRAIN, TEST)) {
            assertEquals(4 * 13, snapshots.getForwardCalls());
            assertEquals(3, snapshots.predict(TEST).getMembers());
            assertTrue(snapshots.getHistory().epochs().get(3).validationAccuracy() > 0.8);
        }
    }

    @Test
    void judgesAsTheMetricsDo() throws IOException {
        try (TrainedEnsemble trained = packed()) {
            Predictions predictions = trained.predict(TEST);
            assertEquals(300, predictions.size());
            assertEquals(3, predictions.getMembers());
            Report report = trained.evaluate(TEST, Map.of("noise", TestData.moons(50, 3, 4)));
            assertEquals(
                    "400 examples to train, 300 to validate, 300 to test, 50 out of distribution"
                            + " (noise); 2 classes; examples of shape (2)",
                    report.getFacts().get("Data"));
            Result row = report.getResults().get(0);
            assertEquals("Mlp, packed", row.name());
            double accuracy = Scores.accuracy(predictions.getPredicted(), TEST.getLabels());
            assertEquals(accuracy, row.evaluation().getValue(Metrics.ACCURACY));
            assertTrue(accuracy > 0.9, "accuracy " + accuracy);
            assertEquals(
                    trained.getHistory().epochs().get(7).validationAccuracy(), accuracy, 1e-12);
            assertEquals(1, row.classification().getDetections().size());
            assertEquals(trained.getParameterCount(), row.cost().parameters());
            assertTrue(row.cost().inferenceMillisecondsPer1000() > 0);
            assertTrue(Files.exists(report.writeTo(folder.resolve("report"))));
        }
    }

    @Test
    void recipeCanBeReplaced() {
        MimoForm form = MimoForm.of(2).batchRepetitions(1);
        Harness harness =
                TestHarness.of("MIMO", form, 8, 2)
                        .optRecipe(Recipe.sameInputs(form))
                        .optName("MIMO, same inputs");
        assertSame(MeanLogitsLoss.class, harness.getRecipe().loss().getClass());
        assertEquals("MIMO, same inputs", harness.getName());
        try (TrainedEnsemble trained = harness.fit(TRAIN)) {
            String recipe = trained.evaluate(TEST, Map.of()).getFacts().get("Recipe");
            assertTrue(recipe.startsWith("the same batch for all members; loss of"), recipe);
            assertTrue(recipe.endsWith("; 52 updates"), recipe);
        }
    }

    @Test
    void predictsOneByOne() throws TranslateException {
        Predictions all;
        try (TrainedEnsemble trained = packed();
                NDManager manager = NDManager.newBaseManager();
                Predictor<NDList, EnsembleClassifications> arrays = trained.newPredictor();
                Predictor<float[], EnsembleClassifications> points =
                        trained.newPredictor(
                                (context, point) ->
                                        new NDList(context.getNDManager().create(point)),
                                List.of("upper", "lower"))) {
            all = trained.predict(TEST);
            for (int i = 0; i < 5; i++) {
                float[] point = {TEST.getFeatures()[2 * i], TEST.getFeatures()[2 * i + 1]};
                EnsembleClassifications answer = arrays.predict(new NDList(manager.create(point)));
                assertArrayEquals(
                        all.getMemberProbabilities()[i][2],
                        answer.getMemberProbabilities()[2],
                        1e-6);
                EnsembleClassifications named = points.predict(point);
                assertEquals(
                        all.getProbabilities()[i][1], named.get("lower").getProbability(), 1e-6);
            }
        }
    }

    /** The engine records graphs on every thread but the first, if parameters want gradients. */
    @Test
    void predictionsOfOtherThreadsKeepNoGraph() {
        try (TrainedEnsemble trained = packed()) {
            boolean graph =
                    CompletableFuture.supplyAsync(
                                    () -> {
                                        try (NDManager manager = NDManager.newBaseManager()) {
                                            NDArray x = TEST.toArray(manager, 0, 4);
                                            return trained.getModel()
                                                    .getBlock()
                                                    .forward(
                                                            new ParameterStore(manager, false),
                                                            new NDList(x),
                                                            false)
                                                    .head()
                                                    .hasGradient();
                                        }
                                    })
                            .join();
            assertFalse(graph);
        }
    }

    /** Two threads that wait for one another are slow in prediction, too. */
    @Test
    void loadingSetsTheThreads() throws IOException, ReflectiveOperationException {
        Path saved = folder.resolve("threads");
        try (TrainedEnsemble trained = packed()) {
            trained.save(saved);
        }
        int before = EngineThreadsTest.threads();
        Harness harness = TestHarness.of("packed", PackedForm.of(3), 16, 2).optThreads(before + 1);
        try (TrainedEnsemble loaded = harness.load(saved)) {
            assertEquals(before + 1, EngineThreadsTest.threads(), loaded::getName);
        } finally {
            EngineThreads.set(before);
        }
    }

    @Test
    void loadsAgainThroughCriteria()
            throws IOException,
                    ModelNotFoundException,
                    MalformedModelException,
                    TranslateException {
        Path saved = folder.resolve("mlp");
        try (TrainedEnsemble trained = packed();
                NDManager manager = NDManager.newBaseManager()) {
            trained.save(saved);
            Criteria<NDList, EnsembleClassifications> criteria =
                    Criteria.builder()
                            .setTypes(NDList.class, EnsembleClassifications.class)
                            .optModelPath(saved)
                            .optArgument("blockFactory", EnsembleMlp.Factory.class.getName())
                            .optArgument("hidden", 16)
                            .optArgument("classes", 2)
                            .optTranslator(
                                    EnsembleTranslator.ofArrays(
                                            2, trained.getRecipe().aggregation()))
                            .build();
            try (ZooModel<NDList, EnsembleClassifications> model = criteria.loadModel();
                    Predictor<NDList, EnsembleClassifications> loaded = model.newPredictor();
                    Predictor<NDList, EnsembleClassifications> own = trained.newPredictor()) {
                NDList point = new NDList(manager.create(new float[] {0.3f, 0.2f}));
                assertArrayEquals(
                        own.predict(point).getMemberProbabilities(),
                        loaded.predict(point).getMemberProbabilities());
            }
        }
    }

    @Test
    void savingLeavesTheModelAlone() throws IOException {
        Path saved = folder.resolve("mlp");
        Files.createDirectories(saved.resolve(".saving"));
        Files.writeString(saved.resolve(".saving/ensemble-0000.params"), "of a killed process");
        Path before = folder.resolve("before");
        try (TrainedEnsemble trained = packed()) {
            trained.save(saved);
            Files.copy(saved.resolve("ensemble-0000.params"), before);
            trained.save(saved);
        }
        try (Stream<Path> files = Files.list(saved)) {
            assertEquals(
                    List.of("ensemble-0001.params", "model.json", "serving.properties"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(-1, Files.mismatch(before, saved.resolve("ensemble-0001.params")));
    }

    @Test
    void settingsAreChecked() {
        Harness harness = TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(0);
        assertThrows(IllegalArgumentException.class, () -> harness.fit(TRAIN));
    }

    @Test
    void saysWhichDataAreMissing() {
        Harness harness = TestHarness.of("packed", PackedForm.of(3), 16, 2).optEpochs(1);
        assertMissing("train: fit needs data", () -> harness.fit(null, TEST));
        assertMissing(
                "test: run needs data",
                () -> TestComparison.of(16, 2).run(TRAIN, null, null, Map.of()));
        try (TrainedEnsemble trained = harness.fit(TRAIN)) {
            assertMissing("test: evaluate needs data", () -> trained.evaluate(null, Map.of()));
            assertMissing("give Map.of() for none", () -> trained.evaluate(TEST, null));
            assertMissing("data: predict needs examples", () -> trained.predict(null));
        }
    }

    private static void assertMissing(String part, Executable action) {
        NullPointerException error = assertThrows(NullPointerException.class, action);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
