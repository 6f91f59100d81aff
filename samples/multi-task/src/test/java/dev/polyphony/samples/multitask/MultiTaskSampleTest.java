/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.MultiTable;
import dev.polyphony.data.Task;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.compare.TaskReport;
import dev.polyphony.multitask.compare.TaskRow;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import dev.polyphony.train.progress.Progress;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MultiTaskSampleTest {

    @Test
    void thePageHasARowForEachWay(@TempDir Path folder) throws Exception {
        TaskReport report = MultiTaskSample.digits(1, 0);
        assertEquals(
                List.of(
                        "each task alone",
                        "together",
                        "uncertainty weighting",
                        "uncertainty weighting, as long as ensembles",
                        "GradNorm",
                        "dynamic weights",
                        "PCGrad",
                        "uncertainty weighting, distilled",
                        "packed",
                        "MIMO"),
                report.getRows().stream().map(TaskRow::getName).toList());
        String page = Files.readString(report.writeTo(folder));
        assertTrue(page.contains("Uncertainty in each task"));
    }

    @Test
    void massesAreTheInkOfTheDigits() throws Exception {
        MultiExamples digits = Digits.read();
        float[] pixels = digits.getInput("image").getFeatures();
        float[] masses = digits.getTargets("mass");
        double difference = 0;
        for (int p = 0; p < 64; p++) {
            difference += pixels[p] - pixels[64 + p];
        }
        assertEquals(difference, masses[0] - masses[1], 1e-4);
        double sum = 0;
        for (float mass : masses) {
            sum += mass;
        }
        assertEquals(0, sum / masses.length, 1e-4);
    }

    /** Every fusion, plain and as both ensembles. */
    @ParameterizedTest
    @EnumSource(Fusion.class)
    void everyFusionLearns(Fusion fusion) {
        MultiExamples train = PlantData.make(240, 1);
        MultiExamples test = PlantData.make(80, 2);
        Stream.of(
                        MultiTaskHarness.plain(
                                "plain", () -> new Plant(fusion, 12), PackedPlantHarness.TASKS),
                        PackedPlantHarness.of(fusion, 12),
                        MimoPlantHarness.of(fusion, 12))
                .forEach(
                        harness -> {
                            harness.optEpochs(8)
                                    .optBatchSize(24)
                                    .optLearningRate(0.01)
                                    .optProgress(Progress.none());
                            try (TrainedTasks trained = harness.fit(train)) {
                                MultiTaskEvaluation evaluation = trained.evaluate(test);
                                double regime = evaluation.getMetrics()[0];
                                String what = harness.getName() + ": " + regime;
                                assertTrue(regime > 0.4, what);
                            }
                        });
    }

    @Test
    void garmentsHaveAttributesOfTheirClasses() {
        Random random = new Random(3);
        float[] pixels = new float[20 * 784];
        int[] classes = new int[20];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i % 10;
        }
        LabeledData images = LabeledData.of(pixels, new Shape(1, 28, 28), classes, 10);
        MultiExamples data = GarmentData.of(images, 0);
        float[] covers = data.getTargets("covers");
        // the second is trousers, the tenth an ankle boot
        assertArrayEquals(new float[] {0, 1, 0}, Arrays.copyOfRange(covers, 3, 6));
        assertArrayEquals(new float[] {0, 0, 1}, Arrays.copyOfRange(covers, 27, 30));
        try (TrainedTasks trained =
                PackedGarmentHarness.of(4).optEpochs(1).optProgress(Progress.none()).fit(data)) {
            assertEquals(3, trained.evaluate(data).getMetrics().length);
        }
    }

    /** The file of the plant has what the harness's own data have. */
    @Test
    void theFileOfThePlantIsRead(@TempDir Path folder) throws Exception {
        MultiExamples plant = PlantData.make(12, 1);
        Path csv = Files.write(folder.resolve("plant.csv"), PlantCommand.lines(plant));
        String[] args = PlantCommand.arguments("train", csv, folder.resolve("run"));
        assertTrue(List.of(args).contains("log=6:ids"));
        Map<String, Task> tasks = new LinkedHashMap<>();
        tasks.put("regime", Task.CLASSIFICATION);
        tasks.put("load", Task.REGRESSION);
        tasks.put("faults", Task.MULTI_LABEL);
        List<MultiTable.Input> inputs =
                List.of(
                        new MultiTable.Input(
                                "image", new Shape(1, 8, 8), MultiTable.Kind.NUMBERS, 1, false),
                        new MultiTable.Input("log", new Shape(6), MultiTable.Kind.IDS, 1, false),
                        new MultiTable.Input(
                                "vibrations", null, MultiTable.Kind.NUMBERS, 1, false));
        MultiExamples read = MultiTable.of(csv, inputs, tasks).read(csv);
        assertArrayEquals(plant.getInput("log").getIds(), read.getInput("log").getIds());
        assertArrayEquals(plant.getTargets("faults"), read.getTargets("faults"));
        assertArrayEquals(plant.getClasses("regime"), read.getClasses("regime"));
        assertArrayEquals(plant.getTargets("load"), read.getTargets("load"), 1e-4f);
        assertArrayEquals(
                plant.getInput("image").getFeatures(), read.getInput("image").getFeatures(), 1e-4f);
    }

    @Test
    void thePageOfThePlantHasARowForEachWay(@TempDir Path folder) throws Exception {
        TaskReport report = MultiTaskSample.plant(48, 1, 0);
        assertEquals(
                List.of(
                        "each task alone",
                        "together",
                        "fusion SUM",
                        "fusion GATED",
                        "fusion ATTENTION",
                        "tasks take turns",
                        "weakest task in focus",
                        "easiest first",
                        "loudest first",
                        "faults learn faster",
                        "two half batches an update",
                        "packed",
                        "MIMO"),
                report.getRows().stream().map(TaskRow::getName).toList());
        assertTrue(Files.readString(report.writeTo(folder)).contains("the log of a machine"));
    }

    /** The louder, the easier. */
    @Test
    void theLowestLoadIsTheMostDifficult() {
        MultiExamples plant = PlantData.make(5, 1);
        double[] difficulty = PlantData.difficulty(plant);
        for (int i = 0; i < 5; i++) {
            assertEquals(-plant.getTargets("load")[i], difficulty[i]);
        }
    }

    @Test
    void garmentsAreReadFromTheirFiles(@TempDir Path folder) throws Exception {
        writeGarments(folder, "train");
        writeGarments(folder, "t10k");
        TaskReport report = MultiTaskSample.garments(folder, 16, 1, 0);
        assertEquals(
                List.of(
                        "each task alone",
                        "together",
                        "uncertainty weighting",
                        "uncertainty weighting, as long as ensembles",
                        "GradNorm",
                        "packed",
                        "MIMO"),
                report.getRows().stream().map(TaskRow::getName).toList());
        String page = Files.readString(report.writeTo(folder.resolve("page")));
        assertTrue(page.contains("the first 16 images of each part"));
    }

    /** Twenty images of noise, two of each class. */
    private static void writeGarments(Path folder, String part) throws IOException {
        byte[] pixels = new byte[20 * 784];
        new Random(1).nextBytes(pixels);
        byte[] labels = new byte[20];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 10);
        }
        write(folder.resolve(part + "-images-idx3-ubyte"), pixels, 0x803, 20, 28, 28);
        write(folder.resolve(part + "-labels-idx1-ubyte"), labels, 0x801, 20);
    }

    private static void write(Path file, byte[] bytes, int... header) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (int number : header) {
                out.writeInt(number);
            }
            out.write(bytes);
        }
    }

    @Test
    void aFolderWithoutGarmentsIsAnError(@TempDir Path empty) {
        assertThrows(FileNotFoundException.class, () -> MultiTaskSample.garments(empty, 10, 1, 0));
    }
}
