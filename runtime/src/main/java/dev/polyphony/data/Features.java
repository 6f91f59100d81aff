/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The numbers of examples, one example after the other, in the data type that the model gets. */
sealed interface Features extends Serializable {

    /** How many numbers there are. */
    int length();

    /** The data type of the arrays. */
    DataType dataType();

    /** The numbers from one to before another as an array. */
    NDArray toArray(NDManager manager, int from, int to, Shape shape);

    /** The numbers of some examples of a length, in their order. */
    Features subset(int[] examples, int length);

    /** Requires that all numbers are ones that a model can learn from. */
    void require(int length);

    /** A copy of the numbers, if they are some. */
    float[] numbers();

    /** A copy of the ids, if they are some. */
    long[] ids();

    /** The same numbers as ids, which they must be. */
    Ids toIds(int length);

    /** Requires examples of a shape that a model can learn from, and returns how many they are. */
    default int requireExamples(Shape shape) {
        long length = shape.size();
        if (length < 1) {
            throw new IllegalArgumentException(
                    "The shape of an example must have positive axes, but is " + shape);
        }
        if (length() == 0 || length() % length != 0) {
            throw new IllegalArgumentException(
                    "%d features are not a positive number of examples of shape %s, which have %d each"
                            .formatted(length(), shape, length));
        }
        require(Math.toIntExact(length));
        return Math.toIntExact(length() / length);
    }

    /** Whether a data type is that of ids: DJL's embeddings take these and no others. */
    static boolean isOfIds(DataType type) {
        return type == DataType.INT32 || type == DataType.INT64;
    }

    /** The numbers of an array: ids if it holds whole numbers as ids are, else numbers. */
    static Features of(NDArray array) {
        return isOfIds(array.getDataType())
                ? new Ids(array.toType(DataType.INT64, false).toLongArray())
                : new Numbers(array.toType(DataType.FLOAT32, false).toFloatArray());
    }

    /** All parts, one after the other; they are of one kind. */
    static Features concat(List<Features> parts) {
        int length = parts.stream().mapToInt(Features::length).reduce(0, Math::addExact);
        boolean isOfIds = parts.get(0) instanceof Ids;
        Object all = isOfIds ? new long[length] : new float[length];
        int at = 0;
        for (Features part : parts) {
            Object values = part instanceof Ids ids ? ids.values : ((Numbers) part).values;
            System.arraycopy(values, 0, all, at, part.length());
            at += part.length();
        }
        return isOfIds ? new Ids((long[]) all) : new Numbers((float[]) all);
    }

    private static void gather(Object values, int[] examples, int length, Object some) {
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(values, examples[i] * length, some, i * length, length);
        }
    }

    /**
     * Numbers that a model computes with.
     *
     * @param values the numbers
     */
    record Numbers(float[] values) implements Features {

        /** The whole numbers above this that a float has are not all there are. */
        private static final float LARGEST = 1 << 24;

        public Numbers {
            Objects.requireNonNull(values, "features");
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public DataType dataType() {
            return DataType.FLOAT32;
        }

        @Override
        public NDArray toArray(NDManager manager, int from, int to, Shape shape) {
            boolean isAll = from == 0 && to == values.length;
            return manager.create(isAll ? values : Arrays.copyOfRange(values, from, to), shape);
        }

        @Override
        public Features subset(int[] examples, int length) {
            float[] some = new float[Math.multiplyExact(examples.length, length)];
            gather(values, examples, length, some);
            return new Numbers(some);
        }

        @Override
        public void require(int length) {
            for (int i = 0; i < values.length; i++) {
                if (!Float.isFinite(values[i])) {
                    throw new IllegalArgumentException(
                            "Feature %d of example %d is %s: replace missing values before training"
                                    .formatted(i % length, i / length, values[i]));
                }
            }
        }

        @Override
        public float[] numbers() {
            return values.clone();
        }

        @Override
        public long[] ids() {
            throw new IllegalStateException(
                    "The examples are of numbers, not of ids: ask for them with getFeatures");
        }

        @Override
        public Ids toIds(int length) {
            long[] ids = new long[values.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = (long) values[i];
                if (ids[i] != values[i] || ids[i] < 0 || values[i] > LARGEST) {
                    throw new IllegalArgumentException(
                            "Feature %d of example %d is no id, a whole number from 0 to 2^24: %s"
                                    .formatted(i % length, i / length, values[i]));
                }
            }
            return new Ids(ids);
        }
    }

    /**
     * Ids that a model looks up.
     *
     * @param values the ids
     */
    record Ids(long[] values) implements Features {

        public Ids {
            Objects.requireNonNull(values, "ids");
        }

        @Override
        public float[] numbers() {
            throw new IllegalStateException("The examples are of ids: ask for them with getIds");
        }

        @Override
        public long[] ids() {
            return values.clone();
        }

        @Override
        public Ids toIds(int length) {
            return this;
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public DataType dataType() {
            return DataType.INT64;
        }

        @Override
        public NDArray toArray(NDManager manager, int from, int to, Shape shape) {
            boolean isAll = from == 0 && to == values.length;
            return manager.create(isAll ? values : Arrays.copyOfRange(values, from, to), shape);
        }

        @Override
        public Features subset(int[] examples, int length) {
            long[] some = new long[Math.multiplyExact(examples.length, length)];
            gather(values, examples, length, some);
            return new Ids(some);
        }

        @Override
        public void require(int length) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] < 0) {
                    throw new IllegalArgumentException(
                            "Id %d of example %d is %d, but ids are whole numbers from 0"
                                    .formatted(i % length, i / length, values[i]));
                }
            }
        }
    }
}
