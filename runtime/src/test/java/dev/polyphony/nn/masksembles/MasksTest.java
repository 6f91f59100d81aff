/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.masksembles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.form.RefusedLayerException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for masks of every width, number and scale. */
class MasksTest {

    private static final double[] SCALES = {1, 1.001, 1.2, 1.5, 2, 2.7, 3, 4, 5, 6};

    private static final int[] WIDTHS = {
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 24, 31, 32, 33, 48, 64, 100, 127, 256, 512
    };

    /** A stream that fails where the reference would never end. */
    private static final class BoundedRandom extends Random {

        private static final long serialVersionUID = 1L;

        private long left;

        BoundedRandom(long seed, long left) {
            super(seed);
            this.left = left;
        }

        @Override
        protected int next(int bits) {
            left--;
            assertTrue(left > 0, "too many draws");
            return super.next(bits);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.001, 1.2, 1.5, 2, 2.7, 3, 4, 5, 6})
    void everyMaskIsAsTheScaleSays(double scale) {
        for (int n = 1; n <= 16; n++) {
            int members = n;
            for (int channels : WIDTHS) {
                String what = "%d masks of %d by %s".formatted(n, channels, scale);
                int ones = Masks.ones(n, channels, scale);
                // what the union of n uniform subsets of T = ones * scale columns is expected to be
                double union = ones * scale * (1 - Math.pow(1 - 1 / scale, n));
                boolean least = ones == (channels + n - 1) / n;
                assertTrue(least || union <= channels + 1e-6, what);
                assertTrue(ones == channels || union * (ones + 1) / ones > channels, what);

                if (channels < n && scale > 1 && (ones == 1 || ones == channels - 1)) {
                    // one column of c, or all but one, make c masks; two make many more than 16
                    assertThrows(
                            RefusedLayerException.class,
                            () -> new Masks(members, channels, scale, "Linear(1)"),
                            what);
                    continue;
                }
                Random random = new BoundedRandom(channels, 40L * n * channels);
                boolean[][] masks = new Masks(n, channels, scale, "Linear(1)").draw(random);

                assertEquals(n, masks.length, what);
                int[] used = new int[channels];
                Set<BitSet> rows = new HashSet<>();
                for (boolean[] mask : masks) {
                    BitSet row = new BitSet();
                    for (int i = 0; i < channels; i++) {
                        used[i] += mask[i] ? 1 : 0;
                        row.set(i, mask[i]);
                    }
                    assertEquals(ones, row.cardinality(), what);
                    rows.add(row);
                }
                assertTrue(Arrays.stream(used).allMatch(count -> count > 0), what);
                assertEquals(ones == channels ? 1 : n, rows.size(), what + " differ");
            }
        }
    }

    /** Pairs overlap as those of uniform subsets do that cover all columns together. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1.2, 1.5, 2, 3, 4, 6})
    void masksOverlapAsUniformSubsetsThatCoverEverything(double scale) {
        for (int n : new int[] {2, 4, 8, 16}) {
            for (int channels : new int[] {10, 17, 48}) {
                int ones = Masks.ones(n, channels, scale);
                if (n > channels && ones == 1) {
                    continue;
                }
                Overlap expected = Overlap.of(channels, ones, n);
                Masks masks = new Masks(n, channels, scale, "Linear(1)");
                double sum = 0;
                int pairs = 0;
                for (int seed = 0; pairs < 1500; seed++) {
                    boolean[][] drawn = masks.draw(new BoundedRandom(seed, 40L * n * channels));
                    for (int i = 0; i < n; i++) {
                        for (int j = 0; j < i; j++) {
                            double both = count(drawn[i], drawn[j]);
                            sum += both / (2 * ones - both);
                            pairs++;
                        }
                    }
                }
                // masks that none of 16 draws gave are mended, and so overlap a little more
                double mended = Math.pow(1 - expected.covering(), 16);
                assertEquals(
                        expected.mean(),
                        sum / pairs,
                        1e-9 + 5 * expected.deviation() / Math.sqrt(pairs) + 0.015 * mended,
                        "%d masks of %d by %s".formatted(n, channels, scale));
            }
        }
    }

    /** That is {@code 1 / (2 s - 1)} where masks are wide, and less where rounding shows. */
    @Test
    void wideMasksOverlapAsTheScalePromises() {
        for (double scale : SCALES) {
            for (int n : new int[] {4, 8, 16}) {
                double wide = Overlap.of(256, Masks.ones(n, 256, scale), n).mean();
                assertEquals(1 / (2 * scale - 1), wide, 0.008, n + " masks by " + scale);
            }
        }
        // the examples of docs/methods/masksembles.md
        assertEquals(0.33, Overlap.of(160, Masks.ones(4, 160, 2), 4).mean(), 0.005);
        assertEquals(0.31, Overlap.of(10, Masks.ones(4, 10, 2), 4).mean(), 0.005);
        assertEquals(0.14, Overlap.of(160, Masks.ones(4, 160, 4), 4).mean(), 0.005);
        assertEquals(0.07, Overlap.of(10, Masks.ones(4, 10, 4), 4).mean(), 0.005);
    }

    /** Narrow masks, of which every draw that covers the columns must be as likely. */
    @Test
    void narrowMasksAreUniform() {
        // 5 of 10 columns for two masks: the second is what the first leaves
        Masks masks = new Masks(2, 10, 6, "Linear(1)");
        assertEquals(5, Masks.ones(2, 10, 6));
        int[] used = new int[10];
        int[] together = new int[10];
        Random random = new Random(4);
        for (int i = 0; i < 4000; i++) {
            boolean[][] drawn = masks.draw(random);
            assertEquals(0, count(drawn[0], drawn[1]));
            for (int c = 0; c < 10; c++) {
                used[c] += drawn[0][c] ? 1 : 0;
                together[c] += drawn[0][c] && drawn[0][0] ? 1 : 0;
            }
        }
        for (int c = 0; c < 10; c++) {
            // 2000 expected, 32 standard deviation
            assertEquals(2000, used[c], 190);
        }
        for (int c = 1; c < 10; c++) {
            // both in one half: 4/9 of those with the first; 889 expected, 26 standard deviation
            assertEquals(889, together[c], 160);
        }
    }

    /** All of the few masks there are must be found, whatever was drawn first. */
    @Test
    void asManyMembersAsMasks() {
        assertEquals(2, Masks.ones(45, 10, 4));
        for (int seed = 0; seed < 20; seed++) {
            boolean[][] masks = new Masks(45, 10, 4, "Linear(1)").draw(new Random(seed));
            assertEquals(45, Arrays.stream(masks).map(Arrays::toString).distinct().count());
        }
        assertThrows(RefusedLayerException.class, () -> new Masks(46, 10, 4, "Linear(1)"));
    }

    @Test
    void oneMaskUsesEverything() {
        for (double scale : SCALES) {
            boolean[][] masks = new Masks(1, 64, scale, "Linear(1)").draw(new Random(1));
            assertEquals(64, count(masks[0], masks[0]));
        }
    }

    @Test
    void aSeedGivesTheSameMasks() {
        Masks masks = new Masks(4, 48, 2, "Linear(1)");
        assertTrue(Arrays.deepEquals(masks.draw(new Random(3)), masks.draw(new Random(3))));
        assertTrue(!Arrays.deepEquals(masks.draw(new Random(3)), masks.draw(new Random(4))));
    }

    @Test
    void refusesWhatCannotBe() {
        for (int channels = 1; channels < 10; channels++) {
            int narrow = channels;
            RefusedLayerException refused =
                    assertThrows(
                            RefusedLayerException.class,
                            () -> new Masks(4, narrow, 2, "Linear(7)"));
            assertEquals(Refusal.NARROW_MASKS, refused.getReason());
            assertTrue(refused.getMessage().startsWith("Linear(7) gets " + narrow + " features"));
        }
        RefusedLayerException refused =
                assertThrows(RefusedLayerException.class, () -> new Masks(16, 10, 6, "Linear(7)"));
        assertEquals(Refusal.FEW_MASKS, refused.getReason());
        assertEquals(
                "Linear(7) gets 10 features, and a mask keeps 1 of them: there are 10 such masks for"
                        + " 16 members",
                refused.getMessage());
        for (double scale : new double[] {0, 0.99, 6.01, -1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> MasksemblesForm.of(4).scale(scale));
        }
    }

    private static int count(boolean[] a, boolean[] b) {
        return (int) IntStream.range(0, a.length).filter(i -> a[i] && b[i]).count();
    }
}
