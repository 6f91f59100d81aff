/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.TableFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.AbstentionRule;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.EnsembleCalibration;
import dev.polyphony.evaluate.calibrate.Scaling;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TestHarness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    private static final LabeledData TRAIN = TestData.moons(64, 0.1, 1);
    private static final TableFormat TABLE =
            new TableFormat(
                    List.of("x", "y"), List.of("class"), new Shape(2), DataType.FLOAT32, 0.5);

    private static final EnsembleCalibration CALIBRATION =
            EnsembleCalibration.of(
                    List.of(temperature(1.0), temperature(1.25), temperature(2.0)),
                    temperature(1.5));

    private static Scaling temperature(double temperature) {
        return Scaling.ofTemperature(temperature, 2);
    }

    @TempDir private Path parent;

    private final Harness harness = harness(PackedForm.of(3), 16, 2);
    private Path folder;

    private static Harness harness(dev.polyphony.nn.form.Form form, int hidden, int classes) {
        return TestHarness.of("packed", form, hidden, classes).optEpochs(1);
    }

    @BeforeEach
    void save() throws IOException {
        folder = parent.resolve("mlp");
        try (TrainedEnsemble trained = harness.fit(TRAIN, TRAIN)) {
            trained.getScores(TRAIN);
            AnswerRule answers =
                    trained.getDescription()
                            .answers()
                            .withCalibration(CALIBRATION)
                            .withAbstention(
                                    new AbstentionRule(UncertaintyScore.MUTUAL_INFORMATION, 0.25));
            trained.optClassNames(List.of("upper", "lower"))
                    .optInput(TABLE)
                    .optAnswers(answers)
                    .save(folder);
        }
    }

    private Path parameters() {
        return folder.resolve("ensemble-0000.params");
    }

    @Test
    void saysAllOfTheModel() throws IOException {
        ModelDescription model = ModelFolder.open(folder).getDescription();
        assertEquals("Mlp, packed", model.name());
        NetworkDescription network = model.network();
        assertEquals("dev.polyphony.models.EnsembleMlp", network.className());
        assertEquals("{classes=2, hidden=16}", network.arguments().orElseThrow().toString());
        assertEquals(3, network.members());
        assertEquals(2, network.outputs());
        assertEquals(List.of("upper", "lower"), model.classNames());
        assertEquals(TABLE, model.input());
        assertEquals(CALIBRATION, model.answers().calibration().orElseThrow());
        assertEquals(0.25, model.answers().abstention().orElseThrow().threshold());
        assertEquals(2, model.training().updates());
        assertEquals(1, model.training().epochs());
        assertEquals(new DataFingerprint(64, TRAIN.getChecksum()), model.data().get("validation"));
        assertTrue(model.metrics().containsKey("accuracy"), model.metrics().toString());
        assertEquals("0.35.1", model.versions().djl());
    }

    /** What is loaded and saved again says the same. */
    @Test
    void keepsWhatItSays() throws IOException {
        String before = Files.readString(folder.resolve("model.json"));
        Path again = parent.resolve("again");
        try (TrainedEnsemble loaded = harness.load(folder)) {
            assertEquals(2, loaded.getHistory().steps());
            loaded.save(again);
        }
        assertEquals(before, Files.readString(again.resolve("model.json")));
        Files.move(again, parent.resolve("renamed"));
        try (TrainedEnsemble loaded = harness.load(parent.resolve("renamed"))) {
            assertEquals(TABLE, loaded.getDescription().input());
        }
    }

    @Test
    void whatTheUserPutIntoTheFolderStays() throws IOException {
        Path serving = folder.resolve("serving.properties");
        Files.writeString(serving, "batch_size=8\n", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("lenet.jar"), "a jar");
        String settings = Files.readString(serving);
        try (TrainedEnsemble loaded = harness.load(folder)) {
            loaded.save(folder);
        }
        assertEquals(settings, Files.readString(serving));
        assertTrue(Files.exists(folder.resolve("lenet.jar")));
    }

    @Test
    void metricsAreWrittenLater() throws IOException {
        ModelFolder.open(folder).writeMetrics(Map.of("recall", 0.5, "none", Double.NaN));
        assertEquals(Map.of("recall", 0.5), ModelFolder.open(folder).getDescription().metrics());
    }

    @Test
    void saysThatThereIsNone() throws IOException {
        assertFails("There is no model folder", () -> ModelFolder.open(parent.resolve("none")));
        assertFails("There is no model folder", () -> harness.load(parent.resolve("none")));
        Path empty = Files.createDirectories(parent.resolve("empty"));
        assertFails("is no model folder, as it has no model.json", () -> ModelFolder.open(empty));
    }

    @Test
    void saysWhatIsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(parameters());
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 7);
        Files.write(parameters(), cut);
        assertFails("is cut off: it has %d of %d".formatted(cut.length, whole.length));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(parameters(), changed);
        assertFails("is not the file that was saved: its SHA-256");
        Files.delete(parameters());
        assertFails("lacks its file ensemble-0000.params");
    }

    @Test
    void saysWhatIsWrongInItsText() throws IOException {
        edit("\"schema\": 1", "\"schema\": 2");
        assertFails(
                "it has the schema 2, but this version of Polyphony reads the schema 1: use a newer");
        edit("\"schema\": 2", "\"schema\": 1");
        edit("\"members\": 3", "\"members\": \"three\"");
        assertFails("model.json cannot be read: 'network.members' must be a whole number");
        edit("\"members\": \"three\"", "\"members\": 3");
        edit("\"kind\": \"table\"", "\"kind\": \"sound\"");
        assertFails("'input.kind' must be array, image or table, but is 'sound'");
        edit("\"kind\": \"sound\"", "\"kind\": \"table\"");
        edit("\"lower\"", "\"lower\", \"middle\"");
        assertFails("3 class names for a model of 2 outputs");
        edit("\"lower\", \"middle\"", "\"lower\"");
        edit("ensemble-0000.params", "../mlp/ensemble-0000.params");
        assertFails("'files.name' must be that of a parameter file");
        edit("../mlp/ensemble-0000.params", "ensemble-0000.params");
        edit("\"aggregation\": \"probabilities\"", "\"aggregation\": \"median\"");
        assertFails("'answers.aggregation' must be one of probabilities, logits");
        Files.writeString(folder.resolve("model.json"), "{\"schema\": 1, ");
        assertFails("model.json cannot be read: it is no JSON");
        Files.writeString(folder.resolve("model.json"), "{}");
        assertFails("'schema' is missing");
    }

    private void edit(String from, String to) throws IOException {
        Path file = folder.resolve("model.json");
        String text = Files.readString(file);
        assertTrue(text.contains(from), text);
        Files.writeString(file, text.replace(from, to));
    }

    private void assertFails(String part) {
        assertFails(part, () -> harness.load(folder));
        assertFails(part, this::loadByCriteria);
    }

    private static void assertFails(String part, Executable load) {
        IOException error = assertThrows(ModelFolderException.class, load);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    private ZooModel<NDList, EnsembleClassifications> loadByCriteria()
            throws IOException, ModelNotFoundException, MalformedModelException {
        return Criteria.builder()
                .setTypes(NDList.class, EnsembleClassifications.class)
                .optModelPath(folder)
                .optTranslatorFactory(new EnsembleTranslatorFactory())
                .build()
                .loadModel();
    }

    @Test
    void saysWhoseModelItIs() {
        assertFails(
                "has a model of the class dev.polyphony.models.EnsembleMlp, Packed(m = 3",
                () -> harness(MimoForm.of(3), 16, 2).load(folder));
        assertFails(
                "was made of {classes=2, hidden=16}, but this one of {classes=2, hidden=8}",
                () -> harness(PackedForm.of(3), 8, 2).load(folder));
    }

    /** As if it was made of other values by someone who does not say so. */
    @Test
    void parametersMustFitTheNetwork() throws IOException {
        edit("\"hidden\": 16", "\"hidden\": 8");
        assertFails("The parameters in ", () -> harness(PackedForm.of(3), 8, 2).load(folder));
        edit("\"hidden\": 8", "\"hidden\": 0");
        assertFails("cannot be made of the values {classes=2, hidden=0}", this::loadByCriteria);
    }

    @Test
    void saysWhichClassIsMissing() throws IOException {
        edit("dev.polyphony.models.EnsembleMlp", "acme.PackedLeNet");
        assertFails("The class acme.PackedLeNet of the network in " + folder, this::loadByCriteria);
        edit("acme.PackedLeNet", "dev.polyphony.models.TestData");
        assertFails("has no factory that makes it of plain values", this::loadByCriteria);
    }

    @Test
    void aCalibrationMustFitTheModel() throws IOException {
        try (TrainedEnsemble loaded = harness.load(folder)) {
            AnswerRule answers = loaded.getDescription().answers();
            for (EnsembleCalibration wrong :
                    List.of(
                            EnsembleCalibration.of(List.of(temperature(1)), null),
                            EnsembleCalibration.of(List.of(), Scaling.ofTemperature(1, 3)))) {
                IllegalArgumentException error =
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> loaded.optAnswers(answers.withCalibration(wrong)));
                assertTrue(
                        error.getMessage().contains("3 members and 2 outputs"), error.getMessage());
            }
        }
    }

    @Test
    void aCalibrationInTheFileMustFitTheModel() throws IOException {
        String three = EnsembleCalibration.of(List.of(), Scaling.ofTemperature(1, 3)).toJson();
        edit("\"calibration\"", "\"former\"");
        edit("\"aggregation\"", "\"calibration\": " + three + ", \"aggregation\"");
        assertFails("for 0 members and 3 classes");
    }

    @Test
    void onlyAnswersOfOneClassAbstain() throws IOException {
        ModelDescription model = ModelFolder.describe(folder).getDescription();
        ModelDescription numbers =
                new ModelDescription(
                        "numbers",
                        model.network(),
                        Task.REGRESSION,
                        List.of(),
                        model.input(),
                        AnswerRule.of(Aggregation.PROBABILITIES),
                        model.training(),
                        model.data(),
                        model.metrics(),
                        model.versions());
        AnswerRule rule =
                numbers.answers()
                        .withAbstention(
                                new AbstentionRule(UncertaintyScore.MUTUAL_INFORMATION, 0.25));
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> numbers.withAnswers(rule));
        assertTrue(error.getMessage().contains("the task is REGRESSION"), error.getMessage());
    }

    @Test
    void aSaveThatWasInterruptedIsNoNewModel() throws IOException {
        Files.copy(parameters(), folder.resolve("ensemble-0001.params"));
        try (TrainedEnsemble loaded = harness.load(folder)) {
            assertEquals("Mlp, packed", loaded.getName());
        }
        assertFails("is left of a save that was interrupted", this::loadByCriteria);
    }
}
