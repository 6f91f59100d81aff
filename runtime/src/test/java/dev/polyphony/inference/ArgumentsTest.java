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

    /** As generated code asks for one of two constructors. */
    private static String net(Arguments arguments) {
        if (arguments.has("widths", "numClasses")) {
            return arguments.getInts("widths").length + "x" + arguments.getInt("numClasses");
        }
        return arguments.getInt("width") + "x" + arguments.getInt("numClasses");
    }

    /** As generated code asks for one constructor, or sets what a builder has. */
    private static String built(Arguments arguments) {
        int classes = arguments.getInt("classes");
        return arguments.has("depth") ? classes + "x" + arguments.getInt("depth") : "" + classes;
    }

    private static void assertMade(String made, Map<String, ?> values) {
        assertEquals(made, Arguments.of(values).make(ArgumentsTest::net, "--set"));
    }

    private static void assertNotMade(String part, Map<String, ?> values) {
        assertMessage(part, () -> Arguments.of(values).make(ArgumentsTest::net, "--set"));
    }

    @Test
    void saysWhichValuesGoTogether() {
        String ways = "this model takes (widths, numClasses) or (width, numClasses)";
        assertMade("8x3", Map.of("width", 8, "numClasses", 3));
        assertMade("2x3", Map.of("widths", new int[] {8, 9}, "numClasses", 3));
        assertNotMade(
                "The value of 'numClasses' is missing; it must be a whole number; " + ways,
                Map.of("width", 8));
        assertNotMade("The value of 'numClasses' is missing; ", Map.of("widths", "8,9"));
        assertNotMade(
                "The value of 'width' is missing; it must be a whole number; " + ways, Map.of());
        assertNotMade(
                "Unknown name 'classes' in --set; this model knows: numClasses, width, widths",
                Map.of("classes", 3));
        assertNotMade(
                "'width' in --set is not used: " + ways,
                Map.of("width", 8, "widths", "8,9", "numClasses", 3));
        assertMessage(
                "'numClasses' is missing; it must be a whole number; "
                        + ways
                        + "; given are: blockFactory, width",
                () ->
                        Arguments.of(Map.of("width", 8, "blockFactory", "Net"))
                                .make(ArgumentsTest::net));
    }

    @Test
    void whatABuilderMayHaveIsNoOtherWay() {
        assertEquals("3x2", make(Map.of("classes", 3, "depth", 2)));
        assertEquals("3", make(Map.of("classes", 3)));
        assertMessage(
                "The value of 'classes' is missing; it must be a whole number",
                () -> make(Map.of("depth", 3)));
        assertMessage("this model knows: classes, depth", () -> make(Map.of("clases", 3)));
        assertMessage(
                "Unknown name 'x' in --set; this model takes no values",
                () -> Arguments.of(Map.of("x", 1)).make(none -> "made", "--set"));
    }

    private static String make(Map<String, ?> values) {
        return Arguments.of(values).make(ArgumentsTest::built, "--set");
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
                                throw new IllegalStateException("two are enough");
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
