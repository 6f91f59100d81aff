/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** The right answers of examples, by what kind they are of. */
sealed interface Targets extends Serializable {

    /** What a model answers. */
    Task task();

    /** How many numbers it gives. */
    int outputs();

    /** How many examples there are. */
    int length();

    /** Requires an answer for each example of a shape. */
    default void requireLength(int examples, Shape shape) {
        if (length() != examples) {
            throw new IllegalArgumentException(
                    "%d %s for %d examples of shape %s: give one for each example"
                            .formatted(
                                    length(),
                                    task() == Task.CLASSIFICATION ? "labels" : "rows of targets",
                                    examples,
                                    shape));
        }
    }

    /** The answers from one example to before another: {@code [N]} classes or {@code [N, K]}. */
    NDArray toArray(NDManager manager, int from, int to);

    /** The answers of some examples, in their order. */
    Targets subset(int[] examples);

    /** A copy of the classes {@code [N]}, if they are some. */
    int[] labels();

    /** A copy of the numbers {@code [N, K]}, if they are some. */
    float[] values();

    /** The number of classes that labels show. */
    static int classes(int[] labels) {
        return Arrays.stream(labels).max().orElse(-1) + 1;
    }

    /** Labels {@code [N][K]} of zeros and ones. */
    static Targets ofLabels(int[][] labels) {
        float[][] values = new float[labels.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[labels[i].length];
            for (int k = 0; k < values[i].length; k++) {
                values[i][k] = labels[i][k];
            }
        }
        return of(Task.MULTI_LABEL, values);
    }

    /** Targets {@code [N][K]} of one task, in rows of equal length. */
    static Targets of(Task task, float[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        if (columns == 0) {
            throw new IllegalArgumentException(
                    "Give a row of numbers for each example, as many as the model gives: [N][K]");
        }
        float[] values = new float[Math.multiplyExact(rows.length, columns)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "The first example has %d targets, but example %d has %d"
                                .formatted(columns, i, rows[i].length));
            }
            System.arraycopy(rows[i], 0, values, i * columns, columns);
        }
        return new Values(task, values, columns);
    }

    /** All parts, one after the other; they are of one kind. */
    static Targets concat(List<Targets> parts, int outputs) {
        Task task = parts.get(0).task();
        if (task == Task.CLASSIFICATION) {
            return new Classes(
                    parts.stream().flatMapToInt(part -> Arrays.stream(part.labels())).toArray(),
                    outputs);
        }
        int length = parts.stream().mapToInt(Targets::length).sum();
        float[] values = new float[Math.multiplyExact(length, outputs)];
        int at = 0;
        for (Targets part : parts) {
            float[] own = part.values();
            System.arraycopy(own, 0, values, at, own.length);
            at += own.length;
        }
        return new Values(task, values, outputs);
    }

    /**
     * Classes.
     *
     * @param labels the class of each example
     * @param outputs the number of classes
     */
    record Classes(int[] labels, int outputs) implements Targets {

        public Classes {
            for (int i = 0; i < labels.length; i++) {
                if (labels[i] < 0 || labels[i] >= outputs) {
                    throw new IllegalArgumentException(
                            "Label %d of example %d is not one of the %d classes, 0 to %d"
                                    .formatted(labels[i], i, outputs, outputs - 1));
                }
            }
            labels = labels.clone();
        }

        @Override
        public Task task() {
            return Task.CLASSIFICATION;
        }

        @Override
        public int[] labels() {
            return labels.clone();
        }

        @Override
        public float[] values() {
            throw new IllegalStateException(
                    "The examples have a class each: ask for the classes with getLabels");
        }

        @Override
        public int length() {
            return labels.length;
        }

        @Override
        public NDArray toArray(NDManager manager, int from, int to) {
            return manager.create(
                    Arrays.stream(labels, from, to).asLongStream().toArray(), new Shape(to - from));
        }

        @Override
        public Targets subset(int[] examples) {
            return new Classes(Arrays.stream(examples).map(i -> labels[i]).toArray(), outputs);
        }
    }

    /**
     * Rows of numbers.
     *
     * @param task what they are
     * @param values the numbers, {@code [N, outputs]} in row-major order
     * @param outputs the numbers of a row
     */
    record Values(Task task, float[] values, int outputs) implements Targets {

        public Values {
            for (int at = 0; at < values.length; at++) {
                float value = values[at];
                boolean valid =
                        task == Task.REGRESSION ? Float.isFinite(value) : value == 0 || value == 1;
                if (!valid) {
                    throw new IllegalArgumentException(
                            task == Task.REGRESSION
                                    ? "Target %d of example %d is %s: leave examples without a target out"
                                            .formatted(at % outputs, at / outputs, value)
                                    : "Label %d of example %d must be 0 or 1, but is %s"
                                            .formatted(at % outputs, at / outputs, value));
                }
            }
        }

        @Override
        public int[] labels() {
            throw new IllegalStateException(
                    "The examples have no class each, but %d targets (%s): ask for them with getTargets"
                            .formatted(outputs, task));
        }

        @Override
        public float[] values() {
            return values.clone();
        }

        @Override
        public int length() {
            return values.length / outputs;
        }

        @Override
        public NDArray toArray(NDManager manager, int from, int to) {
            return manager.create(
                    Arrays.copyOfRange(values, from * outputs, to * outputs),
                    new Shape(to - from, outputs));
        }

        @Override
        public Targets subset(int[] examples) {
            float[] some = new float[Math.multiplyExact(examples.length, outputs)];
            for (int i = 0; i < examples.length; i++) {
                System.arraycopy(values, examples[i] * outputs, some, i * outputs, outputs);
            }
            return new Values(task, some, outputs);
        }
    }
}
