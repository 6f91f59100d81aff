/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.TaskKind;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Task;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.ModelFolderException;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksFolderTest {

    private static final MultiExamples TRAIN = TwoTasks.data(96, 1);
    private static final MultiExamples TEST = TwoTasks.data(60, 2);

    @TempDir private Path parent;

    private Path folder;

    @BeforeEach
    void setUp() {
        folder = parent.resolve("model");
    }

    private static MultiTaskHarness harness(Form form) {
        return new MultiTaskHarness(
                        form.toString(),
                        () -> new TwoTasks.Whole(form),
                        Recipe.of(form),
                        TwoTasks.TASKS,
                        Arguments.of("width", 12))
                .optEpochs(1)
                .optBatchSize(24)
                .optProgress(Progress.none());
    }

    private static void assertSame(TrainedTasks trained, TrainedTasks loaded) {
        Map<String, TaskAnswers> expected = trained.predict(TEST);
        Map<String, TaskAnswers> actual = loaded.predict(TEST);
        assertEquals(List.of("kind", "size"), List.copyOf(actual.keySet()));
        expected.forEach(
                (name, answers) ->
                        assertArrayEquals(
                                answers.getOutputs(), actual.get(name).getOutputs(), name));
    }

    @Test
    void whatIsSavedLoadsToTheBit() throws IOException {
        for (Form form : List.of(PackedForm.of(2), MimoForm.of(2))) {
            MultiTaskHarness harness = harness(form);
            Path own = parent.resolve(form.getClass().getSimpleName());
            try (TrainedTasks trained = harness.fit(TRAIN, TEST)) {
                double[] metrics = trained.evaluate(TEST).getMetrics();
                trained.save(own);
                trained.save(own);
                try (TrainedTasks loaded = harness.load(own)) {
                    assertSame(trained, loaded);
                    assertArrayEquals(metrics, loaded.evaluate(TEST).getMetrics());
                    assertEquals(trained.getParameterCount(), loaded.getParameterCount());
                    assertEquals(trained.getSettings(), loaded.getSettings());
                }
            }
            try (Stream<Path> files = Files.list(own)) {
                assertEquals(
                        List.of("ensemble-0001.params", "model.json"),
                        files.map(file -> file.getFileName().toString()).sorted().toList());
            }
        }
    }

    @Test
    void theFolderSaysWhatIsInIt() throws IOException {
        MultiExamples named =
                TRAIN.toBuilder().optOutputNames("kind", List.of("a", "b", "c")).build();
        try (TrainedTasks trained = harness(PackedForm.of(2)).fit(named, TEST)) {
            trained.evaluate(TEST);
            trained.save(folder);
        }
        TasksDescription description = TasksFolder.open(folder).getDescription();
        assertEquals(
                List.of(
                        new TasksDescription.Output(
                                "kind", Task.CLASSIFICATION, List.of("a", "b", "c")),
                        new TasksDescription.Output("size", Task.REGRESSION, List.of("0"))),
                description.tasks());
        assertEquals(
                List.of("left (4)", "right (2)"),
                description.inputs().stream()
                        .map(input -> input.name() + " " + input.format().shape())
                        .toList());
        assertEquals(4, description.network().outputs());
        assertEquals(96, description.data().get("training").examples());
        assertEquals(TEST.getChecksum(), description.data().get("validation").checksum());
        assertEquals(2, description.metrics().size());
        TasksFolder.describe(folder).writeMetrics(Map.of("kind", 0.5, "size", Double.NaN));
        assertEquals(Map.of("kind", 0.5), TasksFolder.open(folder).getDescription().metrics());
    }

    @Test
    void aPlainModelIsKnownByItsClass() throws IOException {
        try (TrainedTasks trained =
                TwoTasks.plain(true).optEpochs(1).optProgress(Progress.none()).fit(TRAIN)) {
            trained.save(folder);
            try (TrainedTasks loaded = TwoTasks.plain(true).load(folder)) {
                assertSame(trained, loaded);
            }
        }
        assertEquals(
                TwoTasks.class.getName(),
                TasksFolder.describe(folder).getDescription().network().className());
        String message = refusal(harness(PackedForm.of(2)));
        assertTrue(message.contains("has a model of the class " + TwoTasks.class.getName()));
    }

    private String refusal(MultiTaskHarness harness) {
        return assertThrows(ModelFolderException.class, () -> harness.load(folder).close())
                .getMessage()
                .replace(folder.toString(), "model");
    }

    private void save() throws IOException {
        try (TrainedTasks trained = harness(PackedForm.of(2)).fit(TRAIN)) {
            trained.save(folder);
        }
    }

    @Test
    void foldersThatAreNotWholeAreRefused() throws IOException {
        MultiTaskHarness harness = harness(PackedForm.of(2));
        assertEquals("There is no model folder model", refusal(harness));
        Files.createDirectories(folder);
        assertEquals(
                "model is no model folder, as it has no model.json: TrainedEnsemble.save writes one",
                refusal(harness));
        save();
        Path parameters = folder.resolve("ensemble-0000.params");
        byte[] whole = Files.readAllBytes(parameters);
        byte[] changed = whole.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(parameters, changed);
        assertTrue(
                refusal(harness)
                        .startsWith(
                                "model/ensemble-0000.params is not the file that was saved: its SHA-256 is another"));
        Files.write(parameters, java.util.Arrays.copyOf(whole, 100));
        assertEquals(
                "model/ensemble-0000.params is cut off: it has 100 of %d bytes. Copy it again"
                        .formatted(whole.length),
                refusal(harness));
        Files.delete(parameters);
        assertEquals(
                "model lacks its file ensemble-0000.params: copy the whole folder",
                refusal(harness));
        Path json = folder.resolve("model.json");
        String text = Files.readString(json);
        Files.writeString(json, text.replace("\"schema\": 1", "\"schema\": 2"));
        assertTrue(
                refusal(harness)
                        .endsWith(
                                "it has the schema 2, but this version of Polyphony reads the schema 1: use a newer version"));
        Files.writeString(json, text.replace("\"kind\": \"regression\"", "\"kind\": 3"));
        assertEquals(
                "model/model.json cannot be read: 'tasks.kind' must be a text", refusal(harness));
        Files.writeString(json, text.substring(0, text.length() / 2));
        assertTrue(refusal(harness).startsWith("model/model.json cannot be read: it is no JSON"));
    }

    @Test
    void otherModelsAreRefused() throws IOException {
        save();
        assertTrue(
                refusal(harness(MimoForm.of(2))).contains("but is to be loaded as "),
                "another form");
        MultiTaskHarness other =
                new MultiTaskHarness(
                        "other",
                        () -> new TwoTasks.Whole(PackedForm.of(2)),
                        Recipe.of(PackedForm.of(2)),
                        List.of(TwoTasks.KIND, TaskSpec.of("weight", TaskKind.REGRESSION)));
        assertEquals(
                "model has a model of the tasks [kind: CLASSIFICATION, size: REGRESSION], but is to be loaded as one of [kind: CLASSIFICATION, weight: REGRESSION]: name the tasks as they were named",
                refusal(other));
        MultiTaskHarness wider = harness(PackedForm.of(2)).optArguments(Arguments.of("width", 14));
        assertEquals(
                "The network in model was made of {width=12}, but this one of {width=14}: make the harness of the same values",
                refusal(wider));
        assertTrue(
                assertThrows(ModelFolderException.class, () -> ModelFolder.open(folder))
                        .getMessage()
                        .endsWith(
                                "it is of a model of several tasks, kind, size: the harness that it was trained with loads it"));
    }

    /** What a harness of one task would say: its folder has no tasks. */
    @Test
    void aFolderOfOneTaskIsRefused() throws IOException {
        save();
        Path json = folder.resolve("model.json");
        Files.writeString(json, Files.readString(json).replace("\"tasks\"", "\"others\""));
        assertTrue(
                refusal(harness(PackedForm.of(2)))
                        .endsWith(
                                "it is of a model of one task, but this harness has several: load it with its own"));
    }

    @Test
    void formatsAndNamesMustFit() {
        assertEquals(
                "2 names for the answer 'kind' of 3 outputs: give one for each",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        TRAIN.toBuilder()
                                                .optOutputNames("kind", List.of("a", "b"))
                                                .build())
                        .getMessage());
        assertEquals(
                "The input 'left' has examples of the shape (4) and type float32, but its format gives (5) and float32",
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        TRAIN.toBuilder()
                                                .optInputFormat(
                                                        "left",
                                                        new dev.polyphony.data.ArrayFormat(
                                                                new Shape(5),
                                                                ai.djl.ndarray.types.DataType
                                                                        .FLOAT32))
                                                .build())
                        .getMessage());
    }
}
