/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Boxes, masks, loss weights and schedule against the reference implementation. */
class GoldenMixMoTest {

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return GoldenSet.cases(
                        "mixmo_box_kappa", "mixmo_loss_weights", "mixmo_schedule", "mixmo_mixM_")
                .stream()
                .map(golden -> dynamicTest(golden.getId(), () -> check(golden)));
    }

    private static void check(GoldenCase golden) {
        Set<String> elsewhere = new TreeSet<>();
        switch (golden.getId()) {
            case "mixmo_box_kappa" -> checkBoxes(golden);
            case "mixmo_loss_weights" -> checkWeights(golden);
            case "mixmo_schedule" -> checkSchedule(golden);
            default -> {
                checkMasks(golden);
                // what the network makes of them is tested with it
                elsewhere.addAll(Set.of("mixed_train", "mixed_eval"));
            }
        }
        assertEquals(elsewhere, golden.getUnchecked());
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

    private static void checkMasks(GoldenCase golden) {
        double[] ratios = golden.get("lams_nominal");
        int[] shape = golden.getShape("masks");
        int places = shape[2] * shape[3];
        Masks masks =
                golden.has("rng_center")
                        ? Masks.of(
                                ratios,
                                Box.around(
                                                new int[] {shape[2], shape[3]},
                                                golden.getInts("rng_center"),
                                                ratios[0])
                                        .toMask())
                        : Masks.linear(ratios);
        double[] values = new double[ratios.length * places];
        for (int m = 0; m < ratios.length; m++) {
            for (int place = 0; place < places; place++) {
                double[] mask = masks.values()[m];
                values[m * places + place] = mask[mask.length == 1 ? 0 : place];
            }
        }
        golden.check("masks", values);
        golden.check("lams", masks.shares());
    }
}
