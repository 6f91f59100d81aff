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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatiosTest {

    private static final int DRAWS = 40_000;

    /** Mean 1/2 and variance 1 / (4 (2a + 1)) of a Beta distribution. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.5, 1, 2, 8})
    void twoMembersAreBeta(double concentration) {
        Random random = Seeds.random(3);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double[] ratios = Ratios.draw(2, concentration, random);
            assertEquals(1, ratios[0] + ratios[1], 1e-12);
            sum += ratios[0];
            squares += (ratios[0] - 0.5) * (ratios[0] - 0.5);
        }
        double variance = 1 / (4 * (2 * concentration + 1));
        assertEquals(0.5, sum / DRAWS, 5 * Math.sqrt(variance / DRAWS));
        assertEquals(variance, squares / DRAWS, 0.03 * variance);
    }

    /** The distribution function of Beta(1/2, 1/2) is 2/pi asin(sqrt(x)); of Beta(1, 1), x. */
    @Test
    void quantilesAreRight() {
        for (double concentration : new double[] {0.5, 1}) {
            Random random = Seeds.random(9);
            double[] drawn = new double[DRAWS];
            for (int i = 0; i < DRAWS; i++) {
                drawn[i] = Ratios.draw(2, concentration, random)[0];
            }
            Arrays.sort(drawn);
            for (int i = 0; i < DRAWS; i += 500) {
                double x = drawn[i];
                double expected = concentration == 1 ? x : 2 / Math.PI * Math.asin(Math.sqrt(x));
                // the bound of Kolmogorov and Smirnov at one in a million
                assertEquals((double) i / DRAWS, expected, 2.7 / Math.sqrt(DRAWS));
            }
        }
    }

    /** Variance (1/M)(1 - 1/M) / (M a + 1) of a symmetric Dirichlet distribution. */
    @Test
    void severalMembersAreDirichlet() {
        Random random = Seeds.random(5);
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double[] ratios = Ratios.draw(4, 2, random);
            assertEquals(1, Arrays.stream(ratios).sum(), 1e-12);
            squares += (ratios[2] - 0.25) * (ratios[2] - 0.25);
        }
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
