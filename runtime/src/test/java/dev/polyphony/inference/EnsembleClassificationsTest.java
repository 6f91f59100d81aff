/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.evaluate.Aggregation;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleClassificationsTest {

    private static final List<String> CLASSES = List.of("cat", "dog");

    @Test
    void poolsAndComparesMembers() {
        // member probabilities 3/4, 1/4 and 1/4, 3/4: all uncertainty beyond their own is theirs
        float z = (float) Math.log(3);
        EnsembleClassifications answer = answer(z, 0, 0, z);
        assertEquals(0.5, answer.get("cat").getProbability(), 1e-7);
        assertEquals(Math.log(2), answer.getEntropy(), 1e-7);
        double own = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        assertEquals(own, answer.getExpectedEntropy(), 1e-7);
        assertEquals(Math.log(2) - own, answer.getMutualInformation(), 1e-7);
        assertEquals(1, answer.getDisagreement());
        assertEquals(0.75, answer.getMemberProbabilities()[1][1], 1e-7);
    }

    @Test
    void isSureWhereMembersAgree() {
        EnsembleClassifications answer = answer(4, 0, 4, 0);
        assertEquals("cat", answer.best().getClassName());
        assertEquals(0, answer.getMutualInformation(), 1e-12);
        assertEquals(0, answer.getDisagreement());
    }

    @Test
    void poolsAsTheMethodDoes() {
        float z = (float) Math.log(3);
        float[] scores = {z, 0, z, 0, 0, 0};
        EnsembleClassifications probabilities =
                EnsembleClassifications.of(CLASSES, scores, Aggregation.PROBABILITIES);
        assertEquals((0.75 + 0.75 + 0.5) / 3, probabilities.get("cat").getProbability(), 1e-6);
        EnsembleClassifications logits =
                EnsembleClassifications.of(CLASSES, scores, Aggregation.LOGITS);
        double odds = Math.pow(3, 2.0 / 3);
        assertEquals(odds / (1 + odds), logits.get("cat").getProbability(), 1e-6);
    }

    @Test
    void oneMemberAgreesWithItself() {
        EnsembleClassifications answer = answer(2, 1);
        assertEquals(0, answer.getMutualInformation(), 1e-12);
        assertEquals(0, answer.getDisagreement());
    }

    @Test
    void cannotBeChanged() {
        EnsembleClassifications answer = answer(0, 0);
        answer.getMemberProbabilities()[0][0] = 9;
        assertEquals(0.5, answer.getMemberProbabilities()[0][0], 1e-7);
        List<Double> probabilities = answer.getProbabilities();
        assertThrows(UnsupportedOperationException.class, () -> probabilities.set(0, 1.0));
    }

    @Test
    void wantsANameForEachOutput() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList scores = new NDList(manager.ones(new Shape(4, 3)));
            EnsembleTranslator<NDList, EnsembleClassifications> translator =
                    EnsembleTranslator.ofArrays(2, Aggregation.LOGITS);
            IllegalArgumentException error =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> translator.processOutput(null, scores));
            assertTrue(error.getMessage().contains("(4, 3) for 2 class names"));
        }
    }

    private static EnsembleClassifications answer(float... logits) {
        return EnsembleClassifications.of(CLASSES, logits, Aggregation.PROBABILITIES);
    }
}
