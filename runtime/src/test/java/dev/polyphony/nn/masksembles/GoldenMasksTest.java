/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.golden.GoldenLayers;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.Layout;
import dev.polyphony.nn.form.Role;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Masks as the reference's, and layers given its masks. */
class GoldenMasksTest {

    @TestFactory
    Stream<DynamicTest> masks() {
        return GoldenSet.tests(GoldenMasksTest::checkMasks, GoldenKind.MASKS);
    }

    @TestFactory
    Stream<DynamicTest> sizes() {
        return GoldenSet.tests(GoldenMasksTest::checkSizes, GoldenKind.MASK_SIZES);
    }

    @TestFactory
    Stream<DynamicTest> layers() {
        return GoldenSet.tests(GoldenMasksTest::checkLayer, GoldenKind.MASKED_LAYER);
    }

    private static void checkMasks(GoldenCase golden) {
        int channels = golden.getSettings().getInt("c");
        int n = golden.getSettings().getInt("n");
        double scale = golden.getSettings().getDouble("scale");
        golden.check("active", Masks.ones(n, channels, scale));
        boolean[][] masks = new Masks(n, channels, scale, "Linear(1)").draw(new Random(1));
        double[] stored = drawn(golden, n, channels);
        golden.confirm("masks", stored);
        for (int row = 0; row < n; row++) {
            int ours = 0;
            int theirs = 0;
            for (int i = 0; i < channels; i++) {
                ours += masks[row][i] ? 1 : 0;
                theirs += stored[row * channels + i] == 1 ? 1 : 0;
            }
            assertEquals(theirs, ours);
        }
        for (int i = 0; i < channels; i++) {
            int used = 0;
            for (boolean[] mask : masks) {
                used += mask[i] ? 1 : 0;
            }
            assertTrue(used > 0, "column " + i + " is used by no mask");
        }
        golden.check("expected_size", masks[0].length);
    }

    /** The reference's masks: ones where it drew them, without the columns that no mask uses. */
    private static double[] drawn(GoldenCase golden, int n, int channels) {
        int all = golden.getInts("total_positions")[0];
        int[] draws = golden.getInts("draws");
        int[] used =
                IntStream.range(0, all).filter(i -> contains(draws, 0, draws.length, i)).toArray();
        assertEquals(channels, used.length, "the draws do not make masks of this width");
        int each = draws.length / n;
        return IntStream.range(0, n * channels)
                .mapToDouble(
                        i -> {
                            int from = i / channels * each;
                            return contains(draws, from, from + each, used[i % channels]) ? 1 : 0;
                        })
                .toArray();
    }

    private static boolean contains(int[] values, int from, int to, int value) {
        return Arrays.stream(values, from, to).anyMatch(v -> v == value);
    }

    private static void checkSizes(GoldenCase golden) {
        // kept in single precision, a scale such as 1.1 has more digits than it was given
        double[] rows = golden.getDecimals("params");
        double[] ours = new double[golden.getShape("active")[0]];
        double[] theirs = new double[ours.length];
        boolean[] covers = new boolean[ours.length];
        for (int i = 0; i < ours.length; i++) {
            int channels = (int) rows[3 * i];
            int n = (int) rows[3 * i + 1];
            double scale = rows[3 * i + 2];
            ours[i] = Masks.ones(n, channels, scale);
            theirs[i] = (int) (channels / (scale * (1 - Math.pow(1 - 1 / scale, n))));
            covers[i] = n * theirs[i] >= channels;
            if (!covers[i]) {
                assertEquals((channels + n - 1) / n, ours[i]);
            }
        }
        golden.checkWhere("active", i -> covers[i], ours);
        golden.confirm("active", theirs);
    }

    private static void checkLayer(GoldenCase golden) {
        int members = golden.getSettings().getInt("num_estimators");
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = Layout.fromMemberRows(golden.toArray(manager, "x"), members);
            MasksemblesForm form =
                    MasksemblesForm.of(members).scale(golden.getSettings().getDouble("scale"));
            GoldenLayer layer =
                    new GoldenLayer(
                                    manager,
                                    GoldenLayers.of(golden, form),
                                    Role.HIDDEN,
                                    new Shape(1).addAll(x.getShape().slice(1)),
                                    x.getShape())
                            .set("weight", golden, "weight")
                            .set("bias", golden, "bias")
                            .set("mask", golden, "masks");
            golden.check("y", Layout.toMemberRows(layer.apply(x, members), members));
        }
    }
}
