/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.GoldenSettings;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Boxes, loss weights, schedule and mixed inputs against the reference implementation. */
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

    @TestFactory
    Stream<DynamicTest> inputs() {
        return GoldenSet.tests(GoldenMixMoTest::checkInputs, GoldenKind.MIX_AUGMENTATION);
    }

    /** The first of two images is the member's own; given both masks. */
    private static void checkInputs(GoldenCase golden) {
        GoldenSettings settings = golden.getSettings();
        settings.ignore("size", "labels");
        checkMask(golden, "msda_mask", settings.getInts("center"), settings.getDouble("lam"), 0);
        checkMask(
                golden,
                "mixmo_mask",
                settings.getInts("mixmo_center"),
                settings.getDouble("mixmo_lam"),
                settings.getInt("member"));
        int[] shape = golden.getShape("msda_mask");
        int[] shown = golden.getShape("mixmo_mask");
        Mix features = new Mix(GoldenCase.floats(golden.get("mixmo_mask")), shown, new float[] {1});
        Part part = Part.shown(golden.get("msda_mask"), shape, shape.length - 1, features, 0);
        InputMix mix =
                new InputMix(
                        1,
                        new int[] {1},
                        GoldenCase.floats(part.mask()),
                        shape,
                        new float[] {(float) part.share()});
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray pixels = golden.toArray(manager, "pixels").expandDims(1);
            golden.check("mixed_pixels", mix.apply(pixels.get("0:1"), pixels.get("1:2")));
        }
        int[] labels = golden.getInts("labels");
        float[] target =
                mix.getTargets(
                        new int[] {labels[0]}, new int[] {labels[1]}, settings.getInt("classes"));
        double[] values = new double[target.length];
        Arrays.setAll(values, c -> target[c]);
        golden.check("target", values);
    }

    /** A given mask is our box; the second member has what is outside of it. */
    private static void checkMask(
            GoldenCase golden, String name, int[] center, double ratio, int member) {
        int[] shape = golden.getShape(name);
        int[] places = Arrays.copyOfRange(shape, 1, shape.length);
        double[] box = Box.around(places, center, ratio).toMask();
        double[] given = golden.get(name);
        for (int i = 0; i < given.length; i++) {
            double inside = box[i % box.length];
            assertEquals(member == 0 ? inside : 1 - inside, given[i], 1e-6, name);
        }
    }

    private static void checkBoxes(GoldenCase golden) {
        int[] rows = golden.getInts("params");
        golden.getSettings().ignore("sizes", "lams");
        double[] ratios = golden.getDecimals("lam");
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
        golden.getSettings().ignore("roots");
        double[] roots = golden.getDecimals("root");
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
        golden.getSettings().require("RATIO_EPOCH_DECREASE", 11.0 / 12);
        double[] rows = golden.get("params");
        double[] probabilities = new double[rows.length / 2];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Mixer.getProbability(rows[2 * i], rows[2 * i + 1]);
        }
        golden.check("prob", probabilities);
    }
}
