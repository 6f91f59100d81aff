/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.util.Arrays;
import java.util.Random;

/**
 * Each example several times in a batch, in an order of its own for each member: MIMO and MixMo.
 *
 * <p>All members see the same examples, equally often. Exactly the last {@code B - trunc(B * (1 -
 * inputRepetition))} rows of a batch of {@code B} show the same example to all members.
 *
 * @param members the number of members
 * @param repetitions how often each example stands in a batch; must divide the batch size
 * @param inputRepetition the fraction of rows that are the same for all members, 0 to 1
 * @see <a href="https://arxiv.org/abs/2010.06610">Training independent subnetworks for robust
 *     prediction, section 4</a>
 */
public record RepeatedBatches(int members, int repetitions, double inputRepetition)
        implements BatchFormat {

    /** Requires settings that make sense. */
    public RepeatedBatches {
        if (members < 1 || repetitions < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 member and 1 repetition, not %d and %d"
                            .formatted(members, repetitions));
        }
        // written so that NaN fails
        if (!(inputRepetition >= 0 && inputRepetition <= 1)) {
            throw new IllegalArgumentException(
                    "The fraction of repeated inputs must be between 0 and 1, but was "
                            + inputRepetition);
        }
    }

    /** {@inheritDoc} */
    @Override
    public Epoch getEpoch(int examples, int batchSize, long seed, int epoch) {
        Epoch.require(examples, batchSize);
        if (batchSize % repetitions != 0) {
            throw new IllegalArgumentException(
                    "Each example stands %d times in a batch, so the batch size must be a multiple of %d, but was %d: change the batch size or batchRepetitions"
                            .formatted(repetitions, repetitions, batchSize));
        }
        Random random = Seeds.random(seed, epoch);
        int[] order = Seeds.permutation(examples, random);
        int distinct = batchSize / repetitions;
        int width = members;
        int[] indices = new int[Math.multiplyExact(examples * width, repetitions)];
        int at = 0;
        for (int start = 0; start < examples; start += distinct) {
            int[] batch = Arrays.copyOfRange(order, start, Math.min(start + distinct, examples));
            for (int[] row : draw(repeat(batch), random)) {
                System.arraycopy(row, 0, indices, at, width);
                at += width;
            }
        }
        return new Epoch(indices, width, batchSize);
    }

    private int[] repeat(int[] batch) {
        int[] rows = new int[batch.length * repetitions];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = batch[i / repetitions];
        }
        return rows;
    }

    private int[][] draw(int[] rows, Random random) {
        int own = countOwn(rows.length);
        int[] main = Seeds.permutation(rows.length, random);
        int[][] each = new int[members][];
        for (int m = 0; m < members; m++) {
            each[m] = Seeds.permutation(own, random);
        }
        return arrange(rows, main, each);
    }

    /** Returns in how many of the rows members see examples of their own. */
    int countOwn(int rows) {
        // in single precision, as the reference counts
        return (int) (rows * (float) (1 - inputRepetition));
    }

    /**
     * Arranges a batch: a common order, and in its first rows one for each member.
     *
     * @param rows the examples, repeated
     * @param main a permutation of all rows
     * @param each for each member a permutation of the first rows, equally many
     * @return the examples, {@code [rows][members]}
     */
    static int[][] arrange(int[] rows, int[] main, int[][] each) {
        int[][] arranged = new int[rows.length][each.length];
        for (int row = 0; row < rows.length; row++) {
            for (int m = 0; m < each.length; m++) {
                int from = row < each[m].length ? each[m][row] : row;
                arranged[row][m] = rows[main[from]];
            }
        }
        return arranged;
    }

    /** {@inheritDoc} */
    @Override
    public int getRepetitions() {
        return repetitions;
    }

    /** {@inheritDoc} */
    @Override
    public int getBatchSizeDivisor() {
        return repetitions;
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String order = "an order of its own for each member";
        String repeated =
                repetitions == 1 ? "" : ", each example " + repetitions + " times in a batch";
        String same =
                inputRepetition == 0
                        ? ""
                        : ", the same for all in a fraction " + inputRepetition + " of the rows";
        return order + repeated + same;
    }
}
