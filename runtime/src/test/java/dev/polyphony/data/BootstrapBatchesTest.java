/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapBatchesTest {

    private static final int SIZE = 1000;

    private static int[] member(Epoch epoch, int member) {
        int[] indices = epoch.getIndices();
        return IntStream.range(0, epoch.getRows())
                .map(row -> indices[row * epoch.getWidth() + member])
                .toArray();
    }

    private static int[] sorted(int[] values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static int[] counts(int[] values) {
        int[] counts = new int[SIZE];
        Arrays.stream(values).forEach(value -> counts[value]++);
        return counts;
    }

    /** The sample is the same in all epochs; only its order changes. */
    @Test
    void eachMemberKeepsItsSample() {
        BatchFormat format = new BootstrapBatches(new SharedBatches(), 3);
        Epoch first = format.getEpoch(SIZE, 100, 7, 0);
        Epoch second = format.getEpoch(SIZE, 100, 7, 1);
        assertEquals(3, first.getWidth());
        assertEquals(10, first.getSteps());
        for (int m = 0; m < 3; m++) {
            assertArrayEquals(sorted(member(first, m)), sorted(member(second, m)));
            assertFalse(Arrays.equals(member(first, m), member(second, m)));
            assertFalse(
                    Arrays.equals(sorted(member(first, m)), sorted(member(first, (m + 1) % 3))));
        }
        assertArrayEquals(first.getIndices(), format.getEpoch(SIZE, 100, 7, 0).getIndices());
        assertFalse(
                Arrays.equals(first.getIndices(), format.getEpoch(SIZE, 100, 8, 0).getIndices()));
    }

    /**
     * How often an example is drawn is binomial, {@code (n, 1/n)}: none with probability {@code (1
     * - 1/n)^n}, variance {@code 1 - 1/n}.
     */
    @Test
    void drawsWithReplacement() {
        BatchFormat format = new BootstrapBatches(new MemberOrders(8), 8);
        int absent = 0;
        double squares = 0;
        for (int m = 0; m < 8; m++) {
            int[] counts = counts(member(format.getEpoch(SIZE, 50, 1, 4), m));
            assertEquals(SIZE, Arrays.stream(counts).sum());
            absent += (int) Arrays.stream(counts).filter(count -> count == 0).count();
            squares += Arrays.stream(counts).mapToDouble(c -> (c - 1.0) * (c - 1.0)).sum();
        }
        // 8000 draws: the standard error is about 0.004, and that of the variance 0.02
        assertEquals(Math.pow(1 - 1.0 / SIZE, SIZE), absent / 8000.0, 0.015);
        assertEquals(1 - 1.0 / SIZE, squares / 8000, 0.07);
    }

    @Test
    void keepsWhatTheFormatRepeats() {
        BatchFormat format = new BootstrapBatches(new RepeatedBatches(2, 4, 0), 2);
        Epoch epoch = format.getEpoch(SIZE, 32, 3, 0);
        Epoch plain = new RepeatedBatches(2, 4, 0).getEpoch(SIZE, 32, 3, 0);
        assertEquals(plain.getSteps(), epoch.getSteps());
        for (int m = 0; m < 2; m++) {
            // equal places are equal examples: what was four times in a batch still is
            int[] sample = new int[SIZE];
            Arrays.fill(sample, -1);
            int[] places = member(plain, m);
            int[] examples = member(epoch, m);
            for (int row = 0; row < places.length; row++) {
                assertTrue(
                        sample[places[row]] < 0 || sample[places[row]] == examples[row],
                        "row " + row);
                sample[places[row]] = examples[row];
            }
        }
        assertEquals(4, format.getRepetitions());
        assertEquals(4, format.getBatchSizeDivisor());
    }

    @Test
    void partsOfABatchComeFromTheMembersSamples() {
        BatchFormat split = new BootstrapBatches(new SplitBatches(4), 4);
        BatchFormat shared = new BootstrapBatches(new SharedBatches(), 4);
        for (int m = 0; m < 4; m++) {
            int[] sample = counts(member(shared.getEpoch(SIZE, 100, 5, 0), m));
            int[] part = counts(member(split.getEpoch(SIZE, 100, 5, 0), m));
            assertEquals(SIZE / 4, Arrays.stream(part).sum());
            for (int i = 0; i < SIZE; i++) {
                assertTrue(part[i] <= sample[i], "member " + m + ", example " + i);
            }
        }
    }

    @Test
    void refusesWhatCannotBeBoth() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new BootstrapBatches(new RepeatedBatches(2, 1, 0.5), 2));
        assertTrue(e.getMessage().contains("set inputRepetition to 0"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new BootstrapBatches(new MemberOrders(3), 2).getEpoch(10, 5, 0, 0));
    }
}
