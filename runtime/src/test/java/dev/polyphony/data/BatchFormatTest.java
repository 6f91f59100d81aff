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
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchFormatTest {

    static Stream<BatchFormat> formats() {
        return Stream.of(
                new SharedBatches(),
                new MemberOrders(3),
                new SplitBatches(4),
                new RepeatedBatches(3, 4, 0),
                new RepeatedBatches(2, 1, 0.5));
    }

    /** What a member sees in an epoch. */
    private static int[] seen(Epoch epoch, int member) {
        return IntStream.range(0, epoch.getSteps())
                .boxed()
                .flatMap(step -> Arrays.stream(epoch.getBatch(step)))
                .mapToInt(row -> row[epoch.isShared() ? 0 : member])
                .toArray();
    }

    private static int[] sorted(int... values) {
        int[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void dependsOnSeedAndEpochAlone(BatchFormat format) {
        int[] first = format.getEpoch(100, 16, 7, 2).getIndices();
        assertArrayEquals(first, format.getEpoch(100, 16, 7, 2).getIndices());
        assertFalse(Arrays.equals(first, format.getEpoch(100, 16, 8, 2).getIndices()));
        assertFalse(Arrays.equals(first, format.getEpoch(100, 16, 7, 3).getIndices()));
    }

    @Test
    void memberSeesEveryExampleOnceAnEpoch() {
        for (BatchFormat format : new BatchFormat[] {new SharedBatches(), new MemberOrders(3)}) {
            Epoch epoch = format.getEpoch(103, 16, 1, 0);
            assertEquals(7, epoch.getSteps());
            assertEquals(7, epoch.getBatch(6).length);
            assertArrayEquals(IntStream.range(0, 103).toArray(), sorted(seen(epoch, 0)));
        }
    }

    @Test
    void aMemberAloneSeesWhatItSeesAmongOthers() {
        for (BatchFormat all : new BatchFormat[] {new MemberOrders(3), new SharedBatches()}) {
            for (int m = 0; m < 3; m++) {
                Epoch alone = new MemberColumn(all, m).getEpoch(103, 16, 1, 2);
                assertTrue(alone.isShared());
                assertEquals(7, alone.getSteps());
                assertArrayEquals(seen(all.getEpoch(103, 16, 1, 2), m), seen(alone, 0));
            }
        }
    }

    @Test
    void twoMoonsTake188Steps() {
        for (BatchFormat format :
                new BatchFormat[] {
                    new SharedBatches(), new MemberOrders(3), new RepeatedBatches(3, 1, 0)
                }) {
            assertEquals(188, format.getEpoch(24_000, 128, 0, 0).getSteps());
        }
    }

    @Test
    void leavesOutASingleRow() {
        Epoch epoch = new SharedBatches().getEpoch(33, 16, 0, 0);
        assertEquals(2, epoch.getSteps());
        assertEquals(32, epoch.getRows());
        assertEquals(32, epoch.getIndices().length);
        assertEquals(1, new SharedBatches().getEpoch(1, 16, 0, 0).getSteps());
        assertEquals(5, new SharedBatches().getEpoch(5, 1, 0, 0).getSteps());
    }

    @Test
    void membersOfADeepEnsembleHaveOrdersOfTheirOwn() {
        Epoch epoch = new MemberOrders(2).getEpoch(200, 16, 3, 0);
        int[] first = seen(epoch, 0);
        int[] second = seen(epoch, 1);
        long equal = IntStream.range(0, 200).filter(i -> first[i] == second[i]).count();
        // one is expected of independent orders
        assertTrue(equal < 8, equal + " equal rows");
    }

    @Test
    void repeatsExamplesInABatch() {
        Epoch epoch = new RepeatedBatches(3, 4, 0).getEpoch(40, 32, 5, 0);
        assertEquals(5, epoch.getSteps());
        for (int step = 0; step < 5; step++) {
            int[][] batch = epoch.getBatch(step);
            int[] own = sorted(Arrays.stream(batch).mapToInt(row -> row[0]).toArray());
            for (int i = 0; i < own.length; i++) {
                assertEquals(own[i / 4 * 4], own[i], "each example four times");
            }
            for (int m = 1; m < 3; m++) {
                int member = m;
                int[] other = Arrays.stream(batch).mapToInt(row -> row[member]).toArray();
                assertArrayEquals(own, sorted(other), "the same examples for all members");
            }
        }
        assertArrayEquals(
                IntStream.range(0, 160).map(i -> i / 4).toArray(), sorted(seen(epoch, 2)));
    }

    @Test
    void sharesExactlyTheLastRows() {
        int[][] batch = new RepeatedBatches(3, 1, 0.3).getEpoch(1000, 1000, 5, 0).getBatch(0);
        // 1000 - trunc(1000 * 0.7f) rows
        int own = (int) (1000 * 0.7f);
        int equal = 0;
        for (int row = 0; row < 1000; row++) {
            boolean same = batch[row][0] == batch[row][1] && batch[row][1] == batch[row][2];
            assertTrue(row < own || same, "row " + row);
            equal += row < own && same ? 1 : 0;
        }
        assertTrue(equal < 5, equal + " rows that are equal by chance");
        int[][] all = new RepeatedBatches(2, 1, 1).getEpoch(50, 50, 5, 0).getBatch(0);
        assertTrue(Arrays.stream(all).allMatch(row -> row[0] == row[1]));
    }

    @Test
    void dividesABatch() {
        Epoch epoch = new SplitBatches(4).getEpoch(103, 16, 5, 0);
        // 103 = 6 * 16 + 7: one row of 4 members is left, and left out like any single row
        assertEquals(6, epoch.getSteps());
        assertEquals(7, new SplitBatches(4).getEpoch(104, 16, 5, 0).getSteps());
        assertEquals(4, epoch.getBatch(0).length);
        assertEquals(4, epoch.getWidth());
        assertEquals(1, new SplitBatches(4).getEpoch(7, 16, 5, 0).getSteps());
        int[] all = sorted(epoch.getIndices());
        assertEquals(all.length, Arrays.stream(all).distinct().count(), "no example twice");
    }

    @Test
    void refusesBatchesThatDoNotDivide() {
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RepeatedBatches(2, 4, 0).getEpoch(100, 18, 0, 0))
                        .getMessage()
                        .contains("must be a multiple of 4, but was 18"));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SplitBatches(3).getEpoch(100, 128, 0, 0))
                        .getMessage()
                        .contains("must be a multiple of 3, but was 128: use 129"));
        assertThrows(
                IllegalArgumentException.class, () -> new SharedBatches().getEpoch(0, 1, 0, 0));
        assertThrows(
                IllegalArgumentException.class, () -> new SharedBatches().getEpoch(5, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RepeatedBatches(2, 1, Double.NaN));
    }

    @Test
    void everyOrderIsAsLikely() {
        int[] counts = new int[6];
        Random random = Seeds.random(1);
        for (int i = 0; i < 6000; i++) {
            int[] order = Seeds.permutation(3, random);
            counts[order[0] * 2 + (order[1] > order[2] ? 1 : 0)]++;
        }
        for (int count : counts) {
            // 1000 expected, 29 standard deviation
            assertTrue(Math.abs(count - 1000) < 150, Arrays.toString(counts));
        }
    }
}
