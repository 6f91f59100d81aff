/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static Choice parse(String text) {
        return Choice.parse("name", text);
    }

    @Test
    void valuesAreSeparatedByCommasOrSemicolons() {
        assertEquals(List.of("16", "32"), parse("16, 32").values());
        assertEquals(List.of("1,1,2.5", "1,2"), parse("1,1,2.5; 1,2").values());
        assertEquals(List.of("step:30,60"), parse("step:30,60;").values());
        assertTrue(parse("0.001..0.1").isRange());
    }

    @Test
    void whatSaysNothingIsRefused() {
        assertRefused("", "There is nothing to try for 'name'");
        assertRefused("1,2,1", "is there twice");
        assertRefused("3..2", "goes from the lower to the higher end");
    }

    private static void assertRefused(String text, String part) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> parse(text)).getMessage();
        assertTrue(message.contains(part), message);
    }

    /** Each half of the range, by the logarithm or not, gets about half of 2,000 draws. */
    @Test
    void rangesAreDrawnEvenly() {
        assertShare("0.001..0.1", 0.01);
        assertShare("0.2..0.4", 0.3);
        assertShare("10..1000", 100);
        assertShare("1..6", 3.5);
    }

    private static void assertShare(String text, double middle) {
        Choice range = parse(text);
        SplittableRandom random = new SplittableRandom(1);
        int below = 0;
        TreeMap<Double, Integer> seen = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            double value = Double.parseDouble(range.draw(random));
            seen.merge(value, 1, Integer::sum);
            below += value < middle ? 1 : 0;
        }
        assertTrue(seen.firstKey() >= range.low() && seen.lastKey() <= range.high(), text);
        assertEquals(1000, below, 100, text);
        if (text.equals("1..6")) {
            assertEquals(6, seen.size());
        }
    }

    @Test
    void drawnNumbersAreShort() {
        String value = parse("0.0001..0.1").draw(new SplittableRandom(7));
        assertTrue(value.replaceAll("^0\\.0*", "").length() <= 3, value);
        assertTrue(parse("8..64").draw(new SplittableRandom(7)).matches("\\d+"));
    }
}
