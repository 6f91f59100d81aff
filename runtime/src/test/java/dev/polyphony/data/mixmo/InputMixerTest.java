/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.MixMethod;
import dev.polyphony.data.Seeds;
import dev.polyphony.nn.mixmo.MixMoForm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputMixerTest {

    private static final int ROWS = 60;

    @Test
    void labelsCountByTheMaskWhereNothingElseMasks() {
        InputMixer mixer = new InputMixer(MixMethod.CUTMIX, 1, 1, 3, 6, 5);
        InputMix mix = mixer.draw(ROWS, 2, 100, Seeds.random(1));
        assertArrayEquals(new int[] {6, 5}, mix.shape());
        boolean[] drawn = new boolean[100];
        int small = 0;
        for (int i = 0; i < ROWS * 2; i++) {
            double mean = 0;
            for (int place = 0; place < 30; place++) {
                float value = mix.masks()[i * 30 + place];
                assertTrue(value == 0 || value == 1);
                mean += value / 30;
            }
            assertEquals(mean, mix.shares()[i], 1e-6);
            small += mean < 0.5 ? 1 : 0;
            drawn[mix.partners()[i]] = true;
        }
        assertTrue(small > ROWS, "parts are not exchanged");
        int distinct = 0;
        for (boolean partner : drawn) {
            distinct += partner ? 1 : 0;
        }
        // 120 draws leave 100 * 0.99^120 = 30 of 100 out
        assertTrue(distinct > 55 && distinct < 85, "partners: " + distinct);
    }

    @Test
    void eachInputHasItsOwnCoin() {
        InputMix mix =
                new InputMixer(MixMethod.LINEAR, 0.25, 1, 3).draw(500, 2, 9, Seeds.random(2));
        int whole = 0;
        for (float share : mix.shares()) {
            whole += share == 1 ? 1 : 0;
        }
        // 750 expected, a standard deviation of 14
        assertEquals(750, whole, 60);
        InputMix none =
                new InputMixer(MixMethod.CUTMIX, 0, 1, 3, 4, 4).draw(5, 2, 9, Seeds.random(3));
        for (float share : none.shares()) {
            assertEquals(1, share);
        }
        for (float value : none.masks()) {
            assertEquals(1, value);
        }
    }

    @Test
    void sameSeedSameMix() {
        InputMixer mixer = new InputMixer(MixMethod.CUTMIX, 0.5, 1, 3, 6, 5);
        InputMix one = mixer.draw(ROWS, 2, 100, Seeds.random(4));
        InputMix two = mixer.draw(ROWS, 2, 100, Seeds.random(4));
        assertArrayEquals(one.masks(), two.masks());
        assertArrayEquals(one.partners(), two.partners());
        assertArrayEquals(one.shares(), two.shares());
        InputMix other = mixer.draw(ROWS, 2, 100, Seeds.random(5));
        assertTrue(!Arrays.equals(one.partners(), other.partners()));
    }

    /** Counted place by place, with features half the size of the inputs. */
    @Test
    void withMixMoLabelsCountByWhatIsSeen() {
        MixMoForm form = MixMoForm.of(2).probability(1);
        Mix features = new Mixer(form, 8, 4, 3).draw(ROWS, 0.1, Seeds.random(6));
        InputMix mix =
                new InputMixer(MixMethod.CUTMIX, 1, 1, 3, 8, 6)
                        .draw(features, ROWS, 50, Seeds.random(7));
        for (int i = 0; i < ROWS * 2; i++) {
            double seen = 0;
            double own = 0;
            for (int place = 0; place < 48; place++) {
                int behind = place / 6 / 2 * 3 + place % 6 / 2;
                double shown = features.masks()[i * 12 + behind];
                seen += shown;
                own += shown * mix.masks()[i * 48 + place];
            }
            assertTrue(mix.shares()[i] >= 0.5);
            if (seen > 0) {
                assertEquals(own / seen, mix.shares()[i], 1e-6);
            }
        }
    }

    @Test
    void linearFeaturesShowEverythingAlike() {
        MixMoForm form = MixMoForm.of(3).method(MixMethod.LINEAR);
        Mix features = new Mixer(form, 8, 4, 3).draw(ROWS, 0.1, Seeds.random(8));
        InputMix mix =
                new InputMixer(MixMethod.CUTMIX, 1, 1, 3, 5, 7)
                        .draw(features, ROWS, 50, Seeds.random(9));
        assertEquals(3, mix.members());
        for (int i = 0; i < ROWS * 3; i++) {
            double mean = 0;
            for (int place = 0; place < 35; place++) {
                mean += mix.masks()[i * 35 + place] / 35;
            }
            assertEquals(mean, mix.shares()[i], 1e-6);
        }
    }

    @Test
    void masksOfChannelsAreAveraged() {
        // the first channel shows the left column, the second everything
        float[] shown = {1, 0, 1, 0, 1, 1, 1, 1};
        Mix features = new Mix(shown, new int[] {2, 2, 2}, new float[] {2});
        Part part = Part.shown(new double[] {1, 0, 1, 0}, new int[] {2, 2}, 2, features, 0);
        assertEquals(2.0 / 3, part.share(), 1e-12);
        Part swapped = Part.shown(new double[] {0, 1, 0, 1}, new int[] {2, 2}, 2, features, 0);
        assertEquals(2.0 / 3, swapped.share(), 1e-12);
        assertArrayEquals(new double[] {1, 0, 1, 0}, swapped.mask());
    }

    /** Three places for two: the one in the middle belongs to both by halves. */
    @Test
    void sizesNeedNotDivide() {
        Plane two = new Plane(new double[] {3, 6, 0}, new int[] {3}).resize(new int[] {2});
        assertArrayEquals(new double[] {4, 2}, two.values(), 1e-12);
        Plane more = new Plane(new double[] {3, 6}, new int[] {2}).resize(new int[] {3});
        assertArrayEquals(new double[] {3, 4.5, 6}, more.values(), 1e-12);
    }

    @Test
    void mixesInputsAndLabels() {
        InputMix mix =
                new InputMix(
                        2,
                        new int[] {5, 5},
                        new float[] {1, 0, 0.25f, 0.5f},
                        new int[] {2},
                        new float[] {0.5f, 0.375f});
        try (NDManager manager = NDManager.newBaseManager()) {
            Shape shape = new Shape(1, 2, 1, 2);
            NDArray own = manager.create(new float[] {1, 2, 4, 8}, shape);
            NDArray others = manager.create(new float[] {10, 20, 40, 80}, shape);
            NDArray mixed = mix.apply(own, others);
            assertArrayEquals(new float[] {1, 20, 31, 44}, mixed.toFloatArray());
            assertEquals(shape, mixed.getShape());
            NDArray flat = own.flatten();
            assertThrows(IllegalArgumentException.class, () -> mix.apply(flat, flat));
        }
        assertArrayEquals(
                new float[] {0.5f, 0, 0.5f, 0, 1, 0},
                mix.getTargets(new int[] {0, 1}, new int[] {2, 1}, 3));
        assertMessage("Label 3", () -> mix.getTargets(new int[] {0, 3}, new int[] {2, 1}, 3));
        assertMessage("1 labels", () -> mix.getTargets(new int[] {0}, new int[] {2, 1}, 3));
    }

    @Test
    void badSettingsAreNamed() {
        assertMessage("probability", () -> new InputMixer(MixMethod.LINEAR, 1.5, 1, 3));
        assertMessage("concentration", () -> new InputMixer(MixMethod.LINEAR, 1, Double.NaN, 3));
        assertMessage("positive axes", () -> new InputMixer(MixMethod.CUTMIX, 1, 1, 3, 0));
        assertMessage("use LINEAR", () -> new InputMixer(MixMethod.CUTMIX, 1, 1, 3));
        InputMixer mixer = new InputMixer(MixMethod.CUTMIX, 1, 1, 3, 4, 4);
        assertMessage("at least 1 row", () -> mixer.draw(2, 2, 0, Seeds.random(1)));
        Mix line = new Mix(new float[12], new int[] {3}, new float[4]);
        assertMessage("2 spatial axes", () -> mixer.draw(line, 2, 5, Seeds.random(1)));
        assertMessage("not one of 3 rows", () -> mixer.draw(line, 3, 5, Seeds.random(1)));
    }

    private static void assertMessage(String part, Runnable code) {
        Exception e = assertThrows(IllegalArgumentException.class, code::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
