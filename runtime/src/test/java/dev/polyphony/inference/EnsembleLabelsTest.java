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

class EnsembleLabelsTest {

    private static final List<String> LABELS = List.of("sunny", "warm");

    @Test
    void eachLabelHasItsUncertainty() {
        float z = (float) Math.log(3);
        // sunny: 3/4 and 1/4; warm: 3/4 twice
        EnsembleLabels answer =
                EnsembleLabels.of(LABELS, new float[] {z, z, -z, z}, Aggregation.PROBABILITIES);
        assertArrayEquals(new double[] {0.5, 0.75}, answer.getProbabilities(), 1e-7);
        double own = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
        assertArrayEquals(new double[] {Math.log(2), own}, answer.getEntropy(), 1e-7);
        assertArrayEquals(new double[] {Math.log(2) - own, 0}, answer.getMutualInformation(), 1e-7);
        assertEquals(0.25, answer.getMemberProbabilities()[1][0], 1e-7);
        assertEquals(LABELS, answer.getPredicted());
        assertTrue(answer.toJson().contains("\"label\":\"sunny\""), answer.toJson());
        assertEquals(
                List.of(),
                EnsembleLabels.of(LABELS, new float[] {-z, -z}, Aggregation.LOGITS).getPredicted());
    }

    @Test
    void wantsANameForEachLabel() {
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleLabels.of(LABELS, new float[3], Aggregation.LOGITS));
    }
}
