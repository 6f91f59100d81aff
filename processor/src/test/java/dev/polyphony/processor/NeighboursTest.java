/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.util.Locale;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with other top-level classes in their file. */
class NeighboursTest {

    private static final String UNIT =
            "final class Unit extends SequentialBlock {\n"
                    + "Unit(int units) { add(Linear.builder().setUnits(units).build()); } }\n";

    private static JavaFileObject file(String members, String others) {
        return source(
                "@Packed public final class Net extends SequentialBlock {\n"
                        + members
                        + "\n}\n"
                        + others);
    }

    @Test
    void whatTheModelDoesNotUseStays() {
        Compilation compilation =
                compile(
                        file(
                                "public Net() { add(new Unit(3)); }",
                                UNIT + "class Other extends Conv {} class Conv {}"));

        assertClean(compilation);
        String packed = generated(compilation, "PackedNet");
        assertTrue(packed.contains("    private static final class Unit extends"), packed);
        assertFalse(packed.contains("Other") || packed.contains("Conv"), packed);
    }

    /** Others may hold it, so a copy would be another one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Plan { static int count; int units = 3; }",
                "class Plan { static class In { static int count; } int units = Maker.of(this); }"
            })
    void whatOthersShareStays(String plan) {
        JavaFileObject maker = source("class Maker { static int of(Plan plan) { return 3; } }");
        Compilation compilation =
                compileLeniently(
                        file(
                                "public Net() { Plan plan = new Plan(); "
                                        + "add(Linear.builder().setUnits(plan.units + Maker.of(plan)).build()); }",
                                plan),
                        maker);

        assertEquals(0, compilation.errors().size(), () -> compilation.errors().toString());
        String packed = generated(compilation, "PackedNet");
        assertFalse(packed.contains("class Plan"), packed);
    }

    /** As nested types: callers name it as a class of the ensemble, or as their own. */
    @Test
    void signaturesCanHaveThem() {
        Compilation compilation =
                compileLeniently(
                        file(
                                "Net(Unit unit) { add(unit); }\n"
                                        + "Net(int units) { this(new Unit(units)); }\n"
                                        + "static Net of(Plan plan) { return new Net(plan.units()); }",
                                UNIT + "record Plan(int units) {}"),
                        source(
                                "class User { Block[] all = { new PackedNet(new PackedNet.Unit(3)),"
                                        + " PackedNet.of(new Plan(3)) }; NetComparison of ="
                                        + " NetComparison.of(new Plan(2)); }"));

        assertEquals(0, compilation.errors().size(), () -> compilation.errors().toString());
    }

    @Test
    void onesWithAnnotationsAreParts() {
        Compilation compilation =
                compileLeniently(file("public Net() { add(new Unit(3)); }", "@Packed " + UNIT));

        assertEquals(0, compilation.errors().size(), () -> compilation.errors().toString());
        String packed = generated(compilation, "PackedNet");
        assertTrue(packed.contains("add(new PackedUnit(3));"), packed);
    }

    @Test
    void problemsInThemAreReportedThere() {
        JavaFileObject net =
                file(
                        "public Net() { add(new Unit(3)); }",
                        UNIT.replace(
                                "add(", "add(Multiplication.builder().build()); // here\nadd("));

        assertReported(net, "[PLY031] 'Multiplication'");
        JavaFileObject state =
                file(
                        "public Net() { add(new Unit(3)); }",
                        UNIT.replace("Unit(int", "static int count; // here\nUnit(int"));
        assertReported(state, "[PLY038] 'count' is a static field that changes");
    }

    private static void assertReported(JavaFileObject net, String message) {
        var error = onlyError(compile(net));
        assertTrue(error.getMessage(Locale.ROOT).startsWith(message), error.toString());
        assertEquals(lineOf(net, "// here"), error.getLineNumber());
    }

    @Test
    void mistakesInThemAreOneError() {
        for (String mistake : new String[] {"addd(3);", "undefined.call();", "new Missing();"}) {
            JavaFileObject net =
                    file(
                            "public Net() { add(new Unit(3)); }",
                            UNIT.replace("add(", mistake + " // here\nadd("));

            assertEquals(lineOf(net, "// here"), onlyError(compileLeniently(net)).getLineNumber());
        }
    }

    @Test
    void problemsOfOthersDoNotMatter() {
        assertClean(
                compile(
                        file(
                                "public Net() { add(new Unit(3)); }",
                                UNIT
                                        + "class Other extends SequentialBlock { static int count;\n"
                                        + " Other() { add(Multiplication.builder().setUnits(2).build());"
                                        + " addParameter(null); } }")));
    }
}
