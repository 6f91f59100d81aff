/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parameters of a network at one moment, running statistics included, in the memory of the
 * host: it costs a copy from the device, and nothing has to be closed.
 */
public final class Snapshot {

    private final List<Values> values;

    private Snapshot(List<Values> values) {
        this.values = values;
    }

    /** The numbers of a parameter, little end first. */
    private record Values(String name, DataType type, Shape shape, byte[] bytes) {

        static Values of(String name, NDArray array) {
            ByteBuffer buffer = array.toByteBuffer();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return new Values(name, array.getDataType(), array.getShape(), bytes);
        }

        ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        }

        boolean isFinite() {
            if (type == DataType.FLOAT32) {
                return isFinite(buffer().asFloatBuffer());
            }
            return type != DataType.FLOAT64 || isFinite(buffer().asDoubleBuffer());
        }

        private static boolean isFinite(FloatBuffer floats) {
            while (floats.hasRemaining()) {
                if (!Float.isFinite(floats.get())) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isFinite(DoubleBuffer doubles) {
            while (doubles.hasRemaining()) {
                if (!Double.isFinite(doubles.get())) {
                    return false;
                }
            }
            return true;
        }

        void copyTo(NDArray array) {
            try (NDManager scope = array.getManager().newSubManager()) {
                copy(scope.create(buffer(), shape, type), array);
            }
        }

        boolean fits(String other, NDArray array) {
            return name.equals(other)
                    && type == array.getDataType()
                    && shape.equals(array.getShape());
        }
    }

    /**
     * Copies numbers into an array that stays the one that others know, whether or not it has a
     * gradient; DJL's {@code copyTo} swaps its memory, which PyTorch warns of.
     *
     * @param from the numbers
     * @param to the array that gets them, of as many numbers
     */
    public static void copy(NDArray from, NDArray to) {
        try (NDArray detached = to.stopGradient();
                NDArray flat = detached.reshape(-1);
                NDArray values = from.reshape(-1)) {
            flat.set(new NDIndex(":"), values);
        }
    }

    /**
     * Copies the parameters of a network.
     *
     * @param block the network, initialised
     * @return the copy
     */
    public static Snapshot of(Block block) {
        PairList<String, NDArray> arrays = new PairList<>();
        for (Pair<String, Parameter> pair : block.getParameters()) {
            arrays.add(pair.getKey(), pair.getValue().getArray());
        }
        return of(arrays);
    }

    /**
     * Copies arrays.
     *
     * @param arrays those of a network's parameters, by their names, in the order of the network
     * @return the copy
     */
    public static Snapshot of(PairList<String, NDArray> arrays) {
        List<Values> values = new ArrayList<>();
        for (Pair<String, NDArray> pair : arrays) {
            values.add(Values.of(pair.getKey(), pair.getValue()));
        }
        return new Snapshot(values);
    }

    /**
     * Gives a network these parameters, bit for bit, in the arrays that it has.
     *
     * @param block a network with the same parameters, initialised
     * @throws IllegalArgumentException if the network has others; it is left as it is
     */
    public void restore(Block block) {
        PairList<String, Parameter> parameters = block.getParameters();
        if (parameters.size() != values.size()) {
            throw new IllegalArgumentException(
                    "%d parameters cannot be restored to a network that has %d"
                            .formatted(values.size(), parameters.size()));
        }
        for (int i = 0; i < values.size(); i++) {
            Values saved = values.get(i);
            NDArray array = parameters.valueAt(i).getArray();
            if (!saved.fits(parameters.keyAt(i), array)) {
                throw new IllegalArgumentException(
                        "The parameter %s, %s %s, cannot be restored to %s, %s %s, of the network"
                                .formatted(
                                        saved.name(),
                                        saved.type(),
                                        saved.shape(),
                                        parameters.keyAt(i),
                                        array.getDataType(),
                                        array.getShape()));
            }
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).copyTo(parameters.valueAt(i).getArray());
        }
    }

    /**
     * Returns whether no number is NaN or infinite.
     *
     * @return whether all parameters are finite
     */
    public boolean isFinite() {
        return values.stream().allMatch(Values::isFinite);
    }

    /**
     * Writes the parameters.
     *
     * @param out where to write
     * @throws IOException if writing fails
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(values.size());
        for (Values each : values) {
            out.writeUTF(each.name());
            out.writeUTF(each.type().name());
            out.writeInt(each.shape().dimension());
            for (long axis : each.shape().getShape()) {
                out.writeLong(axis);
            }
            out.writeInt(each.bytes().length);
            out.write(each.bytes());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where to read
     * @return the parameters
     * @throws IOException if reading fails, or if it is something else
     */
    public static Snapshot read(DataInput in) throws IOException {
        int size = requireSize(in.readInt());
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = in.readUTF();
            DataType type = type(in.readUTF());
            long[] axes = new long[requireSize(in.readInt())];
            for (int axis = 0; axis < axes.length; axis++) {
                axes[axis] = in.readLong();
            }
            Shape shape = new Shape(axes);
            int length = in.readInt();
            if (length != shape.size() * type.getNumOfBytes()) {
                throw new IOException(
                        "The parameter %s, %s %s, cannot have %d bytes"
                                .formatted(name, type, shape, length));
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            values.add(new Values(name, type, shape, bytes));
        }
        return new Snapshot(values);
    }

    private static DataType type(String name) throws IOException {
        return Arrays.stream(DataType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("'" + name + "' is no data type"));
    }

    private static int requireSize(int size) throws IOException {
        if (size < 0) {
            throw new IOException("A number of parameters or axes is " + size);
        }
        return size;
    }
}
