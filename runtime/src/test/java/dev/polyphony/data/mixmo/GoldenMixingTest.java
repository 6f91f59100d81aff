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
        golden.getSettings().ignore("input_size");
        // the mask must be ours
        golden.ignore("mask_used");
        // the array has the ratio in single precision
        golden.ignore("lam");
        double ratio = golden.getSettings().getDouble("lam");
        int[] shape = golden.getShape("mask");
        int[] places = {shape[1], shape[2]};
        // methods that have settings ask for them
        if (golden.getSettings().has("config")) {
            golden.getSettings().getSettings("config");
        }
        double[] first = mask(golden, shape[0], places, ratio);
        int[] mixing =
                golden.getSettings().getText("method").contains("channel")
                        ? new int[] {shape[0], 1, 1}
                        : null;
        Masks masks = Masks.of(new double[] {ratio, 1 - ratio}, first);
        golden.check("mask", spread(first, shape, mixing != null));
        golden.check("lams", masks.shares());
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray l0 = golden.toArray(manager, "l0");
            NDArray l1 = golden.toArray(manager, "l1");
            checkMixed(golden, masks, mixing, NDArrays.stack(new NDList(l0, l1)));
        }
    }

    private static double[] mask(GoldenCase golden, int channels, int[] places, double ratio) {
        boolean isTurned = golden.has("rng_flip") && golden.get("rng_flip")[0] == 1;
        return switch (golden.getSettings().getText("method")) {
            case "mixup" -> new double[] {ratio};
            case "cutmix" -> Box.around(places, golden.getInts("rng_center"), ratio).toMask();
            case "cow" ->
                    Cow.mask(
                            places,
                            golden.get("rng_gauss_noise"),
                            golden.get("rng_sigma")[0],
                            golden.get("rng_proba")[0]);
            case "stackhorizontal" -> Stack.mask(places, 0, ratio, isTurned);
            case "stackvertical" -> Stack.mask(places, 1, ratio, isTurned);
            case "stackchannel" -> Stack.mask(new int[] {channels}, 0, ratio, isTurned);
            case "channel" -> golden.get("rng_bernoulli");
            case "noise" -> {
                golden.getSettings().getSettings("config").ignore("noise_2d");
                yield Noise.mask(golden.get("rng_uniform"), ratio);
            }
            case "patchuphard", "patchuphard2d" -> patches(golden, places, 0);
            case "patchupsoft" -> patches(golden, places, ratio);
            default -> throw new AssertionError(golden.getId() + ": unknown method");
        };
    }

    private static double[] patches(GoldenCase golden, int[] places, double outside) {
        double[] seeds = golden.get("rng_bernoulli");
        int size = Pattern.size(places);
        double[] mask = new double[seeds.length];
        for (int start = 0; start < seeds.length; start += size) {
            double[] one = Arrays.copyOfRange(seeds, start, start + size);
            System.arraycopy(PatchUp.mask(places, one, outside), 0, mask, start, size);
        }
        return mask;
    }

    /** A mask at each place of each channel. */
    private static double[] spread(double[] mask, int[] shape, boolean ofChannels) {
        double[] all = new double[Pattern.size(shape)];
        int each = all.length / mask.length;
        Arrays.setAll(all, i -> mask[ofChannels ? i / each : i % mask.length]);
        return all;
    }

    private static void checkMany(GoldenCase golden) {
        int[] shape = golden.getShape("masks");
        int[] image = {1, shape[2], shape[3]};
        golden.getSettings().ignore("input_size");
        golden.ignore("lams_nominal");
        double[] ratios = golden.getSettings().getDoubles("lams");
        Masks masks =
                switch (golden.getSettings().getText("method")) {
                    case "mixup" -> Masks.linear(ratios);
                    case "cutmix" ->
                            Masks.of(
                                    ratios,
                                    mask(golden, 1, new int[] {shape[2], shape[3]}, ratios[0]));
                    default -> throw new AssertionError(golden.getId() + ": unknown method");
                };
        golden.check(
                "masks",
                Arrays.stream(masks.values())
                        .flatMapToDouble(mask -> Arrays.stream(spread(mask, image, false)))
                        .toArray());
        golden.check("lams", masks.shares());
        try (NDManager manager = NDManager.newBaseManager()) {
            checkMixed(golden, masks, null, golden.toArray(manager, "features"));
        }
    }

    /**
     * Mixes behind encoders that hand on what they are given.
     *
     * @param masks the masks of all members
     * @param shape the shape of one, or null if its length tells
     * @param features the features {@code [M, B, C, H, W]}
     */
    private static void checkMixed(GoldenCase golden, Masks masks, int[] shape, NDArray features) {
        NDManager manager = features.getManager();
        int members = (int) features.getShape().get(0);
        long examples = features.getShape().get(1);
        Shape image = features.getShape().slice(2);
        int channels = (int) image.get(0);
        Shape rows = new Shape(examples * members).addAll(image);
        NDArray x = Layout.fromMemberRows(features.reshape(rows), members);
        GoldenLayer encoders =
                new GoldenLayer(
                        manager,
                        EnsembleConv2d.builder(MixMoForm.of(members))
                                .setKernelShape(new Shape(1, 1))
                                .setFilters(channels)
                                .optBias(false)
                                .build(),
                        Role.INPUT,
                        new Shape(1).addAll(image),
                        rows);
        double[] identity = new double[members * channels * channels];
        for (int row = 0; row < members * channels; row++) {
            identity[row * channels + row % channels] = 1;
        }
        encoders.set("weight", identity);
        golden.check("mixed_eval", encoders.apply(x, members));
        int length = masks.values()[0].length;
        Shape each =
                shape != null
                        ? new Shape(Arrays.stream(shape).asLongStream().toArray())
                        : length == 1
                                ? new Shape()
                                : length == image.size() ? image : image.slice(1);
        double[] flat = Arrays.stream(masks.values()).flatMapToDouble(Arrays::stream).toArray();
        NDArray mixing =
                manager.create(GoldenCase.floats(flat), new Shape(1, members).addAll(each))
                        .repeat(0, examples);
        golden.check("mixed_train", encoders.apply(x, members, mixing));
    }
}
