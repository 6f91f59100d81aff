/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Boxes, loss weights and schedule against the reference implementation. */
class GoldenMixMoTest {

    @TestFactory
    Stream<DynamicTest> boxes() {
        return GoldenSet.tests(GoldenMixMoTest::checkBoxes, GoldenKind.MIX_BOXES);
    }

    @TestFactory
    Stream<DynamicTest> weights() {
        return GoldenSet.tests(GoldenMixMoTest::checkWeights, GoldenKind.MIX_WEIGHTS);
    }

    @TestFactory
    Stream<DynamicTest> schedules() {
        return GoldenSet.tests(GoldenMixMoTest::checkSchedule, GoldenKind.MIX_SCHEDULE);
    }

    private static void checkBoxes(GoldenCase golden) {
        int[] rows = golden.getInts("params");
        double[] ratios = golden.get("lam");
        double[] boxes = new double[rows.length];
        double[] shares = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            int[] size = {rows[4 * i], rows[4 * i + 1]};
            int[] center = {rows[4 * i + 2], rows[4 * i + 3]};
            Box box = Box.around(size, center, ratios[i]);
            boxes[4 * i] = box.start()[0];
            boxes[4 * i + 1] = box.start()[1];
            boxes[4 * i + 2] = box.end()[0];
            boxes[4 * i + 3] = box.end()[1];
            shares[i] = box.share();
        }
        golden.check("box", boxes);
        golden.check("kappa", shares);
    }

    private static void checkWeights(GoldenCase golden) {
        double[] shares = golden.get("lams");
        double[] roots = golden.get("root");
        int width = golden.getShape("lams")[1];
        double[] weights = new double[shares.length];
        Arrays.fill(weights, -1);
        for (int i = 0; i < roots.length; i++) {
            double[] row =
                    Arrays.stream(shares, i * width, (i + 1) * width)
                            .filter(share -> share >= 0)
                            .toArray();
            System.arraycopy(LossWeights.of(row, roots[i]), 0, weights, i * width, row.length);
        }
        golden.check("weights", weights);
    }

    private static void checkSchedule(GoldenCase golden) {
        double[] rows = golden.get("params");
        double[] probabilities = new double[rows.length / 2];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Mixer.getProbability(rows[2 * i], rows[2 * i + 1]);
        }
        golden.check("prob", probabilities);
    }
}
