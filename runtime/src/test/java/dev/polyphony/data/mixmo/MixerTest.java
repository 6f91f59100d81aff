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
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** Every method, number of members and kind of ratio, in every row. */
    @ParameterizedTest
    @EnumSource
    void everyMethodMixesAnyNumberOfMembers(MixMethod method) {
        int[] places = {9, 8};
        for (int members : new int[] {2, 3, 5}) {
            for (double alpha : new double[] {0, 0.05, 2, 20}) {
                for (double root : new double[] {1, 3}) {
                    MixMoForm form =
                            MixMoForm.of(members)
                                    .method(method)
                                    .probability(1)
                                    .alpha(alpha)
                                    .weightRoot(root);
                    Mix mix = new Mixer(form, 4, places).draw(6, 0.1, Seeds.random(7, members));
                    assertEquals(
                            method == MixMethod.LINEAR,
                            mix.shape().length == 0,
                            "only LINEAR is the same everywhere");
                    int size = Pattern.size(mix.shape());
                    for (int row = 0; row < 6; row++) {
                        checkRow(mix, row, members, size, root);
                    }
                }
            }
        }
    }

    private static void checkRow(Mix mix, int row, int members, int size, double root) {
        double[] shares = new double[members];
        for (int place = 0; place < size; place++) {
            double sum = 0;
            for (int m = 0; m < members; m++) {
                float value = mix.masks()[(row * members + m) * size + place];
                assertTrue(value >= 0 && value <= 1, "a mask of " + value);
                sum += value;
                shares[m] += value / (double) size;
            }
            assertEquals(1, sum, 1e-6);
        }
        // w = M kappa^(1/r) / sum kappa^(1/r), of the shares that the masks really have
        double norm = 0;
        double largest = Arrays.stream(shares).max().orElseThrow();
        for (double share : shares) {
            norm += Math.exp(Math.log(share / largest) / root);
        }
        for (int m = 0; m < members; m++) {
            double expected = members * Math.exp(Math.log(shares[m] / largest) / root) / norm;
            // the cube root magnifies what is rounded in single precision
            assertEquals(expected, mix.weights()[row * members + m], root == 1 ? 1e-5 : 5e-3);
        }
    }

    /** A mask of its own for each row, a method and roles for the whole batch. */
    @ParameterizedTest
    @EnumSource(names = {"CUTMIX", "COW", "CHANNEL", "NOISE", "PATCHUP_HARD_2D", "FMIX"})
    void rowsHaveMasksOfTheirOwn(MixMethod method) {
        MixMoForm form = MixMoForm.of(2).method(method).probability(1);
        Mix mix = new Mixer(form, 4, 24, 20).draw(8, 0.1, Seeds.random(3));
        int size = 2 * Pattern.size(mix.shape());
        Set<String> masks = new HashSet<>();
        for (int row = 0; row < 8; row++) {
            masks.add(
                    Arrays.toString(Arrays.copyOfRange(mix.masks(), row * size, (row + 1) * size)));
        }
        assertTrue(masks.size() > 4, masks.size() + " masks in 8 rows");
    }

    /** Whatever the root, the weights are finite, add up to M, and rank members by their share. */
    @Test
    void weightsBearAnyRoot() {
        for (double root : new double[] {1e-300, 1e-5, 0.01, 1, 3, 1e300}) {
            double[] weights = LossWeights.of(new double[] {0.5, 0.2, 0.3, 0}, root);
            assertEquals(4, Arrays.stream(weights).sum(), 1e-12);
            assertTrue(weights[0] >= weights[2] && weights[2] >= weights[1]);
            assertTrue(weights[1] >= weights[3] && weights[3] >= 0);
        }
        assertEquals(4, LossWeights.of(new double[] {0.5, 0.2, 0.3, 0}, 1e-5)[0]);
    }

    /** Over many batches each of three members has each part as often. */
    @Test
    void rolesGoRoundAllMembers() {
        Mixer mixer = new Mixer(CUT.method(MixMethod.STACK_HORIZONTAL), 3, 8, 8);
        int[] first = new int[3];
        for (int batch = 0; batch < 600; batch++) {
            Mix mix = mixer.draw(1, 0.1, Seeds.random(6, batch));
            for (int m = 0; m < 3; m++) {
                float[] mask = Arrays.copyOfRange(mix.masks(), m * 64, (m + 1) * 64);
                boolean whole = true;
                boolean some = false;
                for (float value : mask) {
                    whole &= value == 0 || value == 1;
                    some |= value == 1;
                }
                first[m] += whole && some ? 1 : 0;
            }
        }
        for (int count : first) {
            // near 200, less where a border is at the edge; 12 standard deviation
            assertTrue(count > 130 && count < 260, Arrays.toString(first));
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
