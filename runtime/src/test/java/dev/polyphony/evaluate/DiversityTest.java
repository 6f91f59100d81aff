/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DiversityTest {

    private static final double EPS = 1e-12;
    private static final boolean[] A = {true, true, true, false, false};
    private static final boolean[] B = {true, true, false, true, false};

    @Test
    void countedByHand() {
        Diversity d = Diversity.of(A, B);
        assertEquals(0.4, d.bothRight(), EPS);
        assertEquals(0.2, d.onlyFirst(), EPS);
        assertEquals(0.2, d.onlySecond(), EPS);
        assertEquals(0.2, d.bothWrong(), EPS);
        assertEquals(2, d.getRatioOfErrors(), EPS);
        assertEquals((0.08 - 0.04) / (0.08 + 0.04), d.getQStatistic(), EPS);
        assertEquals((0.08 - 0.04) / (0.6 * 0.4), d.getCorrelation(), EPS);
        assertEquals(0.4, d.getDisagreement(), EPS);
        assertEquals(0.6, d.getAgreement(), EPS);
    }

    @Test
    void faultlessMembers() {
        boolean[] all = {true, true};
        Diversity d = Diversity.of(all, all);
        assertEquals(0, d.getRatioOfErrors(), 0);
        assertEquals(0, d.getQStatistic(), 0);
        assertEquals(0, d.getCorrelation(), 0);
    }

    @Test
    void meanIsOverPairs() {
        boolean[][] members = {A, B, A};
        assertEquals(0.8 / 3, Diversity.mean(members, Diversity::getDisagreement), EPS);
        assertThrows(
                IllegalArgumentException.class,
                () -> Diversity.mean(new boolean[][] {A}, Diversity::getDisagreement));
    }
}
