/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
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
        JsonObject settings = golden.getHyperparameters();
        int members = settings.get("m").getAsInt();
        int repetitions = settings.get("batch_repeat").getAsInt();
        int batch = settings.get("batch").getAsInt();
        RepeatedBatches format =
                new RepeatedBatches(members, repetitions, settings.get("rho").getAsDouble());
        // the reference repeats the batch as a whole; which example comes first makes no difference
        int[] rows = IntStream.range(0, batch * repetitions).map(i -> i % batch).toArray();
        int own = format.countOwn(rows.length);
        int[] permutations = golden.getInts("member_perms");
        assertEquals(own, golden.getShape("member_perms")[1]);
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
        JsonObject settings = golden.getHyperparameters();
        int members = settings.get("m").getAsInt();
        int repetitions = settings.get("b").getAsInt();
        int batchSize = settings.get("batch").getAsInt();
        int[] order = golden.getInts("order");
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
            int shared = (int) (size * settings.get("p").getAsDouble());
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
        Epoch ours =
                new RepeatedBatches(members, repetitions, 0)
                        .getEpoch(order.length, batchSize, 0, 0);
        golden.check("len", ours.getSteps());
        for (int step = 0; step < steps; step++) {
            assertEquals(sizes[step], ours.getBatch(step).length);
        }
    }

    private static double[] byMember(int[][] rows, int members) {
        return IntStream.range(0, members)
                .mapToDouble(Double::valueOf)
                .flatMap(m -> Arrays.stream(rows).mapToDouble(row -> row[(int) m]))
                .toArray();
    }
}
