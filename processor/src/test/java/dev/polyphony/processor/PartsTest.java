/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.lineOf;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Compilations.source;
import static dev.polyphony.processor.Compilations.toFolders;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of several files: block classes that carry the model's annotations. */
class PartsTest {

    @TempDir private Path folder;

    private static JavaFileObject unit(String annotations) {
        return source(
                annotations
                        + """

                        public final class Unit extends SequentialBlock {
                            public enum Mode { WIDE, NARROW }
                            public record Config(int units) {}
                            public static final int WIDTH = 4;
                            public Unit(int units) { add(Linear.builder().setUnits(units).build()); }
                            public Unit(Config config, Mode mode) { this(config.units()); }
                            public static Unit create(int units) { return new Unit(units); }
                            public static Builder builder() { return new Builder(); }
                            static int doubled(int units) { return 2 * units; }
                            public int depth() { return 1; }
                            public static final class Builder {
                                public Unit build() { return new Unit(3); }
                            }
                        }
                        """);
    }

    private static JavaFileObject net(String statement) {
        return Compilations.net(
                "@Packed(m = 3)\n@Mimo", "public Net(int units) {\n" + statement + " // here\n}");
    }

    private static final String ANNOTATIONS = "@Packed(m = 3, alpha = 2.0)\n@Mimo(m = 3)";

    @Test
    void theEnsembleOfABlockStandsForIt() {
        Compilation compilation =
                compile(
                        unit(ANNOTATIONS),
                        net(
                                """
                                Function<Integer, Unit> make = Unit::new;
                                List<Unit> all = List.of(make.apply(Unit.WIDTH), new Unit(2));
                                Unit[] more = { new acme.Unit(Unit.doubled(all.size())) };
                                add(new Unit(new Unit.Config(3), Unit.Mode.WIDE));
                                IntUnaryOperator doubled = Unit::doubled;
                                boolean same = more[0].getClass() == Unit.class;
                                add(all.get(0)).add((Block) more[0]);
                                Object any = more[0]; if (same && any instanceof Unit unit) { add(unit); }
                                """));

        assertClean(compilation);
        String packed = generated(compilation, "PackedNet");
        for (String line :
                List.of(
                        "Function<Integer, PackedUnit> make = PackedUnit::new;",
                        "List<PackedUnit> all = List.of(make.apply(Unit.WIDTH), new PackedUnit(2));",
                        "PackedUnit[] more = { new PackedUnit(Unit.doubled(all.size())) };",
                        "add(new PackedUnit(new Unit.Config(3), Unit.Mode.WIDE));",
                        "IntUnaryOperator doubled = Unit::doubled;",
                        "more[0].getClass() == PackedUnit.class;",
                        "instanceof PackedUnit unit")) {
            assertTrue(packed.contains(line), () -> line + " is not in\n" + packed);
        }
        assertTrue(generated(compilation, "MimoNet").contains("new MimoUnit(2)"));
    }

    @Test
    void theFormOfTheSameSettingsIsTaken() {
        Compilation compilation =
                compile(
                        plain(
                                """
                                package other;
                                import dev.polyphony.*;
                                import ai.djl.nn.*;
                                import ai.djl.nn.core.Linear;
                                @Packed(m = 4, alpha = 2, name = "Thin")
                                @Packed(alpha = 4)
                                @DeepEnsemble(m = 7)
                                public final class Unit extends SequentialBlock {
                                    public Unit(int units) { add(Linear.builder().setUnits(units).build()); }
                                }
                                """),
                        Compilations.net(
                                "@Packed(alpha = 4)\n@Packed(name = \"ThinNet\")\n@DeepEnsemble",
                                "public Net() { add(new other.Unit(4)); }"));

        assertClean(compilation);
        assertTrue(generated(compilation, "PackedNet").contains("add(new PackedUnit(4))"));
        assertTrue(generated(compilation, "ThinNet").contains("add(new Thin(4))"));
        assertTrue(generated(compilation, "ThinNet").contains("import other.Thin;"));
    }

    @Test
    void partsHaveParts() {
        assertClean(
                compile(
                        unit("@Packed(m = 3)"),
                        source(
                                "@Packed(m = 3)\npublic final class Stage extends SequentialBlock {"
                                        + " public Stage() { add(new Unit(2)); } }"),
                        Compilations.net("@Packed(m = 3)", "public Net() { add(new Stage()); }")));
    }

    @Test
    void theMissingAnnotationIsNamed() {
        assertRefused(
                unit(""),
                "add(new Unit(4));",
                "[PLY032] 'Unit' is a block class from another file",
                "Annotate 'Unit' with @Packed(m = 3) and @Mimo(m = 3); or nest it in 'Net', or use"
                        + " @DeepEnsemble.");
        assertRefused(
                unit("@Mimo(batchRepetitions = 2)"),
                "Unit unit = new Unit(4); add(unit);",
                "[PLY032] 'Unit' is a block class from another file",
                "Annotate 'Unit' with @Packed(m = 3); or nest");
    }

    @Test
    void otherSettingsAreNamed() {
        assertRefused(
                unit("@Mimo\n@Packed(m = 3, alpha = 1.5)"),
                "add(new Unit(4));",
                "[PLY032] 'Unit' is annotated with @Packed(m = 3, alpha = 1.5), but 'Net' with"
                        + " @Packed(m = 3)",
                "Annotate 'Unit' with @Packed(m = 3); or nest");
    }

    @Test
    void severalFormsOfAMethodHaveNames() {
        Compilation compilation =
                compile(
                        unit("@Packed(m = 3)"),
                        Compilations.net(
                                "@Packed(m = 3)\n@Packed(m = 3, alpha = 3, name = \"WideNet\")",
                                "public Net() { add(new Unit(4)); }"));
        String message = onlyError(compilation).getMessage(Locale.ROOT);
        String annotation = "Annotate 'Unit' with @Packed(m = 3, alpha = 3, name = \"WideUnit\");";
        assertTrue(message.contains(annotation), message);
    }

    @Test
    void aNestedBlockOfAnotherFileMustMove() {
        Compilation compilation =
                compile(
                        source(
                                "public class Units { static class Inner extends SequentialBlock {} }"),
                        Compilations.net("@Packed", "public Net() { add(new Units.Inner()); }"));
        String message = onlyError(compilation).getMessage(Locale.ROOT);
        assertTrue(
                message.contains(
                        "Move 'Units.Inner' to a file of its own and annotate it with @Packed(m ="
                                + " 4)"),
                message);
    }

    @Test
    void whatMakesTheBlockMakesTheEnsemble() {
        Compilation compilation =
                compile(
                        unit(ANNOTATIONS),
                        plain(
                                """
                                package other;
                                import ai.djl.nn.*;
                                import dev.polyphony.*;
                                @Packed(m = 3) @Mimo
                                public final class Heads {
                                    public static final int WIDTH = 3;
                                    private Heads() {}
                                    public static Block linear(int units) {
                                        return ai.djl.nn.core.Linear.builder().setUnits(units).build();
                                    }
                                    public static Settings settings() { return new Settings(); }
                                    public static final class Settings {
                                        private int units = WIDTH;
                                        public Settings units(int n) { units = n; return this; }
                                        public Block make() { return linear(units); }
                                    }
                                }
                                """),
                        net(
                                """
                                Function<Integer, Unit> f = Unit::create; Unit unit = f.apply(2);
                                add(Unit.create(Unit.doubled(4))).add(acme.Unit.create(3));
                                add(Unit.builder().build()).add(new Unit.Builder().build()).add(unit);
                                Unit.Builder builder = Unit.builder(); add(builder.build());
                                other.Heads.Settings settings = other.Heads.settings().units(2);
                                add(settings.make()).add(other.Heads.linear(other.Heads.WIDTH));
                                """));

        assertClean(compilation);
        String packed = generated(compilation, "PackedNet");
        for (String line :
                List.of(
                        "Function<Integer, PackedUnit> f = PackedUnit::create;",
                        "add(PackedUnit.create(Unit.doubled(4))).add(PackedUnit.create(3));",
                        "add(PackedUnit.builder().build()).add(new PackedUnit.Builder().build())",
                        "PackedUnit.Builder builder = PackedUnit.builder();",
                        "PackedHeads.Settings settings = PackedHeads.settings().units(2);",
                        "add(settings.make()).add(PackedHeads.linear(Heads.WIDTH));")) {
            assertTrue(packed.contains(line), () -> line + " is not in\n" + packed);
        }
        assertTrue(generated(compilation, "MimoNet").contains("MimoHeads.linear(Heads.WIDTH)"));
    }

    @Test
    void staticImportsOfWhatMakesBlocks() {
        Compilation compilation =
                compile(
                        unit("@Packed"),
                        plain(
                                """
                                package acme;
                                import static acme.Unit.builder;
                                import static acme.Unit.create;
                                import static acme.Unit.doubled;
                                @dev.polyphony.Packed
                                public final class Net extends ai.djl.nn.SequentialBlock {
                                    public Net() { add(create(doubled(2))); add(builder().build()); }
                                }
                                """));

        assertClean(compilation);
        String packed = generated(compilation, "PackedNet");
        assertTrue(packed.contains("add(PackedUnit.create(doubled(2)));"), packed);
        assertTrue(packed.contains("add(PackedUnit.builder().build());"), packed);
    }

    /** Which methods make whole models is seen in the other file alone. */
    @Test
    void whatMakesAPartOfAPartIsRefused() {
        JavaFileObject heads =
                source(
                        "@Packed(m = 3) @Mimo public final class Unit { static Block part(int units) {"
                                + " return Linear.builder().setUnits(units).build(); }\n"
                                + "static Block whole() { return new SequentialBlock().add(part(3)); }\n"
                                + "static SequentialBlock row() { return new SequentialBlock().add("
                                + "Linear.builder().setUnits(3).build()); } }");
        assertRefused(
                heads,
                "add(Unit.part(3));",
                "[PLY033] 'Unit.part' makes a block whose layers cannot be seen",
                "'PackedUnit' has no such method: it has those of 'Unit' that make whole models");
        assertRefused(
                heads,
                "add(Unit.row());",
                "[PLY033] 'Unit.row' is declared to give a 'SequentialBlock', and its ensemble is",
                "Declare 'Unit.row' to give a Block, or use @DeepEnsemble.");
        assertRefused(
                source(
                        "@Packed(m = 3) public final class Unit { static Block whole() {"
                                + " return Linear.builder().setUnits(3).build(); } }"),
                "add(Unit.whole());",
                "[PLY032] 'Unit' makes blocks in another file",
                "Annotate 'Unit' with @Mimo(m = 3)");
        assertRefused(
                unit(""),
                "add(Unit.builder().build());",
                "[PLY033] 'Unit.Builder.build' makes a block",
                "annotate its class as the model");
    }

    @Test
    void factoriesThatNeedEachOther() {
        Compilation compilation =
                compile(
                        source(
                                "@Packed public final class Unit { static Block of(int depth) { return depth"
                                        + " == 0 ? Linear.builder().setUnits(3).build() : new Wrap(depth); } }"),
                        source(
                                "@Packed public final class Wrap extends SequentialBlock { Wrap(int depth) {"
                                        + " add(Unit.of(depth - 1)); } }"));

        assertClean(compilation);

        // neither can be first
        compilation =
                compile(
                        source(
                                "@Packed public final class Unit { static Block of(int depth) { return depth"
                                        + " == 0 ? Linear.builder().setUnits(3).build() : Wrap.of(depth); } }"),
                        source(
                                "@Packed public final class Wrap { static Block of(int depth) { return"
                                        + " new SequentialBlock().add(Unit.of(depth - 1)); } }"));
        assertEquals(2, compilation.errors().size(), compilation.errors().toString());
        for (Diagnostic<?> error : compilation.errors()) {
            String message = error.getMessage(Locale.ROOT);
            assertTrue(message.contains("makes a block whose layers cannot be seen"), message);
        }
    }

    @Test
    void whatAnEnsembleDoesNotHaveIsRefused() {
        JavaFileObject unit = unit(ANNOTATIONS);
        assertRefused(
                unit,
                "Unit unit = new Unit(2); add(unit); int depth = unit.depth();",
                "[PLY032] 'depth' is a method of 'Unit', and its ensemble has those of Block alone",
                "Do without the method");
        assertRefused(
                unit,
                "Unit unit = new Unit(2); unit.add(Activation::relu);",
                "[PLY032] 'add' is a method of 'Unit'",
                "Do without the method");
    }

    @Test
    void aBlockOfAnotherFileIsNotExtended() {
        JavaFileObject open =
                source(
                        "@Packed(m = 3) @Mimo public class Open extends AbstractBlock {"
                                + " private final Block own = addChildBlock(\"own\","
                                + " Linear.builder().setUnits(2).build());"
                                + " public Open() {}"
                                + " @Override protected NDList forwardInternal(ParameterStore s, NDList x,"
                                + " boolean t, PairList<String, Object> p) { return own.forward(s, x, t); }"
                                + " @Override public Shape[] getOutputShapes(Shape[] x) { return"
                                + " own.getOutputShapes(x); } }");
        String what = "[PLY032] A class in 'Net' extends 'Open'";
        String wayOut = "Nest 'Open' in 'Net'";
        assertRefused(open, "class Own extends Open {} add(new Own());", what, wayOut);
        assertRefused(open, "add(new Open() {});", what, wayOut);
    }

    @Test
    void aModelDoesNotTakeItsPart() {
        Compilation compilation =
                compile(
                        unit("@Packed"),
                        Compilations.net("@Packed", "public Net(Unit unit) { add(unit); }"));
        String message = onlyError(compilation).getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[PLY013] The constructor takes 'Unit'"), message);
    }

    @Test
    void aPartialCompilationFindsTheEnsemble() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path generated = Files.createDirectories(folder.resolve("generated"));
        JavaFileObject unit = unit("@Packed(m = 3)");
        JavaFileObject net =
                Compilations.net(
                        "@Packed(m = 3)",
                        "public Net() { add(new Unit(4)); add(Unit.create(3)); }");
        assertTrue(toFolders(List.of(unit, net), classes, generated));
        Path file = generated.resolve("acme/PackedNet.java");
        String before = Files.readString(file);
        Files.delete(file);

        assertTrue(toFolders(List.of(net), classes, generated));

        assertEquals(before, Files.readString(file));
        assertTrue(before.contains("add(new PackedUnit(4))"));
        Files.delete(classes.resolve("acme/PackedUnit.class"));
        assertFalse(toFolders(List.of(net), classes, generated));
    }

    /** Expects one error, at the line marked {@code // here}. */
    private static void assertRefused(
            JavaFileObject unit, String statement, String what, String wayOut) {
        JavaFileObject net = net("add(Linear.builder().setUnits(2).build());\n" + statement);
        Diagnostic<? extends JavaFileObject> error = onlyError(compile(unit, net));
        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith(what), message);
        assertTrue(message.contains(wayOut), message);
        assertEquals(lineOf(net, "// here"), error.getLineNumber());
    }
}
