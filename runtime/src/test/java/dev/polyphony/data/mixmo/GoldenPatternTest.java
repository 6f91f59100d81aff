/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The masks of two members, from the random numbers that the reference drew. */
class GoldenPatternTest {

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return GoldenSet.cases("mixmo_mix_").stream()
                .map(golden -> dynamicTest(golden.getId(), () -> check(golden)));
    }

    private static void check(GoldenCase golden) {
        int[] shape = golden.getShape("mask");
        int[] places = Arrays.copyOfRange(shape, 1, shape.length);
        double ratio = golden.get("lam")[0];
        double[] ratios = {ratio, 1 - ratio};
        double[] first = mask(golden, shape[0], places, ratio);
        int used = golden.getShape("mask_used")[0];
        double[] full = new double[Pattern.size(shape)];
        int repeated = full.length / first.length;
        boolean perChannel = first.length == shape[0];
        for (int i = 0; i < full.length; i++) {
            full[i] = perChannel ? first[i / repeated] : first[i % first.length];
        }

        Masks masks = Masks.of(ratios, first);

        golden.check("mask", full);
        golden.check("lams", masks.shares());
        double[] taken = Arrays.copyOf(full, Pattern.size(places) * used);
        golden.check("mixed_train", mixed(golden, taken, 2));
        golden.check("mixed_eval", mixed(golden, new double[] {0.5}, 2));
        assertEquals(Set.of(), golden.getUnchecked());
    }

    private static double[] mask(GoldenCase golden, int channels, int[] places, double ratio) {
        JsonObject settings = golden.getHyperparameters();
        String method = settings.get("method").getAsString();
        boolean isTurned = golden.has("rng_flip") && golden.get("rng_flip")[0] == 1;
        return switch (method) {
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
            case "noise" -> Noise.mask(golden.get("rng_uniform"), ratio);
            case "patchuphard", "patchuphard2d" -> patches(golden, places, 0);
            case "patchupsoft" -> patches(golden, places, ratio);
            default -> throw new IllegalArgumentException("no such method: " + method);
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

    private static double[] mixed(GoldenCase golden, double[] mask, int members) {
        double[] first = golden.get("l0");
        double[] second = golden.get("l1");
        double[] mixed = new double[first.length];
        for (int i = 0; i < mixed.length; i++) {
            double part = mask[i % mask.length];
            mixed[i] = members * (part * first[i] + (1 - part) * second[i]);
        }
        return mixed;
    }
}
