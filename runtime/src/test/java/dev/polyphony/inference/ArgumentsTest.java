/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private final Arguments arguments =
            Arguments.of(
                    Map.of(
                            "classes", 10.0,
                            "rate", "0.5",
                            "deep", "TRUE",
                            "widths", "16, 32",
                            "unit", "seconds",
                            "name", "net",
                            "half", 1.5));

    @Test
    void readsNumbersAndTextAlike() {
        assertEquals(10, arguments.getInt("classes"));
        assertEquals(10L, arguments.getLong("classes"));
        assertEquals(0.5f, arguments.getFloat("rate"));
        assertEquals(0.5, arguments.getDouble("rate"));
        assertTrue(arguments.getBoolean("deep"));
        assertEquals("net", arguments.getString("name"));
        assertArrayEquals(new int[] {16, 32}, arguments.getInts("widths"));
        assertEquals(TimeUnit.SECONDS, arguments.getEnum("unit", TimeUnit.class));
        assertTrue(arguments.has("classes", "rate"));
        assertFalse(arguments.has("classes", "depth"));
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertMessage(
                "'depth' is missing; it must be a whole number", () -> arguments.getInt("depth"));
        assertMessage(
                "'half' must be a whole number, but is '1.5'", () -> arguments.getInt("half"));
        assertMessage("must be true or false, but is 'net'", () -> arguments.getBoolean("name"));
        assertMessage("one of NANOSECONDS", () -> arguments.getEnum("name", TimeUnit.class));
    }

    @Test
    void namesWhatNobodyAskedFor() {
        Arguments typo = Arguments.of(Map.of("clases", "7"));
        assertFalse(typo.has("classes", "width"));
        assertMessage(
                "Unknown name 'clases' in --set; this model knows: classes, width",
                () -> typo.requireAllUsed("--set"));
        Arguments half = Arguments.of(Map.of("classes", 7, "width", 2));
        assertFalse(half.has("classes", "width", "depth"));
        assertEquals(7, half.getInt("classes"));
        assertMessage("'width' in --set is not used", () -> half.requireAllUsed("--set"));
        assertEquals(2, half.getInt("width"));
        half.requireAllUsed("--set");
        assertMessage(
                "Unknown name 'x' in --set; this model takes no values",
                () -> Arguments.of(Map.of("x", 1)).requireAllUsed("--set"));
        Arguments array = Arguments.of(Map.of("widths", new int[] {1}));
        assertArrayEquals(new int[] {1}, array.getInts("widths"));
        array.requireAllUsed("--set");
    }

    @Test
    void readsShapes() {
        Shape shape = new Shape(3, 32, 32);
        Arguments arguments = Arguments.of(Map.of("a", "3,32,32", "b", shape, "c", "(3, 32, x)"));

        assertEquals(shape, arguments.getShape("a"));
        assertEquals(shape, arguments.getShape("b"));
        assertMessage("a shape, as in 3,32,32", () -> arguments.getShape("c"));
    }

    private static void assertMessage(String part, Runnable action) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, action::run);
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    @Test
    void tellsWhatIsAskedFor() {
        assertEquals(
                Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"),
                Arguments.namesAskedBy(
                        arguments -> {
                            if (arguments.has("a", "b")) {
                                throw new AssertionError("nothing is there");
                            }
                            arguments.getInt("c");
                            arguments.getLong("d");
                            arguments.getFloat("e");
                            arguments.getDouble("f");
                            arguments.getBoolean("g");
                            arguments.getInts("h");
                            arguments.getShape("i");
                            throw new IllegalStateException(arguments.getString("j"));
                        }));
        assertEquals(
                Set.of("enum"),
                Arguments.namesAskedBy(one -> one.getEnum("enum", Thread.State.class)));
    }
}
