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
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Examples and their classes, in the memory of the host.
 *
 * <p>Data sets from another distribution, which are only predicted, need no labels.
 */
public final class LabeledData {

    private final float[] features;
    private final Shape shape;
    private final int[] labels;
    private final int classes;

    private LabeledData(float[] features, Shape shape, int[] labels, int classes) {
        this.features = features;
        this.shape = shape;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * Takes labelled examples, with as many classes as the labels show.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0
     * @return the data
     * @throws IllegalArgumentException if lengths do not fit, a feature is NaN or infinite, or a
     *     label is negative
     */
    public static LabeledData of(float[] features, Shape shape, int[] labels) {
        int classes = Arrays.stream(labels).max().orElse(-1) + 1;
        return of(features, shape, labels, classes);
    }

    /**
     * Takes labelled examples.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0 to {@code classes - 1}
     * @param classes the number of classes
     * @return the data
     * @throws IllegalArgumentException if lengths do not fit, a feature is NaN or infinite, or a
     *     label is no class
     */
    public static LabeledData of(float[] features, Shape shape, int[] labels, int classes) {
        int size = requireFeatures(features, shape);
        if (labels.length != size) {
            throw new IllegalArgumentException(
                    "%d labels for %d examples of shape %s: give one label for each example"
                            .formatted(labels.length, size, shape));
        }
        for (int i = 0; i < size; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "Label %d of example %d is not one of the %d classes, 0 to %d"
                                .formatted(labels[i], i, classes, classes - 1));
            }
        }
        return new LabeledData(features, shape, labels.clone(), classes);
    }

    /**
     * Takes examples without labels, to be predicted.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @return the data
     * @throws IllegalArgumentException if the length does not fit, or a feature is NaN or infinite
     */
    public static LabeledData unlabeled(float[] features, Shape shape) {
        requireFeatures(features, shape);
        return new LabeledData(features, shape, null, 0);
    }

    /**
     * Reads a DJL data set: all batches that it gives, the first array of each as examples and the
     * first label array as classes.
     *
     * @param dataset the data set, sampled without dropping the last batch
     * @return the data
     * @throws IOException if the data set cannot be read
     * @throws TranslateException if its pipeline fails
     * @throws IllegalArgumentException as {@link #of(float[], Shape, int[])}
     */
    public static LabeledData of(RandomAccessDataset dataset)
            throws IOException, TranslateException {
        requireOwnOrder(dataset);
        List<float[]> features = new ArrayList<>();
        List<int[]> labels = new ArrayList<>();
        Shape shape = null;
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Batch batch : dataset.getData(manager)) {
                NDArray x = batch.getData().head();
                shape = x.getShape().slice(1);
                features.add(floats(x));
                labels.add(ints(batch.getLabels().head()));
                batch.close();
            }
        }
        if (shape == null) {
            throw new IllegalArgumentException("The data set gives no batch");
        }
        return of(concat(features), shape, labels.stream().flatMapToInt(Arrays::stream).toArray());
    }

    /** In order, a part of DJL's array data set gives the rows at its indices' places. */
    private static void requireOwnOrder(RandomAccessDataset dataset) {
        Class<?> type = dataset.getClass();
        if (type.getEnclosingClass() == ArrayDataset.class
                && type.getSimpleName().equals("SubDataset")) {
            throw new IllegalArgumentException(
                    "A part that randomSplit made of an ArrayDataset gives other rows than its own: read the whole data set, and split what LabeledData.of returns");
        }
    }

    /**
     * Reads a CSV file: the class in the first column, features in the others. A first line without
     * a single number is taken for names and skipped.
     *
     * @param file the file
     * @param shape the shape of one example, or null for one axis of all columns
     * @param scale what features are multiplied with, such as {@code 1/255}
     * @return the data
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line is not of this form; names file and line
     */
    public static LabeledData ofCsv(Path file, Shape shape, double scale) throws IOException {
        return Csv.read(file, shape, scale);
    }

    /**
     * Reads comma-separated values from a resource beside a class, as {@link #ofCsv(Path, Shape,
     * double)} does from a file.
     *
     * @param type the class
     * @param name the name of the resource, relative to the class
     * @param shape the shape of one example, or null for one axis of all columns
     * @param scale what features are multiplied with
     * @return the data
     * @throws IOException if there is no such resource, or it cannot be read
     * @throws IllegalArgumentException if a line is not of this form; names resource and line
     */
    public static LabeledData ofCsv(Class<?> type, String name, Shape shape, double scale)
            throws IOException {
        InputStream in = type.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(
                    "There is no resource '" + name + "' beside " + type.getName());
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return Csv.read(reader, name, shape, scale);
        }
    }

    private static int requireFeatures(float[] features, Shape shape) {
        Objects.requireNonNull(features, "features");
        long length = shape.size();
        if (length < 1) {
            throw new IllegalArgumentException(
                    "The shape of an example must have positive axes, but is " + shape);
        }
        if (features.length == 0 || features.length % length != 0) {
            throw new IllegalArgumentException(
                    "%d features are not a positive number of examples of shape %s, which have %d each"
                            .formatted(features.length, shape, length));
        }
        for (int i = 0; i < features.length; i++) {
            if (!Float.isFinite(features[i])) {
                throw new IllegalArgumentException(
                        "Feature %d of example %d is %s: replace missing values before training"
                                .formatted(i % length, i / length, features[i]));
            }
        }
        return Math.toIntExact(features.length / length);
    }

    private static float[] floats(NDArray array) {
        return array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    private static int[] ints(NDArray array) {
        long[] values = array.toType(DataType.INT64, false).toLongArray();
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private static float[] concat(List<float[]> parts) {
        int length = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return Math.toIntExact(features.length / shape.size());
    }

    /**
     * Returns the shape of one example.
     *
     * @return the shape, without an axis for examples
     */
    public Shape getShape() {
        return shape;
    }

    /**
     * Returns the number of classes.
     *
     * @return the classes; 0 without labels
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Returns whether the classes of the examples are known.
     *
     * @return whether there are labels
     */
    public boolean hasLabels() {
        return labels != null;
    }

    /**
     * Returns the class of each example.
     *
     * @return the labels
     * @throws IllegalStateException if there are none
     */
    public int[] getLabels() {
        if (labels == null) {
            throw new IllegalStateException(
                    "These data have no labels: they can be predicted, but not trained on or"
                            + " judged");
        }
        return labels.clone();
    }

    /**
     * Returns the examples one after the other.
     *
     * @return the features {@code [N, shape...]}
     */
    public float[] getFeatures() {
        return features.clone();
    }

    /**
     * Copies examples to an array.
     *
     * @param manager the manager of the array, on the device that it shall be on
     * @param from the first example
     * @param to the example after the last
     * @return the array {@code [to - from, shape...]}
     */
    public NDArray toArray(NDManager manager, int from, int to) {
        int length = Math.toIntExact(shape.size());
        float[] part =
                from == 0 && to == size()
                        ? features
                        : Arrays.copyOfRange(features, from * length, to * length);
        return manager.create(part, new Shape(to - from).addAll(shape));
    }

    /**
     * Returns some of the examples, in the given order.
     *
     * @param indices the examples; may repeat
     * @return the data, with the same classes
     * @throws IllegalArgumentException if an index is no example
     */
    public LabeledData subset(int[] indices) {
        int length = Math.toIntExact(shape.size());
        float[] some = new float[Math.multiplyExact(indices.length, length)];
        int[] someLabels = labels == null ? null : new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size()) {
                throw new IllegalArgumentException(
                        "Index %d is none of the %d examples".formatted(indices[i], size()));
            }
            System.arraycopy(features, indices[i] * length, some, i * length, length);
            if (labels != null) {
                someLabels[i] = labels[indices[i]];
            }
        }
        if (indices.length == 0) {
            throw new IllegalArgumentException("A subset needs at least one example");
        }
        return new LabeledData(some, shape, someLabels, classes);
    }

    /**
     * Divides the examples at random.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts
     * @throws IllegalArgumentException if a share is not above 0, they exceed 1, or a part is empty
     */
    public LabeledData[] split(long seed, double... fractions) {
        return Splits.plain(this, seed, fractions);
    }

    /**
     * Divides the examples of each class at random, so that all parts have the same mix of classes.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts
     * @throws IllegalArgumentException if a share is not above 0, they exceed 1, or a part is empty
     * @throws IllegalStateException if there are no labels
     */
    public LabeledData[] splitStratified(long seed, double... fractions) {
        return Splits.stratified(this, seed, fractions);
    }
}
