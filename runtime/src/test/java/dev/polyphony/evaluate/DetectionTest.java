/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetectionTest {

    private static final double EPS = 1e-12;

    @Test
    void perfectAndReversedOrder() {
        double[] low = {0.1, 0.2};
        double[] high = {0.8, 0.9};
        Detection perfect = Detection.of(low, high);
        assertEquals(1, perfect.getAuroc(), EPS);
        assertEquals(1, perfect.getAuprOut(), EPS);
        assertEquals(0, perfect.getFpr95(), EPS);
        Detection reversed = Detection.of(high, low);
        assertEquals(0, reversed.getAuroc(), EPS);
        // the two are found at ranks 3 and 4
        assertEquals((1 / 3.0 + 2 / 4.0) / 2, reversed.getAuprOut(), EPS);
        assertEquals(1, reversed.getFpr95(), EPS);
    }

    @Test
    void countedByHand() {
        // descending: out 0.9, in 0.7, out 0.6, in 0.2
        Detection detection = Detection.of(new double[] {0.2, 0.7}, new double[] {0.6, 0.9});
        assertEquals(3 / 4.0, detection.getAuroc(), EPS);
        assertEquals((1 + 2 / 3.0) / 2, detection.getAuprOut(), EPS);
        assertEquals(0.5, detection.getFpr95(), EPS);
    }

    @Test
    void tiesAreNeitherLuckNorMerit() {
        double[] same = {0.5, 0.5, 0.5};
        Detection all = Detection.of(same, new double[] {0.5});
        assertEquals(0.5, all.getAuroc(), EPS);
        assertEquals(0.25, all.getAuprOut(), EPS);
        assertEquals(1, all.getFpr95(), EPS);
        // pairs: (0, 1) and (0, 0.5), (0.5, 1) won, (0.5, 0.5) halved
        Detection some = Detection.of(new double[] {0, 0.5}, new double[] {0.5, 1});
        assertEquals(3.5 / 4, some.getAuroc(), EPS);
        assertEquals((1 + 2 / 3.0) / 2, some.getAuprOut(), EPS);
        assertEquals(0.5, Detection.of(new double[] {0.0}, new double[] {-0.0}).getAuroc(), EPS);
    }

    @Test
    void nineteenOfTwentyAreEnough() {
        double[] out = IntStream.range(0, 20).mapToDouble(i -> i).toArray();
        double[] in = {-1, 0.5, 1.5, 30};
        // threshold 1 flags 19 of 20 foreign examples, and 1.5 and 30 of the test examples
        assertEquals(0.5, Detection.of(in, out).getFpr95(), EPS);
        out[1] = 0; // now 19 of 20 need the threshold 0
        assertEquals(0.75, Detection.of(in, out).getFpr95(), EPS);
    }

    @Test
    void orderOfExamplesDoesNotMatter() {
        double[] in = {0.3, 0.1, 0.3, 0.2};
        double[] out = {0.3, 0.2, 0.9};
        double[] sorted = in.clone();
        Arrays.sort(sorted);
        assertEquals(Detection.of(sorted, out).getAuprOut(), Detection.of(in, out).getAuprOut(), 0);
    }

    @Test
    void emptySetsAndNoNumbersAreRefused() {
        double[] some = {1};
        assertMessage("out-of-distribution set is empty", some, new double[0]);
        assertMessage("in-distribution set is empty", new double[0], some);
        assertMessage(
                "example 1 of the out-of-distribution set", some, new double[] {1, Double.NaN});
    }

    private static void assertMessage(String part, double[] in, double[] out) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Detection.of(in, out));
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
