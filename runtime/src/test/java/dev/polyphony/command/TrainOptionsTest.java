/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.NetworkSupplier;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.Arguments;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Augmentation and the ways to train a deep ensemble, as options. */
class TrainOptionsTest {

    private static final String SHAPE = "1,6,6";

    @TempDir private Path folder;

    private Path csv;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        LabeledData images = TestData.stripes(60, 1);
        int pixels = images.getFeatures().length / images.size();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            StringBuilder line = new StringBuilder("" + images.getLabels()[i]);
            for (int pixel = i * pixels; pixel < (i + 1) * pixels; pixel++) {
                line.append(',').append(images.getFeatures()[pixel]);
            }
            lines.add(line.toString());
        }
        csv = Files.write(folder.resolve("stripes.csv"), lines);
    }

    /** A harness as the processor writes it: of a deep ensemble if the values have members. */
    private static Harness harness(Arguments arguments) {
        if (arguments.has("members")) {
            int members = arguments.getInt("members");
            NetworkSupplier<Ensemble> network = () -> PlainCnn.of(DeepEnsembleForm.of(members), 3);
            return new Harness("Cnn, deep", network, Recipe.of(DeepEnsembleForm.of(members))) {};
        }
        Form form = PackedForm.of(arguments.getInt("packed"));
        return new Harness("Cnn, packed", () -> PlainCnn.of(form, 3), Recipe.of(form)) {};
    }

    private int run(String... args) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code =
                HarnessCommand.execute(
                        "nets.CnnHarness",
                        args,
                        TrainOptionsTest::harness,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int train(String run, String... more) {
        Stream<String> usual =
                Stream.of(
                        "train",
                        "--data=" + csv,
                        "--out=" + folder.resolve(run),
                        "--epochs=2",
                        "--batch-size=16",
                        "--quiet");
        return run(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
    }

    private int resume(String run) {
        return run("resume", folder.resolve(run).toString());
    }

    /** The checksum of the parameters that a run saved. */
    private int model(String run, String name, int value) throws IOException {
        Harness harness = harness(Arguments.of(Map.of(name, "" + value)));
        try (TrainedEnsemble saved = harness.load(folder.resolve(run).resolve("model"))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            saved.getEnsemble().saveParameters(new DataOutputStream(bytes));
            return Arrays.hashCode(bytes.toByteArray());
        }
    }

    private int packed(String run) throws IOException {
        return model(run, "packed", 2);
    }

    private int deep(String run) throws IOException {
        return model(run, "members", 2);
    }

    private String runFile(String run) throws IOException {
        return Files.readString(folder.resolve(run).resolve("run.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "crop=4; random crop, padding 4",
                "flip; horizontal flip with probability 0.5",
                "flip=0.25; horizontal flip with probability 0.25",
                "mixup=0.2; Mixup, alpha 0.2, probability 1.0",
                "augmix; AugMix, severity 3, 3 chains, alpha 1.0, black [0.0], white [1.0]",
                "augmix=2:12; AugMix, severity 2, 3 chains, alpha 1.0, black [0.0], white [1.0], Jensen-Shannon loss times 12.0",
                "cutmix=1:0.5,cutout=3; CutMix, alpha 1.0, probability 0.5, cutout of length 3"
            })
    void readsAugmentations(String text, String expected) {
        assertEquals(expected, new Augmentations().convert(text).toString());
    }

    @Test
    void augmentsAndGoesOn() throws IOException {
        String list = "augmix=2,crop=1,flip,cutout=2,cutmix=1:0.5";
        String[] usual = {"--set=packed=2", "--shape=" + SHAPE};
        assertEquals(0, train("plain", usual), err);
        String[] augmented = {usual[0], usual[1], "--augment=" + list};
        assertEquals(0, train("augmented", augmented), err);
        assertNotEquals(packed("plain"), packed("augmented"));
        assertTrue(runFile("augmented").contains("\"--augment\": \"" + list + "\""));

        int expected = packed("augmented");
        Files.delete(folder.resolve("augmented/checkpoints/checkpoint-00000006.ply"));
        Files.delete(folder.resolve("augmented/model/ensemble-0000.params"));
        assertEquals(0, resume("augmented"), err);
        assertEquals(expected, packed("augmented"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "crop; 'crop' is no augmentation: use augmix",
                "crop=1.5; 'crop=1.5' is no augmentation",
                "blur=2; 'blur=2' is no augmentation",
                "flip,; '' is no augmentation",
                "flip=0.5:1; 'flip=0.5:1' is no augmentation",
                "flip=2; 'flip=2': ",
                "augmix=11; 'augmix=11': AugMix needs a severity from 1 to 10",
                "mixup=1:2; 'mixup=1:2': "
            })
    void whatIsNoAugmentationIsWrongUse(String list, String message) {
        assertEquals(2, train("run", "--set=packed=2", "--augment=" + list), err);
        assertTrue(err.contains(message), err);
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void dataWithoutImagesAreNotAugmented() {
        assertEquals(2, train("run", "--set=packed=2", "--augment=flip"), err);
        assertTrue(
                err.contains(
                        "Error: --augment: Augmentation changes images [channels, height, width],"
                                + " but the examples are (36): train without it (--shape C,H,W says"
                                + " that the features are images)"),
                err);
        assertFalse(Files.exists(folder.resolve("run")));
    }

    /**
     * The parameters are those of one process, and members that are there are not trained again.
     */
    @Test
    void trainsMembersInProcesses() throws IOException {
        String[] here = {"--set=members=2", "--shape=" + SHAPE, "--threads=1"};
        assertEquals(0, train("here", here), err);
        String[] apart = {here[0], here[1], here[2], "--processes=2"};
        assertEquals(0, train("apart", apart), err);
        assertEquals(deep("here"), deep("apart"));
        String table = out;

        assertEquals(2, train("apart", apart), err);
        assertTrue(err.contains("has a run: go on with it by 'resume"), err);
        Path log = folder.resolve("apart/members/member-0.log");
        Files.delete(folder.resolve("apart/members/member-1.bin"));
        Files.delete(log);
        assertEquals(0, resume("apart"), err);
        assertFalse(Files.exists(log), "member 0 was trained again");
        assertEquals(deep("here"), deep("apart"));
        assertEquals(accuracy(table), accuracy(out));
        assertEquals(0, run("evaluate", folder.resolve("apart").toString()), err);
        assertEquals(accuracy(table), accuracy(out));
    }

    /** As if nothing were free; a run goes on as it began, whatever is free then. */
    @Test
    void trainsMembersInProcessesWhereMemoryIsShort() throws IOException {
        String[] options = {"--set=members=2", "--shape=" + SHAPE, "--threads=1"};
        assertEquals(0, train("here", options), err);
        try {
            System.setProperty("polyphony.memory", "0");
            assertEquals(0, train("auto", options), err);
            assertEquals(deep("here"), deep("auto"));
            Path log = folder.resolve("auto/members/member-0.log");
            Files.delete(folder.resolve("auto/members/member-1.bin"));
            Files.delete(log);
            System.setProperty("polyphony.memory", "100000");
            assertEquals(0, resume("auto"), err);
            assertFalse(Files.exists(log), "member 0 was trained again");
            assertTrue(err.contains("members are trained in processes, "), err);
            assertEquals(deep("here"), deep("auto"));
        } finally {
            System.clearProperty("polyphony.memory");
        }
    }

    private static List<String> accuracy(String table) {
        List<String> lines = table.lines().takeWhile(line -> !line.contains("Parameters")).toList();
        assertTrue(lines.toString().contains("Accuracy"), table);
        return lines;
    }

    @Test
    void takesSnapshotsAndGoesOn() throws IOException {
        String[] options = {
            "--set=members=2", "--shape=" + SHAPE, "--snapshots", "--checkpoint-every=1steps"
        };
        assertEquals(0, train("run", options), err);
        assertTrue(Files.readString(folder.resolve("run/report.md")).contains("snapshot"), out);
        int expected = deep("run");
        // 6 steps in cycles of 3: of two checkpoints, the one after the first snapshot is left
        Files.delete(folder.resolve("run/checkpoints/checkpoint-00000006.ply"));
        Files.delete(folder.resolve("run/model/ensemble-0000.params"));
        assertEquals(0, resume("run"), err);
        assertTrue(err.contains("resumed after epoch 1 and step 5"), err);
        assertEquals(expected, deep("run"));
    }

    @Test
    void waysOfDeepEnsemblesAreForThem() {
        for (String option : List.of("--processes=2", "--members=copies", "--snapshots")) {
            assertEquals(2, train("run", "--set=packed=2", option), err);
            assertTrue(err.contains(option.split("=")[0] + " is for deep ensembles"), err);
            assertTrue(err.contains("and this is Packed"), err);
        }
        assertEquals(2, train("run", "--set=members=2", "--members=vectorized"), err);
        assertTrue(err.contains("@DeepEnsemble(vectorized = true)"), err);
        assertEquals(2, train("run", "--set=members=2", "--members=all"), err);
        assertTrue(err.contains("use auto, vectorized, copies or processes"), err);
        assertEquals(2, train("run", "--set=members=2", "--members=auto", "--processes=2"), err);
        assertTrue(err.contains("leave it out with --members auto"), err);
        assertEquals(2, train("run", "--set=members=2", "--snapshots", "--processes=1"), err);
        assertTrue(err.contains("--processes and --snapshots exclude one another"), err);
        assertEquals(2, train("run", "--set=members=2", "--processes=0"), err);
        assertTrue(err.contains("There must be at least 1 process, not 0"), err);
        assertFalse(Files.exists(folder.resolve("run")));
    }
}
