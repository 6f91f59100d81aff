/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/** The batches of an epoch, as indices of examples. */
public final class Epoch {

    private final int[] indices;
    private final int width;
    private final int batchRows;
    private final int rows;

    /**
     * Creates an epoch.
     *
     * @param indices the examples, {@code [rows, width]} in row-major order
     * @param width the number of members with examples of their own; 1 if all see the same
     * @param batchRows the rows of a batch; the last one may have fewer
     */
    Epoch(int[] indices, int width, int batchRows) {
        this.indices = indices;
        this.width = width;
        this.batchRows = batchRows;
        int all = indices.length / width;
        boolean single = batchRows > 1 && all > 1 && all % batchRows == 1;
        rows = single ? all - 1 : all;
    }

    /**
     * Returns the number of batches.
     *
     * @return the number of steps in the epoch
     */
    public int getSteps() {
        return (rows + batchRows - 1) / batchRows;
    }

    /**
     * Returns the rows of all batches together.
     *
     * @return the number of rows
     */
    public int getRows() {
        return rows;
    }

    /**
     * Returns whether all members see the same examples.
     *
     * @return whether rows have one index
     */
    public boolean isShared() {
        return width == 1;
    }

    /**
     * Returns the number of indices in a row.
     *
     * @return 1 if all members see the same examples, else the number of members
     */
    public int getWidth() {
        return width;
    }

    /**
     * Returns where a batch begins.
     *
     * @param step the batch, from 0
     * @return its first row; of the step after the last, the number of rows
     */
    public int getStart(int step) {
        return Math.min(step * batchRows, rows);
    }

    /**
     * Returns all batches one after the other.
     *
     * @return the examples, {@code [rows, width]} in row-major order
     */
    public int[] getIndices() {
        return Arrays.copyOf(indices, rows * width);
    }

    /**
     * Returns a batch.
     *
     * @param step the batch, from 0
     * @return the examples, {@code [rows][width]}
     */
    public int[][] getBatch(int step) {
        int start = getStart(step);
        int[][] batch = new int[getStart(step + 1) - start][];
        for (int row = 0; row < batch.length; row++) {
            int at = (start + row) * width;
            batch[row] = Arrays.copyOfRange(indices, at, at + width);
        }
        return batch;
    }

    /** The same batches with the examples of one member alone. */
    Epoch ofMember(int member) {
        int[] own = new int[indices.length / width];
        for (int row = 0; row < own.length; row++) {
            own[row] = indices[row * width + (isShared() ? 0 : member)];
        }
        return new Epoch(own, 1, batchRows);
    }

    /**
     * Returns the same batches with other examples in the places of these.
     *
     * @param members the number of members, each with a column of its own
     * @param example gives the example for an index and a member
     */
    Epoch map(int members, IntBinaryOperator example) {
        int[] mapped = new int[Math.multiplyExact(indices.length / width, members)];
        for (int at = 0; at < mapped.length; at++) {
            int m = at % members;
            int index = indices[at / members * width + (width == 1 ? 0 : m)];
            mapped[at] = example.applyAsInt(index, m);
        }
        return new Epoch(mapped, members, batchRows);
    }

    /** Requires what every format requires. */
    static void require(int examples, int batchSize) {
        if (examples < 1) {
            throw new IllegalArgumentException("There are no examples to make batches of");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "The batch size must be at least 1, but was " + batchSize);
        }
    }
}
