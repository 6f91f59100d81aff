/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabeledDataTest {

    @TempDir private Path folder;

    /**
     * Ten examples of two features, example {@code i} being {@code (i, -i)} of class {@code i % 3}.
     */
    private static LabeledData ten() {
        float[] features = new float[20];
        int[] labels = new int[10];
        for (int i = 0; i < 10; i++) {
            features[2 * i] = i;
            features[2 * i + 1] = -i;
            labels[i] = i % 3;
        }
        return LabeledData.of(features, new Shape(2), labels);
    }

    private static void assertMessage(String part, Supplier<LabeledData> wrong) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, wrong::get);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void knowsItsSizes() {
        LabeledData data = ten();
        assertEquals(10, data.size());
        assertEquals(3, data.getClasses());
        assertEquals(new Shape(2), data.getShape());
        LabeledData some = data.subset(new int[] {9, 0, 9});
        assertArrayEquals(new float[] {9, -9, 0, 0, 9, -9}, some.getFeatures());
        assertArrayEquals(new int[] {0, 0, 0}, some.getLabels());
        assertEquals(3, some.getClasses(), "a subset keeps the classes");
    }

    @Test
    void copiesExamplesToAnArray() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray part = ten().toArray(manager, 3, 5);
            assertEquals(new Shape(2, 2), part.getShape());
            assertArrayEquals(new float[] {3, -3, 4, -4}, part.toFloatArray());
        }
    }

    @Test
    void refusesWhatIsWrong() {
        Shape two = new Shape(2);
        assertMessage(
                "Feature 1 of example 1 is NaN",
                () -> LabeledData.of(new float[] {1, 2, 3, Float.NaN}, two, new int[] {0, 1}));
        assertMessage(
                "1 labels for 2 examples", () -> LabeledData.of(new float[4], two, new int[] {0}));
        assertMessage("3 features are not", () -> LabeledData.of(new float[3], two, new int[] {0}));
        assertMessage(
                "Label 5 of example 1 is not one of the 3 classes",
                () -> LabeledData.of(new float[4], two, new int[] {0, 5}, 3));
        assertMessage(
                "Label -1 of example 0",
                () -> LabeledData.of(new float[4], two, new int[] {-1, 1}));
        assertMessage("Index 10 is none", () -> ten().subset(new int[] {10}));
        assertMessage("at least one", () -> ten().subset(new int[0]));
    }

    @Test
    void needsNoLabelsToBePredicted() {
        LabeledData data = LabeledData.unlabeled(new float[6], new Shape(3));
        assertFalse(data.hasLabels());
        assertEquals(2, data.size());
        assertThrows(IllegalStateException.class, data::getLabels);
    }

    @Test
    void idsStayWholeNumbers() {
        long[] ids = {7, 0, 1, 16_777_217, 4, 5};
        LabeledData data = LabeledData.ofIds(ids, new Shape(2), new int[] {0, 1, 0});
        assertEquals(DataType.INT64, data.getDataType());
        assertEquals(DataType.FLOAT32, ten().getDataType());
        LabeledData some = data.subset(new int[] {1, 0});
        assertArrayEquals(new long[] {1, 16_777_217, 7, 0}, some.getIds());
        try (NDManager manager = NDManager.newBaseManager()) {
            assertArrayEquals(ids, data.toArray(manager, 0, 3).toLongArray());
            NDArray part = data.toArray(manager, 1, 2);
            assertEquals(new Shape(1, 2), part.getShape());
            assertArrayEquals(new long[] {1, 16_777_217}, part.toLongArray());
        }
        assertEquals(data, data.toIds());
        assertThrows(IllegalStateException.class, data::getFeatures);
        assertThrows(IllegalStateException.class, ten()::getIds);
        assertFalse(LabeledData.unlabeledIds(ids, new Shape(3)).hasLabels());
        assertMessage(
                "Id 1 of example 1 is -4",
                () -> LabeledData.ofIds(new long[] {1, 2, 3, -4}, new Shape(2), new int[2]));
    }

    @Test
    void numbersBecomeIdsIfTheyAreWhole() {
        LabeledData data = LabeledData.of(new float[] {3, 0, 1, 2}, new Shape(2), new int[] {0, 1});
        LabeledData ids = data.toIds();
        assertArrayEquals(new long[] {3, 0, 1, 2}, ids.getIds());
        assertArrayEquals(data.getLabels(), ids.getLabels());
        for (float wrong : new float[] {0.5f, -1, 1 << 25}) {
            LabeledData numbers = LabeledData.unlabeled(new float[] {1, wrong}, new Shape(2));
            assertMessage("Feature 1 of example 0 is no id", numbers::toIds);
        }
    }

    @Test
    void splitsWithoutOverlap() {
        LabeledData[] parts = ten().split(4, 0.5, 0.3, 0.2);
        assertArrayEquals(
                new int[] {5, 3, 2}, Arrays.stream(parts).mapToInt(LabeledData::size).toArray());
        int[] all =
                Arrays.stream(parts)
                        .flatMapToInt(
                                part ->
                                        IntStream.range(0, part.size())
                                                .map(i -> (int) part.getFeatures()[2 * i]))
                        .sorted()
                        .toArray();
        assertArrayEquals(IntStream.range(0, 10).toArray(), all);
        assertArrayEquals(parts[0].getFeatures(), ten().split(4, 0.5, 0.3, 0.2)[0].getFeatures());
    }

    @Test
    void stratifiedPartsHaveTheSameMixOfClasses() {
        int[] labels = IntStream.range(0, 100).map(i -> i < 80 ? 0 : 1).toArray();
        LabeledData data = LabeledData.of(new float[100], new Shape(1), labels);
        for (LabeledData part : data.splitStratified(2, 0.75, 0.25)) {
            assertEquals(part.size() / 5, Arrays.stream(part.getLabels()).sum());
        }
    }

    @Test
    void refusesSplitsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> ten().split(1, 0.8, 0.3));
        assertThrows(IllegalArgumentException.class, () -> ten().split(1, 0.8, 0));
        assertThrows(IllegalArgumentException.class, () -> ten().split(1));
        assertThrows(IllegalArgumentException.class, () -> ten().split(1, 0.01, 0.9));
    }

    @Test
    void readsCsv() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "label,a,b,c,d\n1,0,8,16,4\n\n0, 1,2,3,4\n");
        LabeledData data = CsvFiles.read(file, new Shape(1, 2, 2), 0.5);
        assertArrayEquals(new int[] {1, 0}, data.getLabels());
        assertArrayEquals(new float[] {0, 4, 8, 2, 0.5f, 1, 1.5f, 2}, data.getFeatures());
        assertEquals(new Shape(1, 2, 2), data.getShape());
        assertEquals(new Shape(4), CsvFiles.read(file, null, 1).getShape());
    }

    @Test
    void readsCsvOfSpreadsheets() throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, "\uFEFF1,2,3\r\n0,4,5\r\n");
        LabeledData data = CsvFiles.read(file, null, 1);
        assertArrayEquals(new int[] {1, 0}, data.getLabels());
        assertArrayEquals(new float[] {2, 3, 4, 5}, data.getFeatures());
        Files.writeString(file, "\uFEFFclass,x,y\r\n1,2,3\r\n");
        assertArrayEquals(new int[] {1}, CsvFiles.read(file, null, 1).getLabels());
        Files.write(file, "Größe,x\n0,1\n".getBytes(StandardCharsets.ISO_8859_1));
        IOException error = assertThrows(IOException.class, () -> CsvFiles.read(file, null, 1));
        assertTrue(error.getMessage().contains("data.csv is not text in UTF-8"));
    }

    @Test
    void saysWhichLineOfACsvIsWrong() throws IOException {
        assertCsv("0,1,2\n1,x,2\n", ":2: column 2 is not a number: 'x'");
        assertCsv("0,1,2\n1,2\n", ":2: 1 features, where the first line has 2");
        assertCsv("0,1,2\n1.5,1,2\n", ":2: the first column is the class");
        assertCsv("O,1,2\n0,3,4\n", ":1: the first column is the class");
        assertCsv("label,0,1\n0,3,4\n", ":1: the first column is the class");
        assertCsv("NaN,1,2\n", "but is 'NaN' (a header would hold no number at all)");
        assertCsv("class,a\n", " has no examples");
        assertCsv("0,1,2\n0,1,NaN\n", "wrong.csv:2: column 3 is NaN: replace missing values");
        assertCsv("0,1,1e60\n", "wrong.csv:1: column 3 is Infinity: ");
        assertCsv(
                "class;a\n0;0.125;0.25;0.375;0.5;0.625;0.75;0.875;1.0\n",
                "wrong.csv:2: separate the columns by commas: there is none in"
                        + " '0;0.125;0.25;0.375;0.5;0.625;0.75;0.875;...'");
        Path file = folder.resolve("right.csv");
        Files.writeString(file, "0,1,2\n");
        assertThrows(IllegalArgumentException.class, () -> CsvFiles.read(file, new Shape(3), 1));
    }

    private void assertCsv(String text, String message) throws IOException {
        Path file = folder.resolve("wrong.csv");
        Files.writeString(file, text);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> CsvFiles.read(file, null, 1));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void examplesMayHaveSeveralLabelsOrNumbers() {
        LabeledData labels = ten().withMultiLabels(new int[10][3]);
        assertEquals(Task.MULTI_LABEL, labels.getTask());
        assertEquals(3, labels.getOutputs());
        assertEquals(0, labels.getClasses());
        assertThrows(IllegalStateException.class, labels::getLabels);
        assertThrows(IllegalStateException.class, () -> labels.splitStratified(1, 0.5, 0.5));
        float[][] numbers = new float[10][];
        for (int i = 0; i < 10; i++) {
            numbers[i] = new float[] {i, i / 4f};
        }
        LabeledData targets = ten().withTargets(numbers);
        assertEquals(Task.REGRESSION, targets.getTask());
        LabeledData some = targets.subset(new int[] {7, 2});
        assertArrayEquals(new float[] {7, 1.75f, 2, 0.5f}, some.getTargets());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = targets.toTargetArray(manager, 8, 10);
            assertEquals(new Shape(2, 2), array.getShape());
            assertArrayEquals(new float[] {8, 2, 9, 2.25f}, array.toFloatArray());
        }
        assertThrows(IllegalStateException.class, () -> ten().getTargets());
        assertMessage("Label 1 of example 0 must be 0 or 1", () -> withLabels(0, 2));
        assertMessage("example 1 has 1", () -> ten().withTargets(new float[][] {{1, 2}, {3}}));
        assertMessage(
                "2 rows of targets for 10 examples", () -> ten().withTargets(new float[2][1]));
        numbers[4][0] = Float.NaN;
        assertMessage("Target 0 of example 4 is NaN", () -> ten().withTargets(numbers));
    }

    private static LabeledData withLabels(int... row) {
        return LabeledData.unlabeled(new float[1], new Shape(1)).withMultiLabels(new int[][] {row});
    }

    @Test
    void firstColumnsOfACsvMayBeLabelsOrNumbers() throws IOException {
        Path file = folder.resolve("targets.csv");
        Files.writeString(file, "a,b,x\n1,0,4\n0,1,8\n");
        LabeledData labels = CsvFiles.read(file, Task.MULTI_LABEL, 2, null, 0.5);
        assertArrayEquals(new float[] {1, 0, 0, 1}, labels.getTargets());
        assertArrayEquals(new float[] {2, 4}, labels.getFeatures());
        Files.writeString(file, "-1.5,2,4\n");
        LabeledData numbers = CsvFiles.read(file, Task.REGRESSION, 1, null, 0.5);
        assertArrayEquals(new float[] {-1.5f}, numbers.getTargets());
        assertArrayEquals(new float[] {1, 2}, numbers.getFeatures());
        assertMessage(":1: column 1 is a label, 0 or 1", () -> csv(file, Task.MULTI_LABEL, 1));
        assertMessage(":1: 3 columns, where 3 of targets", () -> csv(file, Task.REGRESSION, 3));
        assertMessage("cannot have 2 columns", () -> csv(file, Task.CLASSIFICATION, 2));
    }

    private static LabeledData csv(Path file, Task task, int outputs) {
        try {
            return CsvFiles.read(file, task, outputs, null, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsAllBatchesOfADataset() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager()) {
            ArrayDataset dataset =
                    new ArrayDataset.Builder()
                            .setData(manager.arange(14f).reshape(7, 2))
                            .optLabels(manager.create(new float[] {0, 1, 2, 3, 4, 5, 6}))
                            .setSampling(3, false)
                            .build();
            LabeledData data = LabeledData.of(dataset);
            assertEquals(7, data.size());
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6}, data.getLabels());
            assertEquals(13, data.getFeatures()[13]);
        }
    }

    @Test
    void idsOfADatasetStayWholeNumbers() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (DataType type : new DataType[] {DataType.INT32, DataType.INT64}) {
                ArrayDataset dataset =
                        new ArrayDataset.Builder()
                                .setData(manager.arange(6).toType(type, false).reshape(3, 2))
                                .optLabels(manager.create(new int[] {0, 1, 0}))
                                .setSampling(2, false)
                                .build();
                assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, LabeledData.of(dataset).getIds());
            }
        }
    }

    private static ArrayDataset djlTen(NDManager manager) {
        return new ArrayDataset.Builder()
                .setData(manager.arange(10f).reshape(10, 1))
                .optLabels(manager.zeros(new Shape(10)))
                .setSampling(5, false)
                .build();
    }

    private static List<Float> rows(RandomAccessDataset dataset, NDManager manager)
            throws IOException, TranslateException {
        List<Float> rows = new ArrayList<>();
        for (Batch batch : dataset.getData(manager)) {
            for (float row : batch.getData().head().toFloatArray()) {
                rows.add(row);
            }
            batch.close();
        }
        return rows;
    }

    @Test
    void refusesPartsOfDjlThatGiveOtherRows() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager()) {
            RandomAccessDataset[] parts = djlTen(manager).randomSplit(5, 5);
            List<Float> first = rows(parts[0], manager);
            assertEquals(List.of(0f, 1f, 2f, 3f, 4f), first, "the trap is gone");

            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> LabeledData.of(parts[0]));
            assertTrue(e.getMessage().contains("randomSplit"), e.getMessage());
        }
    }

    @Test
    void takesPartsOfDjlThatGiveTheirRows() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager()) {
            RandomAccessDataset part = djlTen(manager).subDataset(List.of(7L, 2L, 3L));
            assertArrayEquals(new float[] {7, 2, 3}, LabeledData.of(part).getFeatures());
        }
    }
}
