/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.InputFormat;
import dev.polyphony.model.ModelDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Forward passes of one task, all of the same shape: what a row comes out as depends neither on how
 * many are left for the last batch nor on where the table was cut.
 */
final class ForwardPass {

    private final Block block;
    private final NDManager manager;
    private final DataType type;
    private final Shape shape;
    private final Shape outputs;
    private final float[] features;
    private final int length;
    private final ByteBuffer buffer;

    ForwardPass(LoadedModel loaded, int batchSize) {
        ModelDescription description = loaded.getDescription();
        InputFormat input = description.input();
        this.block = loaded.getModel().getBlock();
        this.manager = loaded.getModel().getNDManager();
        this.type = input.dataType();
        this.shape = new Shape(batchSize).addAll(input.shape());
        this.outputs =
                new Shape(
                        batchSize,
                        description.network().members(),
                        description.network().outputs());
        this.length = Math.toIntExact(input.shape().size());
        this.features = new float[Math.toIntExact(shape.size())];
        this.buffer =
                ByteBuffer.allocateDirect(Math.multiplyExact(features.length, type.getNumOfBytes()))
                        .order(ByteOrder.nativeOrder());
    }

    /** The rows' features, {@code [B, x...]} in row-major order, to be written by the caller. */
    float[] getFeatures() {
        return features;
    }

    /** The features of a row. */
    int getLength() {
        return length;
    }

    /**
     * Runs the model on the first rows.
     *
     * @param rows their number, at least 1; the rest of the batch is filled with the first of them
     * @return what the members give, {@code [rows, M, K]} in row-major order
     */
    float[] run(int rows) {
        for (int at = rows * length; at < features.length; at += length) {
            System.arraycopy(features, 0, features, at, length);
        }
        buffer.clear();
        if (type == DataType.INT64) {
            for (float id : features) {
                buffer.putLong((long) id);
            }
            buffer.clear();
        } else {
            buffer.asFloatBuffer().put(features);
        }
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = scope.create(buffer, shape, type);
            NDList output =
                    block.forward(new ParameterStore(scope, false), new NDList(input), false);
            NDArray scores = output.singletonOrThrow();
            if (!scores.getShape().equals(outputs)) {
                throw new IllegalStateException(
                        "The model gives %s for a batch, and not %s as its folder says"
                                .formatted(scores.getShape(), outputs));
            }
            float[] all = scores.toType(DataType.FLOAT32, false).toFloatArray();
            return rows == shape.get(0)
                    ? all
                    : Arrays.copyOf(all, rows * (all.length / (int) shape.get(0)));
        }
    }
}
