/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamedDatasetTest {

    /** Record {@code i} is {@code (i, -i)} with one label, {@code i} times a factor. */
    private static final class Counted extends RandomAccessDataset {

        private final double factor;
        private int size = 10;
        private float shift;
        private boolean isDrawn;
        final List<Long> read = Collections.synchronizedList(new ArrayList<>());

        private Counted(Builder builder, double factor) {
            super(builder);
            this.factor = factor;
        }

        static Counted of(double factor) {
            return new Counted(new Builder().setSampling(3, true, true), factor);
        }

        @Override
        public Record get(NDManager manager, long index) {
            read.add(index);
            shift += isDrawn ? 1 : 0;
            return new Record(
                    new NDList(manager.create(new float[] {index + shift, -index})),
                    new NDList(manager.create((float) (index * factor))));
        }

        @Override
        protected long availableSize() {
            return size;
        }

        @Override
        public void prepare(Progress progress) {
            // nothing to do
        }

        /** The builder that DJL needs. */
        private static final class Builder extends BaseBuilder<Builder> {

            @Override
            protected Builder self() {
                return this;
            }
        }
    }

    @Test
    void readsWhatIsAskedForAndNoMore() throws IOException, TranslateException {
        Counted dataset = Counted.of(1);
        StreamedDataset data = StreamedDataset.of(dataset, 10);
        assertEquals(List.of(0L), dataset.read);
        assertEquals(10, data.size());
        assertEquals(new Shape(2), data.getShape());
        assertSame(DataType.FLOAT32, data.getDataType());
        dataset.read.clear();
        LabeledData some = data.read(7, 2, 7);
        assertEquals(List.of(7L, 2L, 7L), dataset.read);
        assertArrayEquals(new float[] {7, -7, 2, -2, 7, -7}, some.getFeatures());
        assertArrayEquals(new int[] {7, 2, 7}, some.getLabels());
        assertEquals(10, some.getClasses());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, data.readAll().getLabels());
    }

    @Test
    void labelsMayBeNumbers() throws IOException, TranslateException {
        StreamedDataset data = StreamedDataset.of(Counted.of(0.25), Task.REGRESSION, 1);
        assertSame(Task.REGRESSION, data.getTask());
        assertArrayEquals(new float[] {0.75f, 1}, data.read(3, 4).getTargets());
        assertThrows(
                IllegalArgumentException.class,
                () -> StreamedDataset.of(Counted.of(1), Task.REGRESSION, 2));
    }

    @Test
    void arraysOfDjlAreReadInBulk() throws IOException, TranslateException {
        try (NDManager manager = NDManager.newBaseManager()) {
            ArrayDataset arrays =
                    new ArrayDataset.Builder()
                            .setData(manager.arange(12f).reshape(4, 3))
                            .optLabels(
                                    manager.create(
                                            new float[] {1, 0, 0, 1, 1, 1, 0, 0}, new Shape(4, 2)))
                            .setSampling(2, false)
                            .build();
            StreamedDataset data = StreamedDataset.of(arrays, Task.MULTI_LABEL, 2);
            LabeledData some = data.read(3, 1);
            assertArrayEquals(new float[] {9, 10, 11, 3, 4, 5}, some.getFeatures());
            assertArrayEquals(new float[] {0, 0, 0, 1}, some.getTargets());
        }
    }

    @Test
    void refusesWhatIsWrong() throws IOException, TranslateException {
        StreamedDataset data = StreamedDataset.of(Counted.of(1), 5);
        IllegalArgumentException label =
                assertThrows(IllegalArgumentException.class, () -> data.read(5));
        assertTrue(label.getMessage().startsWith("Label 5 of example 0"), label.getMessage());
        assertThrows(IllegalArgumentException.class, () -> data.read(10));
        assertThrows(IllegalArgumentException.class, () -> StreamedDataset.of(Counted.of(1), 0));
    }

    @Test
    void isKnownBySomeOfItsExamples() throws IOException, TranslateException {
        Counted dataset = Counted.of(0.25);
        String checksum = StreamedDataset.of(dataset, Task.REGRESSION, 1).getChecksum();
        assertEquals(checksum, StreamedDataset.of(dataset, Task.REGRESSION, 1).getChecksum());
        assertEquals(
                checksum, StreamedDataset.of(Counted.of(0.25), Task.REGRESSION, 1).getChecksum());
        assertNotEquals(
                checksum, StreamedDataset.of(Counted.of(0.5), Task.REGRESSION, 1).getChecksum());
        dataset.shift = 1;
        assertNotEquals(checksum, StreamedDataset.of(dataset, Task.REGRESSION, 1).getChecksum());
    }

    @Test
    void isKnownByItsAnswersWhereExamplesAreDrawn() throws IOException, TranslateException {
        Counted drawn = Counted.of(0.25);
        drawn.isDrawn = true;
        StreamedDataset data = StreamedDataset.of(drawn, Task.REGRESSION, 1);
        assertEquals(data.getChecksum(), data.getChecksum());
        Counted others = Counted.of(0.5);
        others.isDrawn = true;
        assertNotEquals(
                data.getChecksum(), StreamedDataset.of(others, Task.REGRESSION, 1).getChecksum());
    }

    @Test
    void readsFewOfManyToKnowThem() throws IOException, TranslateException {
        Counted many = Counted.of(1e-3);
        many.size = 100_000;
        StreamedDataset data = StreamedDataset.of(many, Task.REGRESSION, 1);
        many.read.clear();
        data.getChecksum();
        assertEquals(128, many.read.size());
        assertEquals(many.read.subList(0, 64), many.read.subList(64, 128));
    }
}
