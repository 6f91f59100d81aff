/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.Layout;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Masks, given the draws of the reference, and the features that they mix. */
class GoldenMixingTest {

    @TestFactory
    Stream<DynamicTest> mixesTwo() {
        return GoldenSet.tests(GoldenMixingTest::checkTwo, GoldenKind.MIX_OF_TWO);
    }

    @TestFactory
    Stream<DynamicTest> mixesMany() {
        return GoldenSet.tests(GoldenMixingTest::checkMany, GoldenKind.MIX_OF_MANY);
    }

    private static void checkTwo(GoldenCase golden) {
        double ratio = golden.get("lam")[0];
        int[] shape = golden.getShape("mask");
        Masks masks = masks(golden, new double[] {ratio, 1 - ratio}, shape);
        double[] first = places(masks, 0, shape);
        double[] all = new double[shape[0] * first.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = first[i % first.length];
        }
        golden.check("mask", all);
        golden.check("lams", masks.shares());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray l0 = golden.toArray(manager, "l0");
            NDArray l1 = golden.toArray(manager, "l1");
            checkMixed(golden, masks, shape, NDArrays.stack(new NDList(l0, l1)));
        }
    }

    private static void checkMany(GoldenCase golden) {
        int[] shape = golden.getShape("features");
        int[] places = {shape[2], shape[3], shape[4]};
        double[] ratios = golden.get("lams_nominal");
        Masks masks = masks(golden, ratios, places);
        double[][] each = new double[ratios.length][];
        Arrays.setAll(each, m -> places(masks, m, places));
        golden.check("masks", Arrays.stream(each).flatMapToDouble(Arrays::stream).toArray());
        golden.check("lams", masks.shares());
        try (NDManager manager = NDManager.newBaseManager()) {
            checkMixed(golden, masks, places, golden.toArray(manager, "features"));
        }
    }

    private static Masks masks(GoldenCase golden, double[] ratios, int[] shape) {
        return switch (golden.getText("method")) {
            case "mixup" -> Masks.linear(ratios);
            case "cutmix" ->
                    Masks.cut(
                            ratios,
                            Box.around(
                                    new int[] {shape[1], shape[2]},
                                    golden.getInts("rng_center"),
                                    ratios[0]));
            default -> throw new AssertionError(golden.getId() + ": unknown method");
        };
    }

    /** A mask at each place of an image. */
    private static double[] places(Masks masks, int m, int[] shape) {
        double[] mask = masks.values()[m];
        double[] places = new double[shape[1] * shape[2]];
        Arrays.setAll(places, i -> mask[mask.length == 1 ? 0 : i]);
        return places;
    }

    /** Mixes behind encoders that hand on what they are given, {@code [M, B, C, H, W]}. */
    private static void checkMixed(GoldenCase golden, Masks masks, int[] shape, NDArray features) {
        NDManager manager = features.getManager();
        int members = (int) features.getShape().get(0);
        long examples = features.getShape().get(1);
        Shape image = features.getShape().slice(2);
        Shape rows = new Shape(examples * members).addAll(image);
        NDArray x = Layout.fromMemberRows(features.reshape(rows), members);
        GoldenLayer encoders =
                new GoldenLayer(
                        manager,
                        EnsembleConv2d.builder(MixMoForm.of(members))
                                .setKernelShape(new Shape(1, 1))
                                .setFilters(shape[0])
                                .optBias(false)
                                .build(),
                        Role.INPUT,
                        new Shape(1).addAll(image),
                        rows);
        double[] identity = new double[members * shape[0] * shape[0]];
        for (int row = 0; row < members * shape[0]; row++) {
            identity[row * shape[0] + row % shape[0]] = 1;
        }
        encoders.set("weight", identity);
        golden.check("mixed_eval", encoders.apply(x, members));
        golden.check("mixed_train", encoders.apply(x, members, mixing(masks, shape, x, examples)));
    }

    private static NDArray mixing(Masks masks, int[] shape, NDArray x, long examples) {
        int members = masks.values().length;
        boolean spatial = masks.values()[0].length > 1;
        double[] flat = Arrays.stream(masks.values()).flatMapToDouble(Arrays::stream).toArray();
        Shape places = spatial ? new Shape(shape[1], shape[2]) : new Shape();
        return x.getManager()
                .create(GoldenCase.floats(flat), new Shape(1, members).addAll(places))
                .repeat(0, examples);
    }
}
