/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.MixMethod;
import dev.polyphony.data.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What masks are like that are drawn by the thousand. */
class PatternTest {

    private static final int CHANNELS = 3;
    private static final int[] PLACES = {16, 12};

    @ParameterizedTest
    @EnumSource(names = "LINEAR", mode = EnumSource.Mode.EXCLUDE)
    void masksAreSharesOfTheirShape(MixMethod method) {
        Random random = Seeds.random(1);
        Pattern pattern = Pattern.of(method, CHANNELS, PLACES);
        for (double ratio : new double[] {0, 1e-9, 0.3, 0.5, 0.9, 1}) {
            double[] mask = pattern.source().draw(ratio, random);
            assertEquals(Pattern.size(pattern.shape()), mask.length);
            assertTrue(Arrays.stream(mask).allMatch(value -> value >= 0 && value <= 1));
        }
    }

    /**
     * The mean share of the first member; of boxes and patches it is lower, for they are cut off.
     */
    @ParameterizedTest
    @CsvSource({
        "STACK_HORIZONTAL, 0.3, 0.47, 0.02",
        "STACK_VERTICAL, 0.7, 0.46, 0.02",
        "STACK_CHANNEL, 0.5, 0.333, 0.002",
        "CHANNEL, 0.3, 0.3, 0.03",
        "NOISE, 0.3, 0.4, 0.02",
        "NOISE_2D, 0.8, 0.65, 0.02",
        "FMIX, 0.3, 0.302, 0.003",
        "COW, 0.1, 0.5, 0.05"
    })
    void coverTheRatio(MixMethod method, double ratio, double expected, double tolerance) {
        Random random = Seeds.random(2);
        Pattern pattern = Pattern.of(method, CHANNELS, PLACES);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            sum += Arrays.stream(pattern.source().draw(ratio, random)).average().orElseThrow();
        }
        assertEquals(expected, sum / 2000, tolerance);
    }

    @ParameterizedTest
    @EnumSource(names = {"COW", "FMIX"})
    void patchesHoldTogether(MixMethod method) {
        Random random = Seeds.random(3);
        Pattern pattern = Pattern.of(method, 1, PLACES);
        int changes = 0;
        for (int i = 0; i < 200; i++) {
            double[] mask = pattern.source().draw(0.5, random);
            for (int place = 1; place < mask.length; place++) {
                changes += place % PLACES[1] != 0 && mask[place] != mask[place - 1] ? 1 : 0;
            }
        }
        // coins would change at every other of 176 places
        assertTrue(changes < 200 * 30, () -> "masks of dust");
    }

    @Test
    void fourierTransformOfOneFrequencyIsACosine() {
        double[] real = new double[8];
        real[2] = 1;
        double[] expected = {1, 0, -1, 0, 1, 0, -1, 0};
        assertArrayEquals(expected, FMix.toSpace(new int[] {8}, real, new double[8]), 1e-12);
        double[] plane = new double[8];
        plane[5] = 1; // (1, 1) of 2 x 4
        double[] wave = {1, 0, -1, 0, -1, 0, 1, 0};
        assertArrayEquals(wave, FMix.toSpace(new int[] {2, 4}, plane, new double[8]), 1e-12);
    }

    @Test
    void blocksFitSmallFeatures() {
        double[] seeds = {0, 1, 0, 0};
        assertArrayEquals(new double[] {1, 1, 1, 0}, PatchUp.mask(new int[] {4}, seeds, 0));
        assertArrayEquals(new double[] {1, 1, 1, 0.25}, PatchUp.mask(new int[] {4}, seeds, 0.25));
        assertEquals(0.5 * 4 / 3.0 / 2, PatchUp.probability(new int[] {4}, 0.5), 1e-12);
    }

    @Test
    void moreMembersShareWhatTheFirstLeaves() {
        double[] first = {1, 0, 0.5, 0.5};
        Masks masks = Masks.of(new double[] {0.4, 0.45, 0.15}, first);
        for (int place = 0; place < first.length; place++) {
            double sum = 0;
            for (double[] mask : masks.values()) {
                sum += mask[place];
            }
            assertEquals(1, sum, 1e-12);
            assertEquals(3 * masks.values()[2][place], masks.values()[1][place], 1e-12);
        }
        assertArrayEquals(new double[] {0.5, 0.375, 0.125}, masks.shares(), 1e-12);
    }
}
