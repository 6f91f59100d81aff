/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UncertaintyTest {

    private static final double EPS = 1e-12;

    /** Three members, sure of class 0, sure of class 1, undecided. */
    private static final double[][] MEMBERS = {{1, 0}, {0, 1}, {0.5, 0.5}};

    @Test
    void entropyOfZeroIsZero() {
        assertEquals(0, Uncertainty.entropy(new double[] {1, 0, 0}), 0);
        assertEquals(Math.log(4), Uncertainty.entropy(new double[] {.25, .25, .25, .25}), EPS);
    }

    @Test
    void uncertaintyIsSplit() {
        assertEquals(Math.log(2) / 3, Uncertainty.expectedEntropy(MEMBERS), EPS);
        assertEquals(Math.log(2) * 2 / 3, Uncertainty.mutualInformation(MEMBERS), EPS);
    }

    @Test
    void disagreementCountsPairs() {
        // the undecided member votes for the first class: one of three pairs agrees
        assertEquals(2 / 3.0, Uncertainty.disagreement(MEMBERS), EPS);
        assertEquals(1 / 3.0, Uncertainty.variationRatio(MEMBERS, 0), EPS);
        assertEquals(2 / 3.0, Uncertainty.variationRatio(MEMBERS, 1), EPS);
    }

    @Test
    void oneMemberContradictsNobody() {
        double[][] one = {{0.1, 0.2, 0.7}};
        assertEquals(0, Uncertainty.mutualInformation(one), 0);
        assertEquals(0, Uncertainty.disagreement(one), 0);
        assertEquals(0, Uncertainty.variationRatio(one, 2), 0);
    }

    @Test
    void equalMembersShareTheirUncertainty() {
        double[] p = {0.1, 0.2, 0.7};
        double information = Uncertainty.mutualInformation(new double[][] {p, p, p});
        assertEquals(0, information, 1e-15);
        assertEquals(0, Math.min(0, information), 0);
    }
}
