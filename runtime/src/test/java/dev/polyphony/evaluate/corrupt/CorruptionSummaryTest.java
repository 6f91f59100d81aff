/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorruptionSummaryTest {

    private static CorruptionResult result(Corruption kind, int severity, double accuracy) {
        return new CorruptionResult(kind, severity, accuracy, 2 * (1 - accuracy), accuracy / 10);
    }

    private static CorruptionSummary summary(double... accuracy) {
        return CorruptionSummary.of(
                List.of(
                        result(Corruption.FOG, 1, accuracy[0]),
                        result(Corruption.FOG, 2, accuracy[1]),
                        result(Corruption.SNOW, 2, accuracy[3]),
                        result(Corruption.SNOW, 1, accuracy[2])));
    }

    @Test
    void meansByHand() {
        CorruptionSummary own = summary(0.9, 0.7, 0.8, 0.4);
        assertEquals(0.7, own.getAccuracy(), 1e-12);
        assertEquals(0.6, own.getNegativeLogLikelihood(), 1e-12);
        assertEquals(0.07, own.getExpectedCalibrationError(), 1e-12);
        Map<Integer, Double> bySeverity = own.bySeverity(CorruptionResult::accuracy);
        assertEquals(0.85, bySeverity.get(1), 1e-12);
        assertEquals(0.55, bySeverity.get(2), 1e-12);
        Map<Corruption, Double> byKind = own.byKind(CorruptionResult::error);
        assertEquals(0.2, byKind.get(Corruption.FOG), 1e-12);
        assertEquals(0.4, byKind.get(Corruption.SNOW), 1e-12);
    }

    @Test
    void relativeErrorsByHand() {
        CorruptionSummary own = summary(0.9, 0.7, 0.8, 0.4);
        CorruptionSummary other = summary(0.8, 0.4, 0.7, 0.5);
        // (0.4 / 0.8 + 0.8 / 0.8) / 2
        assertEquals(0.75, own.getRelativeError(other), 1e-12);
        assertEquals(1, own.getRelativeError(own), 1e-12);
        // ((0.2 - 0.05) / (0.4 - 0.1) + (0.4 - 0.05) / (0.4 - 0.1)) / 2
        double expected = (0.15 / 0.3 + 0.35 / 0.3) / 2;
        assertEquals(expected, own.getRelativeErrorRise(0.95, other, 0.9), 1e-12);
    }

    @Test
    void onlyTheSameIsCompared() {
        assertThrows(IllegalArgumentException.class, () -> CorruptionSummary.of(List.of()));
        CorruptionResult fog = result(Corruption.FOG, 1, 0.5);
        Exception uneven =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> CorruptionSummary.of(List.of(fog, result(Corruption.SNOW, 2, 0.5))));
        assertTrue(uneven.getMessage().contains("severities [2] of snow"), uneven.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CorruptionSummary.of(List.of(fog, fog)));
        CorruptionSummary one = CorruptionSummary.of(List.of(fog));
        CorruptionSummary own = summary(0.9, 0.7, 0.8, 0.4);
        assertThrows(IllegalArgumentException.class, () -> own.getRelativeError(one));
        assertThrows(IllegalArgumentException.class, () -> result(Corruption.FOG, 1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> result(Corruption.FOG, 9, 1));
    }
}
