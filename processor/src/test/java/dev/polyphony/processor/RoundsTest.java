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
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that do not exist when the model is first seen. */
class RoundsTest {

    private static final String LINEAR = "add(Linear.builder().setUnits(3).build());";

    /** Generates types in the first rounds, one in each; {@code acme.Late}, unless told others. */
    private static final class LateProcessor extends AbstractProcessor {

        private final Deque<String> names = new ArrayDeque<>();

        LateProcessor(String... names) {
            this.names.addAll(names.length == 0 ? List.of("Late") : List.of(names));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!names.isEmpty()) {
                String name = names.remove();
                try (Writer writer =
                        processingEnv.getFiler().createSourceFile("acme." + name).openWriter()) {
                    writer.write(
                            "package acme;\nclass %s { static final int UNITS = 4; }\n"
                                    .formatted(name));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Net() { add(Linear.builder().setUnits(Late.UNITS).build()); }",
                "public Net(Late late) { " + LINEAR + " }",
                "private final List<Late> all = new ArrayList<>(); public Net() { " + LINEAR + " }",
                "Net(int a) { add(Linear.builder().setUnits(Late.UNITS).build()); }"
                        + " static Net of(String a) { return new Net(3); }",
                "Net(Builder a) { add(Linear.builder().setUnits(Late.UNITS).build()); }"
                        + " static Builder builder() { return new Builder(); }"
                        + " static class Builder { Net build() { return new Net(this); } }",
                "Net(Unit a) { add(Linear.builder().setUnits(Late.UNITS).build()); }"
                        + " record Unit(int a) { Net make() { return null; } }"
            })
    void aModelWaitsForTypesOfOtherProcessors(String members) {
        Compilation compilation =
                compile(
                        List.of(new LateProcessor(), new PolyphonyProcessor()),
                        net("@Packed", members));

        assertClean(compilation);
        assertTrue(generated(compilation, "PackedNet").contains("new Network("));
    }

    @Test
    void aModelWaitsAsLongAsOthersGenerate() {
        Compilation compilation =
                compile(
                        List.of(
                                new LateProcessor("First", "Second", "Late"),
                                new PolyphonyProcessor()),
                        net(
                                "@Packed @Mimo",
                                "public Net() { add(Linear.builder().setUnits(Late.UNITS).build()); }"));

        assertClean(compilation);
        assertTrue(generated(compilation, "PackedNet").contains("new Network("));
    }

    @Test
    void aComparisonIsTheSameWhetherTheModelWaitsOrNot() {
        JavaFileObject net =
                net(
                        "@Packed @Mimo",
                        "/** @param units how wide */ public Net(int units) {"
                                + " add(Linear.builder().setUnits(Late.UNITS).build()); }");

        String late =
                generated(
                        compile(List.of(new LateProcessor(), new PolyphonyProcessor()), net),
                        "NetComparison");

        assertEquals(
                generated(
                        compile(net, source("class Late { static final int UNITS = 4; }")),
                        "NetComparison"),
                late);
        assertTrue(late.contains("PackedNetHarness.of(units)"), late);
    }

    @Test
    void modelsMayMentionTheTypesThatAreGeneratedForThem() {
        JavaFileObject net =
                net(
                        "@Packed @Mimo(name = \"Chorus\")",
                        "public Net() { "
                                + LINEAR
                                + " } static PackedNet packed() { var made = new PackedNet(); return made; }"
                                + " static List<Chorus> all() { List<Chorus> all = new ArrayList<>();"
                                + " all.forEach(one -> one.getMembers()); return all; }"
                                + " static void run() { NetComparison.of(); acme.ChorusHarness.of(); }");
        Compilation compilation = compile(net);

        assertClean(compilation);
        assertTrue(generated(compilation, "PackedNet").contains("static PackedNet packed()"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Net() { " + LINEAR + "\nMissing missing; // here\n}",
                "public Net() { " + LINEAR + "\nMissing.call(); // here\n}",
                "public Net() { " + LINEAR + "\nint a = \"text\"; // here\n}"
            })
    void theUsersOwnMistakesAreLeftToTheCompiler(String members) {
        JavaFileObject net = net("@Packed", members);
        Compilation compilation =
                compileLeniently(net, source("class User { Object network = new PackedNet(); }"));

        List<? extends Diagnostic<?>> inModel =
                compilation.errors().stream()
                        .filter(error -> error.getSource().getName().endsWith("/Net.java"))
                        .toList();
        assertEquals(1, inModel.size(), compilation.errors().toString());
        assertEquals(lineOf(net, "// here"), inModel.get(0).getLineNumber());
        assertTrue(
                compilation.errors().stream()
                        .noneMatch(error -> error.getMessage(Locale.ROOT).contains("[PLY")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined.call();",
                "int a = undefined + 1;",
                "undefined(3);",
                "undefined(3).call();",
                "Supplier<Block> make = undefined::make;",
                "Supplier<Block> make = () -> undefined;",
                "for (int a : undefined) {}",
                "int a = switch (undefined) { default -> 1; };",
                "undefined[0] = 1;",
                "new Missing();",
                "Missing.call();"
            })
    void aNameThatMeansNothingIsOneError(String statement) {
        JavaFileObject net =
                net(
                        "@Packed @Mimo @SubEnsemble",
                        "public Net() { " + LINEAR + "\n" + statement + " // here\n}");

        Compilation compilation =
                compileLeniently(net, source("class User { Object network = new PackedNet(); }"));

        assertEquals(lineOf(net, "// here"), onlyError(compilation).getLineNumber());
        assertEquals(List.of(), compilation.warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add(Linear.builder().setUnit(3).build());|setUnit",
                "add(Linear.builder().setUnits(3, 4).build());|setUnits(..., ...)",
                "add(Linear.builder().setUnits(\"3\").build());|setUnits(String)",
                "add(Linear.builder().setUnits(3));|add(Builder)",
                "Linear.Builder made = Linear.builder(); made.setUnit(3);|setUnit",
                "add(Activation::rellu);|rellu",
                "Object shape = Parameter.Type.WIEGHT;|WIEGHT",
                "add(new LambdaBlock());|LambdaBlock()",
                "new Unit(3, 4);|Unit(..., ...)",
                "new Unit(\"3\");|Unit(String)",
                "this.width(3);|width(...)",
                "width(3);|width(...)",
                "Object o = \"\"; ((Unit) o).depht();|depht",
                "Runnable r = () -> new Unit(3).depth(\"\");|depth(String)"
            })
    void aCallOfWhatIsNotThereIsOneError(String statement, String name) {
        JavaFileObject net =
                net(
                        "@Packed @Mimo @SubEnsemble",
                        "public Net() { "
                                + LINEAR
                                + "\n"
                                + statement
                                + " // here\n}\n"
                                + "static int width() { return 1; }"
                                + " static final class Unit { Unit(int units) {} int depth() { return 1; } }");

        Compilation compilation =
                compileLeniently(net, source("class User { Object network = new PackedNet(); }"));

        assertEquals(lineOf(net, "// here"), onlyError(compilation).getLineNumber());
        assertEquals(List.of(), compilation.warnings());
        String note = "'%s' was not found, so the ensembles of 'Net' only throw".formatted(name);
        assertTrue(
                compilation.notes().stream()
                        .anyMatch(one -> one.getMessage(Locale.ROOT).contains(note)),
                () -> compilation.notes().toString());
    }

    /** Calls that look wrong to those who do not look closely. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Object() { void own() {} }.own();",
                "var made = new Object() { void own() {} }; made.own();",
                "List<Unit> all = new ArrayList<>(); all.add(new Unit(1)); all.get(0).depth();",
                "Optional.of(new Unit(1)).get().depth();",
                "Optional.of(new Unit(1)).map(Unit::depth).orElse(2).intValue();",
                "Object x = \"\"; if (x instanceof Unit item) { item.depth(); } item.length();",
                "for (Object item : List.of()) { item.hashCode(); } item.length();",
                "long a = Long.valueOf('a'); Integer b = 1; new Unit(b).take(1, 2L, 'a', b);",
                "new Unit((byte) 1).take(3, 'a', 1, 2.0f); new Unit('a').all(1, 2).all().all(\"\");",
                "Comparable<Integer> c = 1; c.getClass().getSimpleName().length(); c.hashCode();",
                "Collections.max(List.of(1, 2)).compareTo(2); pick(3).intValue(); pick(\"\").length();",
                "class Local extends Unit { Local() { super(1); } void f() { depth(); more(2); }"
                        + " void more(int a) {} } new Local().more(1);",
                "new Unit(3) { @Override int depth() { return pick(3) + more(2); } int more(int a)"
                        + " { return a; } }.more(1);",
                "Unit.Mode.valueOf(\"ON\").name().length(); int n = Unit.Mode.values().length;",
                "new Unit.Pair<>(1, \"\").second().length(); new Unit.Pair<>(1, 2).first().intValue();",
                "int[] array = {1}; array.clone(); Supplier<int[]> s = array::clone;",
                "Function<Integer, Unit> f = Unit::new; IntFunction<Unit[]> g = Unit[]::new;",
                "Net.this.item.length(); this.item.length(); Unit.class.getName(); int.class.getName();",
                "new StringBuilder().append(1).append('a').append(\"\").append(new Unit(1)).length();"
            })
    void callsOfAllKindsAreFound(String statement) {
        JavaFileObject net =
                net(
                        "@Packed",
                        "private final String item = \"\";\npublic Net() { "
                                + LINEAR
                                + " fill(); }\n void fill() { "
                                + statement
                                + " }\n"
                                + "static <T> T pick(T one) { return one; }\n"
                                + "static class Unit { Unit(int units) {} int depth() { return 1; }\n"
                                + " void take(int a, double b, Comparable<?> c, Number d) {}\n"
                                + " Unit all(Object... all) { return this; }\n"
                                + " enum Mode { ON }\n record Pair<A, B>(A first, B second) {} }\n");
        Compilation compilation = compileLeniently(net);

        assertEquals(List.of(), compilation.errors());
        assertTrue(generated(compilation, "PackedNet").contains("new Network("));
    }

    /** Names that are declared in ways that are easy to overlook. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "switch (1) { case 1: int a = 1; break; case 2: a = 2; System.out.println(a); }",
                "Object o = 1; if (!(o instanceof Integer a)) { return; } System.out.println(a);",
                "Object o = 1; while (!(o instanceof Integer a)) { o = 2; } System.out.println(a);",
                "switch (Kind.ONE) { case ONE: break; default: break; }",
                "int a = switch (Kind.ONE) { case ONE -> inherited(); case TWO -> children.size(); };",
                "enum Local { A; int b() { return ordinal() + values().length; } }",
                "record Local(int a) { int b() { return a() + a; } }",
                "class One { int f() { return 1; } } class Two extends One { int g() { return f(); } }",
                "new Object() { int a; void f() { a = hashCode(); } }.f();",
                "new ArrayList<Integer>() { int f() { return modCount; } };",
                "class Local { @Deprecated(since = \"1\") int a; }",
                "java.util.function.IntUnaryOperator o = a -> a + java.lang.Integer.MAX_VALUE;",
                "outer: for (int i = 0; i < 3; i++) { for (;;) { continue outer; } }",
                "try (java.io.StringReader r = new java.io.StringReader(\"\")) { r.ready(); }"
                        + " catch (java.io.IOException e) { throw new RuntimeException(e); }",
                "Function<Integer, int[]> f = int[]::new; Supplier<List<String>> g = ArrayList::new;",
                "int a = max(1, 2) + sum(3) + Kind.ONE.f();",
                "Range r = new Range(1, 2);"
            })
    void namesOfAllKindsAreFound(String statement) {
        JavaFileObject net =
                net(
                        "@Packed",
                        "public Net() { "
                                + LINEAR
                                + " fill(); }\n void fill() { "
                                + statement
                                + " }\n"
                                + "int inherited() { return getParameters().size(); }\n"
                                + "static int sum(int... all) { return all.length; }\n"
                                + "static int max(int a, int b) { return a; }\n"
                                + "enum Kind { ONE { @Override int f() { return ordinal() + base; } }, TWO;"
                                + " int base = 1; int f() { return name().length(); } }\n"
                                + "record Range(int from, int to) { Range { if (from > to) { from = to; } }"
                                + " int size() { return to() - from; } }\n");
        Compilation compilation = compileLeniently(net);

        assertEquals(List.of(), compilation.errors());
        assertTrue(generated(compilation, "PackedNet").contains("new Network("));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public Net(Missing missing) { // here",
                "public <T extends Missing> Net(T missing) { // here",
                "public Net() throws Missing { // here"
            })
    void aMissingTypeInTheHeaderIsOneError(String constructor) {
        JavaFileObject net = net("@Packed", constructor + "\n" + LINEAR + "}");

        assertEquals(lineOf(net, "// here"), onlyError(compileLeniently(net)).getLineNumber());
    }

    @Test
    void aMissingSuperclassIsOneError() {
        JavaFileObject net = source("@Packed\npublic final class Net extends Missing { // here\n}");

        assertEquals(lineOf(net, "// here"), onlyError(compileLeniently(net)).getLineNumber());
    }

    @Test
    void aMissingTypeInTheBodyIsOneError() {
        JavaFileObject net =
                net("@Packed", "public Net() { " + LINEAR + "\nnew Missing(); // here\n}");

        Compilation compilation =
                compileLeniently(net, source("class User { Object network = new PackedNet(); }"));

        assertEquals(lineOf(net, "// here"), onlyError(compilation).getLineNumber());
        assertEquals(List.of(), compilation.warnings());
        assertTrue(
                compilation.notes().stream()
                        .anyMatch(
                                note ->
                                        note.getMessage(Locale.ROOT)
                                                .contains("'Missing' was not found")));
    }
}
