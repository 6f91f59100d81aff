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
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Examples and the right answers, in the memory of the host: classes, several labels of each, or
 * numbers, as the {@link Task} is.
 *
 * <p>Features are numbers that the model computes with, {@code float32}, or ids that it looks up in
 * an embedding, {@code int64}: DJL's embeddings take whole numbers alone.
 *
 * <p>Data sets from another distribution, which are only predicted, need no labels.
 */
public final class LabeledData implements Examples, Serializable {

    private static final long serialVersionUID = 1L;

    private final Features features;
    private final Shape shape;
    private final Targets targets;

    /** How the examples were read; null if they are arrays. */
    private final TableFormat table;

    /** Where the examples are written, for messages; null if it is not known. */
    private final Origin origin;

    private LabeledData(
            Features features, Shape shape, Targets targets, TableFormat table, Origin origin) {
        this.features = features;
        this.shape = shape;
        this.targets = targets;
        this.table = table;
        this.origin = origin;
    }

    /**
     * Takes labelled examples, with as many classes as the labels show.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0
     * @return the data
     * @throws IllegalArgumentException if lengths do not fit, or a number is none to train on
     */
    public static LabeledData of(float[] features, Shape shape, int[] labels) {
        return of(features, shape, labels, Targets.classes(labels));
    }

    /**
     * Takes labelled examples.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0 to {@code classes - 1}
     * @param classes the number of classes
     * @return the data
     * @throws IllegalArgumentException as the other, or if a label is no class
     */
    public static LabeledData of(float[] features, Shape shape, int[] labels, int classes) {
        return of(new Features.Numbers(features), shape, new Targets.Classes(labels, classes));
    }

    /**
     * Takes labelled examples of ids, with as many classes as the labels show.
     *
     * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @param labels the class of each example, from 0
     * @return the data
     */
    public static LabeledData ofIds(long[] ids, Shape shape, int[] labels) {
        return ofIds(ids, shape, labels, Targets.classes(labels));
    }

    /**
     * Takes labelled examples of ids, as {@link #of(float[], Shape, int[], int)} takes numbers.
     *
     * @param ids the ids
     * @param shape the shape of one example
     * @param labels the classes
     * @param classes the number of classes
     * @return the data
     */
    public static LabeledData ofIds(long[] ids, Shape shape, int[] labels, int classes) {
        return of(new Features.Ids(ids), shape, new Targets.Classes(labels, classes));
    }

    static LabeledData of(Features features, Shape shape, Targets targets) {
        return of(features, shape, targets, null, null);
    }

    static LabeledData of(
            Features features, Shape shape, Targets targets, TableFormat table, Origin origin) {
        int size = features.requireExamples(shape);
        if (targets != null) {
            targets.requireLength(size, shape);
        }
        return new LabeledData(features, shape, targets, table, origin);
    }

    /**
     * Takes examples without labels, to be predicted.
     *
     * @param features the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @return the data
     */
    public static LabeledData unlabeled(float[] features, Shape shape) {
        return of(new Features.Numbers(features), shape, null);
    }

    /**
     * Takes examples of ids without labels, to be predicted.
     *
     * @param ids the ids of the examples one after the other, {@code [N, shape...]}; not copied
     * @param shape the shape of one example
     * @return the data
     */
    public static LabeledData unlabeledIds(long[] ids, Shape shape) {
        return of(new Features.Ids(ids), shape, null);
    }

    /**
     * Returns the same examples with several labels each: {@link Task#MULTI_LABEL}.
     *
     * @param labels for each example a 1 for each label that it has and a 0 for all others, {@code
     *     [N][K]}
     * @return the data
     * @throws IllegalArgumentException if a row does not fit or a number is neither 0 nor 1
     */
    public LabeledData withMultiLabels(int[][] labels) {
        return of(features, shape, Targets.ofLabels(labels), table, origin);
    }

    /**
     * Returns the same examples with numbers to predict: {@link Task#REGRESSION}. They are trained
     * on and predicted as they are; scale them to about -1 to 1 where their units do not.
     *
     * @param targets the numbers of each example, {@code [N][K]}
     * @return the data
     * @throws IllegalArgumentException if the rows do not fit, or a number is NaN or infinite
     */
    public LabeledData withTargets(float[][] targets) {
        return of(features, shape, Targets.of(Task.REGRESSION, targets), table, origin);
    }

    /**
     * Returns other features with the same right answers, such as changed images.
     *
     * @param changed the examples one after the other, {@code [N, shape...]} as these; not copied
     * @return the data
     * @throws IllegalArgumentException if there are more or fewer numbers, or one is NaN or
     *     infinite
     */
    public LabeledData withFeatures(float[] changed) {
        if (changed.length != features.length()) {
            throw new IllegalArgumentException(
                    "%d numbers cannot take the place of %d"
                            .formatted(changed.length, features.length()));
        }
        return of(new Features.Numbers(changed), shape, targets);
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
     * Returns the same examples with their features as ids, such as those of a CSV file.
     *
     * @return the data; these if they are of ids
     * @throws IllegalArgumentException if a feature is no whole number from 0 to 2^24, up to which
     *     {@code float} has them all
     */
    public LabeledData toIds() {
        Features ids = features.toIds(width());
        TableFormat own = table == null ? null : table.ofIds();
        return ids == features ? this : new LabeledData(ids, shape, targets, own, origin);
    }

    private int width() {
        return Math.toIntExact(shape.size());
    }

    /** {@inheritDoc} */
    @Override
    public int size() {
        return Math.toIntExact(features.length() / shape.size());
    }

    /** {@inheritDoc} */
    @Override
    public DataType getDataType() {
        return features.dataType();
    }

    /** {@inheritDoc} */
    @Override
    public Shape getShape() {
        return shape;
    }

    /** Returns that of the table that the examples were read from; else that of arrays. */
    @Override
    public InputFormat getInputFormat() {
        return table == null ? Examples.super.getInputFormat() : table;
    }

    /** Returns the task; without labels, {@link Task#CLASSIFICATION}. */
    @Override
    public Task getTask() {
        return targets == null ? Task.CLASSIFICATION : targets.task();
    }

    /** {@inheritDoc} */
    @Override
    public int getOutputs() {
        return targets == null ? 0 : targets.outputs();
    }

    /**
     * Returns the number of classes.
     *
     * @return the classes; 0 without labels, or if the task is another
     */
    public int getClasses() {
        return targets instanceof Targets.Classes classes ? classes.outputs() : 0;
    }

    /**
     * Returns the class of each example.
     *
     * @return the labels
     * @throws IllegalStateException if there are none
     */
    public int[] getLabels() {
        return requireTargets().labels();
    }

    /**
     * Returns the labels or numbers of each example.
     *
     * @return the targets {@code [N, K]} in row-major order
     * @throws IllegalStateException if there are none, or they are classes
     */
    public float[] getTargets() {
        return requireTargets().values();
    }

    private Targets requireTargets() {
        if (targets == null) {
            throw new IllegalStateException(
                    "These data have no labels: they can be predicted, but not trained on or judged");
        }
        return targets;
    }

    /**
     * Returns the examples one after the other.
     *
     * @return the features {@code [N, shape...]}
     */
    public float[] getFeatures() {
        return features.numbers();
    }

    /**
     * Returns the ids of the examples, one example after the other.
     *
     * @return the ids {@code [N, shape...]}
     */
    public long[] getIds() {
        return features.ids();
    }

    /** {@inheritDoc} */
    @Override
    public String getChecksum() {
        return Checksum.of(features, targets);
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
        int length = width();
        return features.toArray(
                manager, from * length, to * length, new Shape(to - from).addAll(shape));
    }

    /**
     * Copies the right answers to an array.
     *
     * @param manager the manager of the array, on the device that it shall be on
     * @param from the first example
     * @param to the example after the last
     * @return classes {@code [n]} of {@code int64}, or targets {@code [n, K]} of {@code float32}
     */
    public NDArray toTargetArray(NDManager manager, int from, int to) {
        return requireTargets().toArray(manager, from, to);
    }

    /** Returns {@link #subset}. */
    @Override
    public LabeledData read(int... examples) {
        return subset(examples);
    }

    /** Returns these data. */
    @Override
    public LabeledData readAll() {
        return this;
    }

    /**
     * Returns some of the examples, in the given order.
     *
     * @param indices the examples; may repeat
     * @return the data, with the same classes
     */
    public LabeledData subset(int[] indices) {
        for (int index : indices) {
            if (index < 0 || index >= size()) {
                throw new IllegalArgumentException(
                        "Index %d is none of the %d examples".formatted(index, size()));
            }
        }
        if (indices.length == 0) {
            throw new IllegalArgumentException("A subset needs at least one example");
        }
        Targets some = targets == null ? null : targets.subset(indices);
        Origin own = origin == null ? null : origin.subset(indices);
        return new LabeledData(features.subset(indices, width()), shape, some, table, own);
    }

    /** {@inheritDoc} */
    @Override
    public LabeledData[] split(long seed, double... fractions) {
        return subsets(Splits.plain(size(), seed, fractions));
    }

    /**
     * Says which examples are of classes that a model does not have.
     *
     * @param classes the classes of the model
     * @return the first, with the file and the line where it is written; nothing if there is none,
     *     or it is not known where it is written
     */
    public Optional<String> findUnknownClass(int classes) {
        if (origin == null || getTask() != Task.CLASSIFICATION || !hasLabels()) {
            return Optional.empty();
        }
        int[] labels = getLabels();
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] >= classes)
                .mapToObj(i -> "%s has the class %d".formatted(origin.of(i), labels[i]))
                .findFirst();
    }

    private LabeledData[] subsets(int[][] parts) {
        return Arrays.stream(parts).map(this::subset).toArray(LabeledData[]::new);
    }

    /**
     * Divides the examples of each class at random, so that all parts have the same mix of classes.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts
     * @throws IllegalArgumentException as {@link #split}
     * @throws IllegalStateException if there are no classes
     */
    public LabeledData[] splitStratified(long seed, double... fractions) {
        return subsets(Splits.stratified(getLabels(), getClasses(), seed, fractions));
    }
}
