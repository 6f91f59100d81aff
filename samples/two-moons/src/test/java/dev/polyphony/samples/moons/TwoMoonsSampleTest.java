/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.moons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.report.Report;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoMoonsSampleTest {

    @Test
    void drawsADecisionMapForEachForm(@TempDir Path folder) throws Exception {
        Report report =
                TwoMoonsSample.compare(
                        600,
                        TwoMoonsSample.newComparison().optEpochs(1).optProgress(Progress.none()));
        assertEquals(8, report.getResults().size());
        assertEquals(8, report.getPictures().get("Decision boundaries").size());
        assertTrue(Files.size(report.writeTo(folder)) > 0);
    }

    @Test
    void putsPointsOnTwoHalfCircles() {
        LabeledData moons = Moons.points(100, 0, 1);
        float[] points = moons.getFeatures();
        for (int i = 0; i < 100; i++) {
            boolean lower = moons.getLabels()[i] == 1;
            double x = lower ? 1 - points[2 * i] : points[2 * i];
            double y = lower ? 0.5 - points[2 * i + 1] : points[2 * i + 1];
            assertEquals(1, Math.hypot(x, y), 1e-6);
            assertTrue(y > -1e-6);
        }
    }

    @Test
    void drawsTheSameNoiseForOneSeed() {
        float[] first = Moons.points(10, 0.2, 3).getFeatures();
        assertArrayEquals(first, Moons.points(10, 0.2, 3).getFeatures());
        assertTrue(first[0] != Moons.points(10, 0.2, 4).getFeatures()[0]);
    }
}
