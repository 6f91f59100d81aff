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
import dev.polyphony.nn.mixmo.MixMoForm;
import org.junit.jupiter.api.Test;

class MixerTest {

    private static final MixMoForm CUT = MixMoForm.of(3).probability(1);

    @Test
    void masksSumUpToOneAndWeightsToTheMembers() {
        for (int[] places : new int[][] {{7}, {6, 5}, {4, 3, 5}}) {
            int size = 1;
            for (int length : places) {
                size *= length;
            }
            Mix mix = new Mixer(CUT, 3, places).draw(20, 0.1, Seeds.random(2));
            assertArrayEquals(places, mix.shape());
            assertEquals(20 * 3 * size, mix.masks().length);
            for (int row = 0; row < 20; row++) {
                for (int place = 0; place < size; place++) {
                    float sum = 0;
                    for (int m = 0; m < 3; m++) {
                        sum += mix.masks()[(row * 3 + m) * size + place];
                    }
                    assertEquals(1, sum, 1e-6);
                }
                float weights = 0;
                for (int m = 0; m < 3; m++) {
                    weights += mix.weights()[row * 3 + m];
                }
                assertEquals(3, weights, 1e-5);
            }
        }
    }

    @Test
    void weighsByTheShareThatIsReallyCovered() {
        Mix mix = new Mixer(CUT.weightRoot(1), 3, 6, 6).draw(30, 0.1, Seeds.random(4));
        for (int i = 0; i < 90; i++) {
            double share = 0;
            for (int place = 0; place < 36; place++) {
                share += mix.masks()[i * 36 + place] / 36;
            }
            // the root 1 makes a weight M times the share
            assertEquals(3 * share, mix.weights()[i], 1e-5);
        }
    }

    /** The cube of a third of the volume has the side of its third root. */
    @Test
    void boxesHaveAnyNumberOfAxes() {
        Box cube = Box.around(new int[] {20, 20, 20}, new int[] {10, 10, 10}, 1.0 / 3);
        // trunc(20 * 0.693) = 13, half of that on each side
        assertArrayEquals(new int[] {4, 4, 4}, cube.start());
        assertArrayEquals(new int[] {16, 16, 16}, cube.end());
        assertEquals(12 * 12 * 12 / 8000.0, cube.share(), 1e-12);
        Box line = Box.around(new int[] {10}, new int[] {9}, 0.4);
        assertArrayEquals(new int[] {7}, line.start());
        assertArrayEquals(new int[] {10}, line.end());
        assertTrue(line.contains(7) && line.contains(9) && !line.contains(6));
    }

    @Test
    void rolesAreExchangedForAWholeBatch() {
        Mixer mixer = new Mixer(MixMoForm.of(2).probability(1), 3, 8, 8);
        int[] boxed = new int[2];
        for (int batch = 0; batch < 200; batch++) {
            Mix mix = mixer.draw(4, 0.1, Seeds.random(1, batch));
            int member = -1;
            for (int row = 0; row < 4; row++) {
                // the box is a rectangle, what is around it is not, unless the box is empty
                for (int m = 0; m < 2; m++) {
                    if (isSmallBox(mix.masks(), (row * 2 + m) * 64)) {
                        assertTrue(member == -1 || member == m, "roles differ within a batch");
                        member = m;
                    }
                }
            }
            if (member >= 0) {
                boxed[member]++;
            }
        }
        assertTrue(boxed[0] > 50 && boxed[1] > 50, boxed[0] + " and " + boxed[1]);
    }

    /** A box that leaves all four corners out. */
    private static boolean isSmallBox(float[] masks, int from) {
        float corners = masks[from] + masks[from + 7] + masks[from + 56] + masks[from + 63];
        float sum = 0;
        for (int place = 0; place < 64; place++) {
            sum += masks[from + place];
        }
        return corners == 0 && sum > 0;
    }

    @Test
    void linearMixesHaveARatioForEachRow() {
        MixMoForm linear = MixMoForm.of(2).method(MixMethod.LINEAR);
        Mix mix = new Mixer(linear, 3).draw(5, 0.1, Seeds.random(1));
        assertEquals(0, mix.shape().length);
        assertEquals(10, mix.masks().length);
        assertTrue(mix.masks()[0] != mix.masks()[2], "each row has its own ratio");
    }

    @Test
    void cutsAsOftenAsTheScheduleSays() {
        Mixer mixer = new Mixer(MixMoForm.of(2).probability(0.5), 3, 4, 4);
        int early = 0;
        int late = 0;
        for (int batch = 0; batch < 400; batch++) {
            early += mixer.draw(1, 0.5, Seeds.random(2, batch)).shape().length > 0 ? 1 : 0;
            late += mixer.draw(1, 1, Seeds.random(3, batch)).shape().length > 0 ? 1 : 0;
        }
        // 200 expected, 10 standard deviation
        assertEquals(200, early, 50);
        assertEquals(0, late);
    }

    @Test
    void zeroConcentrationIsMimo() {
        MixMoForm form = MixMoForm.of(4).method(MixMethod.LINEAR).alpha(0).weightRoot(1);
        Mix mix = new Mixer(form, 3).draw(3, 0.1, Seeds.random(1));
        for (int i = 0; i < 12; i++) {
            assertEquals(0.25f, mix.masks()[i]);
            assertEquals(1, mix.weights()[i], 1e-6);
        }
    }
}
