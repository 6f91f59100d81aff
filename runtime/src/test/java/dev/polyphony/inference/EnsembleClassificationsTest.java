/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Aggregation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleClassificationsTest {

    private static final List<String> CATS = List.of("lion", "lynx");
    private static final float LOG3 = (float) Math.log(3);

    /** Two members with probabilities (3/4, 1/4) and (1/4, 3/4). */
    private static EnsembleClassifications opposed(Aggregation aggregation) {
        return EnsembleClassifications.of(CATS, new float[] {LOG3, 0, 0, LOG3}, aggregation);
    }

    @Test
    void poolsMembers() {
        EnsembleClassifications answer =
                EnsembleClassifications.of(
                        CATS, new float[] {LOG3, 0, LOG3, 0, 0, 0}, Aggregation.PROBABILITIES);
        assertEquals((0.75 + 0.75 + 0.5) / 3, answer.get("lion").getProbability(), 1e-6);
        assertEquals("lion", answer.best().getClassName());
        assertArrayEquals(new double[] {0.5, 0.5}, answer.getMemberProbabilities()[2], 1e-6);
        EnsembleClassifications logits =
                EnsembleClassifications.of(
                        CATS, new float[] {LOG3, 0, LOG3, 0, 0, 0}, Aggregation.LOGITS);
        double odds = Math.pow(3, 2.0 / 3);
        assertEquals(odds / (1 + odds), logits.get("lion").getProbability(), 1e-6);
    }

    @Test
    void tellsWhatMembersDoNotAgreeOn() {
        EnsembleClassifications answer = opposed(Aggregation.PROBABILITIES);
        double own = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        assertEquals(Math.log(2), answer.getPredictiveEntropy(), 1e-6);
        assertEquals(own, answer.getExpectedEntropy(), 1e-6);
        assertEquals(Math.log(2) - own, answer.getMutualInformation(), 1e-6);
        assertEquals(1, answer.getDisagreement());
    }

    @Test
    void oneMemberAgreesWithItself() {
        EnsembleClassifications answer =
                EnsembleClassifications.of(CATS, new float[] {2, 1}, Aggregation.PROBABILITIES);
        assertEquals(0, answer.getMutualInformation(), 1e-12);
        assertEquals(0, answer.getDisagreement());
    }

    @Test
    void refusesNamesThatDoNotFit() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                EnsembleClassifications.of(
                                        CATS, new float[3], Aggregation.PROBABILITIES));
        assertTrue(e.getMessage().contains("3 scores"), e.getMessage());
    }

    @Test
    void answersCannotBeChanged() {
        EnsembleClassifications answer = opposed(Aggregation.PROBABILITIES);
        answer.getMemberProbabilities()[0][0] = 9;
        assertEquals(0.75, answer.getMemberProbabilities()[0][0], 1e-6);
        List<Double> probabilities = answer.getProbabilities();
        assertThrows(UnsupportedOperationException.class, () -> probabilities.set(0, 1.0));
    }
}
