/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.translate.TranslateException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Examples and their classes, in the memory of the host.
 *
 * <p>Features are numbers that the model computes with, {@code float32}, or ids that it looks up in
 * an embedding, {@code int64}: DJL's embeddings take whole numbers alone.
 *
 * <p>Data sets from another distribution, which are only predicted, need no labels.
 */
public final class LabeledData {

    private final Features features;
    private final Shape shape;
    private final int[] labels;
    private final int classes;

    private LabeledData(Features features, Shape shape, int[] labels, int classes) {
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
        return of(features, shape, labels, classes(labels));
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
        return of(new Features.Numbers(features), shape, labels, classes);
    }

    /**
     * Takes labelled examples of ids, as an embedding looks up, with as many classes as the labels
     * show.
     *
     * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0
     * @return the data
     * @throws IllegalArgumentException if lengths do not fit, or an id or a label is negative
     */
    public static LabeledData ofIds(long[] ids, Shape shape, int[] labels) {
        return ofIds(ids, shape, labels, classes(labels));
    }

    /**
     * Takes labelled examples of ids, as an embedding looks up.
     *
     * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0 to {@code classes - 1}
     * @param classes the number of classes
     * @return the data
     * @throws IllegalArgumentException if lengths do not fit, an id is negative, or a label is no
     *     class
     */
    public static LabeledData ofIds(long[] ids, Shape shape, int[] labels, int classes) {
        return of(new Features.Ids(ids), shape, labels, classes);
    }

    static int classes(int[] labels) {
        return Arrays.stream(labels).max().orElse(-1) + 1;
    }

    static LabeledData of(Features features, Shape shape, int[] labels, int classes) {
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
        return unlabeled(new Features.Numbers(features), shape);
    }

    /**
     * Takes examples of ids without labels, to be predicted.
     *
     * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @return the data
     * @throws IllegalArgumentException if the length does not fit, or an id is negative
     */
    public static LabeledData unlabeledIds(long[] ids, Shape shape) {
        return unlabeled(new Features.Ids(ids), shape);
    }

    private static LabeledData unlabeled(Features features, Shape shape) {
        requireFeatures(features, shape);
        return new LabeledData(features, shape, null, 0);
    }

    /**
     * Reads a DJL data set: all batches that it gives, the first array of each as examples and the
     * first label array as classes. Arrays of {@code int32} and {@code int64} are ids, all others
     * numbers.
     *
     * @param dataset the data set, sampled without dropping the last batch
     * @return the data
     * @throws IOException if the data set cannot be read
     * @throws TranslateException if its pipeline fails
     * @throws IllegalArgumentException as {@link #of(float[], Shape, int[])}
     */
    public static LabeledData of(RandomAccessDataset dataset)
            throws IOException, TranslateException {
        return Datasets.read(dataset);
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

    private static int requireFeatures(Features features, Shape shape) {
        long length = shape.size();
        if (length < 1) {
            throw new IllegalArgumentException(
                    "The shape of an example must have positive axes, but is " + shape);
        }
        if (features.length() == 0 || features.length() % length != 0) {
            throw new IllegalArgumentException(
                    "%d features are not a positive number of examples of shape %s, which have %d each"
                            .formatted(features.length(), shape, length));
        }
        features.require(Math.toIntExact(length));
        return Math.toIntExact(features.length() / length);
    }

    /**
     * Returns the same examples with their features as ids, such as those of a CSV file.
     *
     * @return the data; these if they are of ids
     * @throws IllegalArgumentException if a feature is no whole number from 0 to 2^24, up to which
     *     {@code float} has them all
     */
    public LabeledData toIds() {
        return features instanceof Features.Numbers numbers
                ? new LabeledData(numbers.toIds(width()), shape, labels, classes)
                : this;
    }

    private int width() {
        return Math.toIntExact(shape.size());
    }

    /**
     * Returns the number of examples.
     *
     * @return {@code N}
     */
    public int size() {
        return Math.toIntExact(features.length() / shape.size());
    }

    /**
     * Returns the data type of the features.
     *
     * @return {@code FLOAT32} for numbers, {@code INT64} for ids
     */
    public DataType getDataType() {
        return features.dataType();
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
     * @throws IllegalStateException if they are ids
     */
    public float[] getFeatures() {
        if (features instanceof Features.Numbers numbers) {
            return numbers.values().clone();
        }
        throw new IllegalStateException("The examples are of ids: ask for them with getIds");
    }

    /**
     * Returns the ids of the examples, one example after the other.
     *
     * @return the ids {@code [N, shape...]}
     * @throws IllegalStateException if the features are numbers
     */
    public long[] getIds() {
        if (features instanceof Features.Ids ids) {
            return ids.values().clone();
        }
        throw new IllegalStateException(
                "The examples are of numbers, not of ids: ask for them with getFeatures");
    }

    /**
     * Returns what tells these data from others, bit for bit and in their order.
     *
     * @return the SHA-256 checksum of features and labels, in hexadecimal digits
     */
    public String getChecksum() {
        Checksum checksum = new Checksum();
        if (features instanceof Features.Numbers numbers) {
            checksum.add(numbers.values());
        } else if (features instanceof Features.Ids ids) {
            checksum.add(ids.values());
        }
        return checksum.add(labels == null ? new int[0] : labels).get();
    }

    /**
     * Copies examples to an array.
     *
     * @param manager the manager of the array, on the device that it shall be on
     * @param from the first example
     * @param to the example after the last
     * @return the array {@code [to - from, shape...]}, of the features' data type
     */
    public NDArray toArray(NDManager manager, int from, int to) {
        int length = width();
        return features.toArray(
                manager, from * length, to * length, new Shape(to - from).addAll(shape));
    }

    /**
     * Returns some of the examples, in the given order.
     *
     * @param indices the examples; may repeat
     * @return the data, with the same classes
     * @throws IllegalArgumentException if an index is no example
     */
    public LabeledData subset(int[] indices) {
        int[] someLabels = labels == null ? null : new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size()) {
                throw new IllegalArgumentException(
                        "Index %d is none of the %d examples".formatted(indices[i], size()));
            }
            if (labels != null) {
                someLabels[i] = labels[indices[i]];
            }
        }
        if (indices.length == 0) {
            throw new IllegalArgumentException("A subset needs at least one example");
        }
        return new LabeledData(features.subset(indices, width()), shape, someLabels, classes);
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
