/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.polyphony.MixMethod;
import dev.polyphony.data.Seeds;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and sizes out of range are named, with the value and the range. */
class ChecksTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @ValueSource(doubles = {NAN, INFINITE, Double.NEGATIVE_INFINITY, -1, -Double.MIN_VALUE})
    void concentrations(double value) {
        String message =
                "The concentration of mixing ratios must be at least 0, and finite, but was "
                        + value;
        // some of them would be drawn for without end
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> refuse(message, () -> Ratios.draw(2, value, Seeds.random(1))));
        refuse(message, () -> new InputMixer(MixMethod.LINEAR, 1, value, 3));
    }

    @Test
    void counts() {
        refuse(
                "The number of members must be at least 1, but was 0",
                () -> Ratios.draw(0, 1, Seeds.random(1)));
        refuse(
                "The number of members must be at least 1, but was -1",
                () -> Ratios.draw(-1, 0, Seeds.random(1)));
        Mixer mixer = new Mixer(MixMoForm.of(2), 3, 4, 4);
        for (int rows : new int[] {0, -1}) {
            refuse(
                    "The number of rows must be at least 1, but was " + rows,
                    () -> mixer.draw(rows, 1, Seeds.random(1)));
        }
        InputMix mix = new InputMixer(MixMethod.LINEAR, 1, 1, 3).draw(1, 1, 1, Seeds.random(1));
        refuse(
                "The number of classes must be at least 1, but was -2",
                () -> mix.getTargets(new int[1], new int[1], -2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {NAN, INFINITE, 0, -1})
    void roots(double value) {
        refuse(
                "The root of the loss weights must be above 0, and finite, but was " + value,
                () -> LossWeights.of(new double[] {0.5, 0.5}, value));
    }

    @ParameterizedTest
    @ValueSource(doubles = {NAN, INFINITE, -0.5})
    void shares(double value) {
        refuse(
                "The share of member 1 must be at least 0, and finite, but was " + value,
                () -> LossWeights.of(new double[] {0.5, value}, 3));
    }

    @Test
    void sharesOfNothing() {
        refuse(
                "One share of the mix at least must be above 0, but they were [0.0, 0.0]",
                () -> LossWeights.of(new double[2], 3));
        refuse(
                "One share of the mix at least must be above 0, but they were []",
                () -> LossWeights.of(new double[0], 3));
    }

    @ParameterizedTest
    @ValueSource(doubles = {NAN, INFINITE, 2, 1.001, -0.001})
    void probabilitiesAndProgress(double value) {
        String probability = "The probability of mixing must be between 0 and 1, but was " + value;
        refuse(probability, () -> Mixer.getProbability(value, 0.5));
        refuse(probability, () -> new InputMixer(MixMethod.LINEAR, value, 1, 3));
        String progress = "The progress of training must be between 0 and 1, but was " + value;
        refuse(progress, () -> Mixer.getProbability(0.5, value));
        for (MixMethod method : new MixMethod[] {MixMethod.LINEAR, MixMethod.CUTMIX}) {
            Mixer mixer = new Mixer(MixMoForm.of(2).method(method), 3, 4, 4);
            refuse(progress, () -> mixer.draw(1, value, Seeds.random(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shapes(MixMethod method) {
        MixMoForm form = MixMoForm.of(2).method(method);
        int axes = method.getSpatialAxes();
        if (axes > 0) {
            String what = " with %d spatial axes or more, but they have %d: use LINEAR";
            int[] places = axes == 1 ? new int[0] : new int[] {4};
            String end = what.formatted(axes, axes - 1);
            refuse(method + " needs features" + end, () -> new Mixer(form, 3, places));
            refuse(method + " needs inputs" + end, () -> new InputMixer(method, 1, 1, 3, places));
        }
        refuse(
                "features must have positive axes, but have 0 channels and the places [4, 4]",
                () -> new Mixer(form, 0, 4, 4));
        refuse(
                "inputs must have positive axes, but have 3 channels and the places [4, -1]",
                () -> new InputMixer(method, 1, 1, 3, 4, -1));
    }

    @Test
    void masksThatNoArrayHolds() {
        refuse(
                "3 masks of the shape [1, 65536, 65536] are more numbers than an array holds,"
                        + " 2147483647",
                () -> new Mixer(MixMoForm.of(2), 3, 1 << 16, 1 << 16));
        Mixer mixer = new Mixer(MixMoForm.of(2).probability(1), 1, 1 << 15, 1 << 15);
        refuse(
                "2 masks of the shape [2, 32768, 32768] are more numbers than an array holds,"
                        + " 2147483647",
                () -> mixer.draw(2, 0, Seeds.random(1)));
    }

    private static void refuse(String message, Executable code) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, code).getMessage());
    }
}
