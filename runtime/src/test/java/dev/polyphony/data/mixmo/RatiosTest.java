/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.mixmo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatiosTest {

    private static final int DRAWS = 40_000;

    /** Moments {@code E[x^k]} of Beta(a, a): the product of (a + i) / (2a + i), i below k. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 1, 2, 8, 20})
    void twoMembersAreBeta(double concentration) {
        Random random = Seeds.random(3);
        double[] sums = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double[] ratios = Ratios.draw(2, concentration, random);
            assertTrue(ratios[0] >= 0 && ratios[0] <= 1);
            assertEquals(1, ratios[0] + ratios[1], 1e-12);
            for (int k = 1; k < 5; k++) {
                sums[k] += Math.pow(ratios[0], k);
            }
        }
        double variance = 1 / (4 * (2 * concentration + 1));
        for (int k = 1; k < 5; k++) {
            double moment = moment(concentration, k);
            double error = Math.sqrt(moment(concentration, 2 * k) - moment * moment);
            assertEquals(moment, sums[k] / DRAWS, 5 * error / Math.sqrt(DRAWS), "moment " + k);
        }
        double mean = sums[1] / DRAWS;
        assertEquals(variance, sums[2] / DRAWS - mean * mean, 0.04 * variance);
    }

    private static double moment(double concentration, int k) {
        double moment = 1;
        for (int i = 0; i < k; i++) {
            moment *= (concentration + i) / (2 * concentration + i);
        }
        return moment;
    }

    /** A ratio of M members is Beta(a, (M - 1) a), whose distribution function is a library's. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 1, 2, 20})
    void quantilesAreRight(double concentration) {
        for (int members : new int[] {2, 3, 5}) {
            Random random = Seeds.random(9, members);
            double[] drawn = new double[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                drawn[i] = Ratios.draw(members, concentration, random)[i % members];
            }
            Arrays.sort(drawn);
            for (int i = 0; i < DRAWS; i += 100) {
                double expected =
                        RegularizedBeta.value(
                                drawn[i], concentration, (members - 1) * concentration);
                int above = i;
                while (above < DRAWS && drawn[above] == drawn[i]) {
                    above++;
                }
                // of ratios that round to 0 or 1 there are several, which stand for their range;
                // the bound is that of Kolmogorov and Smirnov at one in a million
                double bound = 2.7 / Math.sqrt(DRAWS);
                assertTrue(expected >= (double) i / DRAWS - bound || drawn[i] == 0);
                assertTrue(expected <= (double) above / DRAWS + bound);
            }
        }
    }

    /** The method accepts 19 of 20 candidates and more, whatever the concentration. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 1e-4, 0.05, 1, 20, 1e6, 1e300})
    void drawsAreFewAndFinite(double concentration) {
        int[] drawn = {0};
        Random random =
                new Random(8) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public double nextGaussian() {
                        drawn[0]++;
                        return super.nextGaussian();
                    }
                };
        int[] most = new int[3];
        for (int i = 0; i < 1000; i++) {
            double[] ratios = Ratios.draw(3, concentration, random);
            assertEquals(1, Arrays.stream(ratios).sum(), 1e-12);
            assertTrue(Arrays.stream(ratios).allMatch(ratio -> ratio >= 0 && ratio <= 1));
            most[ratios[0] >= Math.max(ratios[1], ratios[2]) ? 0 : ratios[1] > ratios[2] ? 1 : 2]++;
        }
        assertTrue(drawn[0] < 3300, drawn[0] + " candidates for 3000 variables");
        boolean even = concentration == 1e300;
        assertTrue(even || Arrays.stream(most).allMatch(count -> count > 250));
    }

    /** Covariance -1 / (M^2 (M a + 1)) of a symmetric Dirichlet distribution. */
    @Test
    void severalMembersAreDirichlet() {
        Random random = Seeds.random(5);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < DRAWS; i++) {
            double[] ratios = Ratios.draw(4, 2, random);
            assertEquals(1, Arrays.stream(ratios).sum(), 1e-12);
            squares += (ratios[2] - 0.25) * (ratios[2] - 0.25);
            products += (ratios[0] - 0.25) * (ratios[3] - 0.25);
        }
        assertEquals(-1 / 144.0, products / DRAWS, 0.04 / 144);
        double variance = 0.25 * 0.75 / 9;
        assertEquals(variance, squares / DRAWS, 0.03 * variance);
    }

    @Test
    void tinyConcentrationsPickOneMember() {
        Random random = Seeds.random(5);
        int[] picked = new int[3];
        for (int i = 0; i < 300; i++) {
            double[] ratios = Ratios.draw(3, 1e-4, random);
            for (int m = 0; m < 3; m++) {
                assertTrue(Double.isFinite(ratios[m]));
                picked[m] += ratios[m] > 0.999 ? 1 : 0;
            }
        }
        assertTrue(Arrays.stream(picked).allMatch(count -> count > 60), Arrays.toString(picked));
    }

    @Test
    void zeroMixesEvenly() {
        assertArrayEquals(
                new double[] {0.25, 0.25, 0.25, 0.25}, Ratios.draw(4, 0, Seeds.random(1)));
    }
}
