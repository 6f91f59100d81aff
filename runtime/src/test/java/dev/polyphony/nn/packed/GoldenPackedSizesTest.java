/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.packed;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Channels and groups of packed layers for many settings. */
class GoldenPackedSizesTest {

    @TestFactory
    Stream<DynamicTest> followsTheRule() {
        return GoldenSet.tests(GoldenPackedSizesTest::check, GoldenKind.PACKED_SIZES);
    }

    private static void check(GoldenCase golden) {
        golden.getSettings().ignore("grid");
        int[] params = golden.getInts("params");
        double[] alpha = golden.getDecimals("alpha");
        double[] stored = golden.get("result");
        int width = golden.getShape("params")[1];
        double[] ours = stored.clone();
        double[] reference = stored.clone();
        boolean[] equal = new boolean[alpha.length];
        int others = 0;
        int usable = 0;
        int refused = 0;
        for (int row = 0; row < alpha.length; row++) {
            Sizes sizes = sizes(params, row * width, width, alpha[row]);
            double[] theirs = sizes.reference();
            System.arraycopy(theirs, 0, reference, 4 * row, 4);
            if (theirs[3] == 0) {
                // the reference cannot make this layer
                continue;
            }
            usable++;
            if (!sizes.exists()) {
                refused++;
                assertThrows(IllegalArgumentException.class, sizes::derive);
                continue;
            }
            double[] derived = sizes.derive();
            sizes.requireRule(derived);
            equal[row] = !sizes.mayDiffer() || Arrays.equals(derived, Arrays.copyOf(theirs, 3));
            others += equal[row] ? 0 : 1;
            System.arraycopy(derived, 0, ours, 4 * row, 3);
        }
        golden.checkWhere("result", i -> equal[i / 4], ours);
        golden.confirm("result", reference);
        System.out.printf(
                "golden: %s: %d of %d usable rows are ours, %d deliberately others, %d refused%n",
                golden.getId(), usable - others - refused, usable, others, refused);
        assertTrue(usable > others + refused, "no row is ours");
    }

    private static Sizes sizes(int[] p, int at, int width, double alpha) {
        boolean convolution = width == 8;
        int last = at + width;
        return new Sizes(
                p[at],
                p[at + 1],
                p[at + 2],
                alpha,
                p[at + 3],
                convolution ? p[at + 4] : 1,
                convolution ? p[at + 5] : 1,
                p[last - 2] == 1,
                p[last - 1] == 1,
                convolution);
    }
}
