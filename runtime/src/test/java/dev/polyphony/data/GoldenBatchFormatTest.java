/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.polyphony.golden.Difference;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.GoldenSettings;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Batches of MIMO and MixMo, given the permutations that the references drew. */
class GoldenBatchFormatTest {

    @TestFactory
    Stream<DynamicTest> mimo() {
        return GoldenSet.tests(GoldenBatchFormatTest::checkMimo, GoldenKind.MIMO_BATCHES);
    }

    private static void checkMimo(GoldenCase golden) {
        GoldenSettings settings = golden.getSettings();
        int members = settings.getInt("m");
        int repetitions = settings.getInt("batch_repeat");
        int batch = settings.getInt("batch");
        double repeated = settings.getDouble("rho");
        RepeatedBatches format = new RepeatedBatches(members, repetitions, repeated);
        // the reference repeats the batch as a whole; which example comes first makes no difference
        int[] rows = IntStream.range(0, batch * repetitions).map(i -> i % batch).toArray();
        int[] permutations = golden.getInts("member_perms");
        int own = golden.getShape("member_perms")[1];
        assertEquals((int) (rows.length * (1 - repeated)), own);
        if (format.countOwn(rows.length) != own) {
            // a product such as 10 * (1 - 0.9), which is 1
            assertEquals(Math.rint(rows.length * (1 - repeated)), format.countOwn(rows.length));
            golden.note(Difference.ROUNDED_COUNT, "index");
        }
        int[][] each =
                IntStream.range(0, members)
                        .mapToObj(m -> Arrays.copyOfRange(permutations, m * own, (m + 1) * own))
                        .toArray(int[][]::new);
        int[][] arranged = RepeatedBatches.arrange(rows, golden.getInts("main_perm"), each);
        golden.check("index", byMember(arranged, members));
    }

    @TestFactory
    Stream<DynamicTest> mixMo() {
        return GoldenSet.tests(GoldenBatchFormatTest::checkMixMo, GoldenKind.MIX_BATCHES);
    }

    /** The reference shares the first rows, we the last: so its arrays are read backwards. */
    private static void checkMixMo(GoldenCase golden) {
        GoldenSettings settings = golden.getSettings();
        int members = settings.getInt("m");
        int repetitions = settings.getInt("b");
        int asked = settings.getInt("batch");
        // a batch is full once no example has to be torn apart
        int batchSize = (asked + repetitions - 1) / repetitions * repetitions;
        int[] order = golden.getInts("order");
        assertEquals(settings.getInt("n"), order.length);
        int rows = order.length * repetitions;
        int steps = golden.getShape("index")[0];
        int longest = golden.getShape("index")[2];
        int drawn = golden.getShape("perms")[2];
        int[] permutations = golden.getInts("perms");
        double[] index = new double[steps * members * longest];
        Arrays.fill(index, -1);
        double[] sizes = new double[steps];
        for (int step = 0; step < steps; step++) {
            int start = step * batchSize;
            int size = Math.min(batchSize, rows - start);
            sizes[step] = size;
            int shared = (int) (size * settings.getDouble("p"));
            int[] batch =
                    IntStream.range(0, size)
                            .map(i -> order[(start + size - 1 - i) / repetitions])
                            .toArray();
            int[][] backwards = new int[members][];
            for (int m = 0; m < members; m++) {
                int from = (step * members + m) * drawn;
                backwards[m] =
                        IntStream.range(0, size)
                                .map(i -> size - 1 - i)
                                .map(i -> i < shared ? i : shared + permutations[from + i - shared])
                                .map(i -> size - 1 - i)
                                .toArray();
            }
            int[] main = backwards[0];
            backwards[0] = IntStream.range(0, size).toArray();
            for (int m = 0; m < members; m++) {
                backwards[m] = Arrays.copyOf(backwards[m], size - shared);
            }
            int[][] arranged = RepeatedBatches.arrange(batch, main, backwards);
            for (int row = 0; row < size; row++) {
                for (int m = 0; m < members; m++) {
                    index[(step * members + m) * longest + row] = arranged[size - 1 - row][m];
                }
            }
        }
        golden.check("index", index);
        golden.check("batch_sizes", sizes);
        checkSteps(golden, sizes, asked, batchSize);
    }

    /** The steps of our epoch, unless we refuse such batches or leave out a single row. */
    private static void checkSteps(GoldenCase golden, double[] sizes, int asked, int batchSize) {
        int repetitions = golden.getSettings().getInt("b");
        int examples = golden.getSettings().getInt("n");
        RepeatedBatches format =
                new RepeatedBatches(golden.getSettings().getInt("m"), repetitions, 0);
        Epoch ours = format.getEpoch(examples, batchSize, 0, 0);
        boolean single = sizes.length > 1 && sizes[sizes.length - 1] == 1;
        assertEquals(single ? sizes.length - 1 : sizes.length, ours.getSteps());
        for (int step = 0; step < ours.getSteps(); step++) {
            assertEquals(sizes[step], ours.getBatch(step).length);
        }
        if (asked == batchSize && !single) {
            golden.check("len", ours.getSteps());
            return;
        }
        if (asked != batchSize) {
            assertThrows(
                    IllegalArgumentException.class, () -> format.getEpoch(examples, asked, 0, 0));
        }
        golden.confirm("len", (examples * repetitions + asked - 1) / asked);
    }

    private static double[] byMember(int[][] rows, int members) {
        return IntStream.range(0, members)
                .mapToDouble(Double::valueOf)
                .flatMap(m -> Arrays.stream(rows).mapToDouble(row -> row[(int) m]))
                .toArray();
    }
}
