/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads labelled examples from DJL's data sets. */
final class Datasets {

    private Datasets() {}

    static LabeledData read(RandomAccessDataset dataset) throws IOException, TranslateException {
        requireOwnOrder(dataset);
        List<Features> features = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        Shape shape = null;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Batch batch : dataset.getData(manager)) {
                NDArray x = batch.getData().head();
                shape = x.getShape().slice(1);
                features.add(Features.of(x));
                labels.add(ints(batch.getLabels().head()));
                batch.close();
            }
        }
        if (shape == null) {
            throw new IllegalArgumentException("The data set gives no batch");
        }
        int[] all = labels.stream().flatMapToInt(Arrays::stream).toArray();
        return LabeledData.of(
                Features.concat(features), shape, new Targets.Classes(all, Targets.classes(all)));
    }

    /** In order, a part of DJL's array data set gives the rows at its indices' places. */
    static void requireOwnOrder(RandomAccessDataset dataset) {
        Class<?> type = dataset.getClass();
        if (type.getEnclosingClass() == ArrayDataset.class
                && type.getSimpleName().equals("SubDataset")) {
            throw new IllegalArgumentException(
                    "A part that randomSplit made of an ArrayDataset gives other rows than its own: read the whole data set, and split what LabeledData.of returns");
        }
    }

    /** The labels of a batch, {@code [N]} or {@code [N, K]}, by what they are. */
    static Targets targets(NDArray labels, Task task, int outputs) {
        if (task == Task.CLASSIFICATION) {
            return new Targets.Classes(ints(labels), outputs);
        }
        Shape shape = labels.getShape();
        if (shape.size() != shape.get(0) * outputs) {
            throw new IllegalArgumentException(
                    "The labels of a batch are %s, but must be [batch, %d]"
                            .formatted(shape, outputs));
        }
        float[] values = labels.toType(DataType.FLOAT32, false).toFloatArray();
        return new Targets.Values(task, values, outputs);
    }

    private static int[] ints(NDArray array) {
        long[] values = array.toType(DataType.INT64, false).toLongArray();
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
