/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.plain;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import dev.polyphony.processor.diagnose.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes about models of libraries: one error each, where the model is named. */
class LibraryProblemsTest {

    private static final String LAYER = "add(ai.djl.nn.core.Linear.builder().setUnits(3).build());";

    private static final JavaFileObject HELPER =
            plain(
                    """
                    package lib.nets;
                    class Hidden {
                        static int units() { return 3; }
                    }
                    """);

    private static final JavaFileObject OPEN =
            plain(
                    """
                    package lib.nets;
                    public class Open {
                        static int units() { return 3; }
                        static final int WIDTH = 3;
                        public static int depth() { return 1; }
                        Open() {}
                        public Open(int units) {}
                    }
                    """);

    private static final JavaFileObject LOCKED =
            plain("package lib.nets; public class Locked { Locked() {} }");

    private static final JavaFileObject UNIT =
            plain("package lib.nets; public class Unit extends ai.djl.nn.SequentialBlock {}");

    @TempDir private Path folder;

    /** A mistake: the model in the library, the model in its sources, and what is wrong. */
    private record Case(Code code, String what, String compiled, String source) {
        @Override
        public String toString() {
            return code.getId() + " " + what;
        }
    }

    private static Case body(Code code, String what, String statement) {
        String model = model("public Net() {\n" + LAYER + "\n" + statement + "\n}");
        return new Case(code, what, model, model);
    }

    private static String model(String members) {
        return "package lib.nets;\n\npublic class Net extends ai.djl.nn.SequentialBlock {\n"
                + members
                + "\n}\n";
    }

    private static Case outOfReach(String what, String expression) {
        return body(
                Code.OUT_OF_REACH,
                "'%s' cannot be used outside its package (Net.java:6)".formatted(what),
                "Object value = " + expression + ";");
    }

    private static Case version(String what, String compiled, String source) {
        return new Case(Code.OTHER_VERSION, what, model(compiled), model(source));
    }

    static Stream<Case> cases() {
        String net = "public Net() { " + LAYER + " }";
        return Stream.of(
                outOfReach("Hidden", "Hidden.units()"),
                outOfReach("Hidden", "lib.nets.Hidden.class"),
                outOfReach("Open.units", "Open.units()"),
                outOfReach("Open.WIDTH", "Open.WIDTH"),
                outOfReach("new Open", "new Open()"),
                outOfReach("Open.units", "(java.util.function.IntSupplier) Open::units"),
                outOfReach("Locked.new", "(java.util.function.Supplier<Object>) Locked::new"),
                new Case(
                        Code.OUT_OF_REACH,
                        "'Gone' was not found, and 'Net' needs it",
                        model(net),
                        model("public Net() { " + LAYER + " new Gone(); }")),
                version(
                        "it has 'Net(1 parameter)', which the class has not",
                        net,
                        net + " public Net(int a) { " + LAYER + " }"),
                version(
                        "the class has 'Net(1 parameter)', which it has not",
                        net + " public Net(int a) { " + LAYER + " }",
                        net),
                version("it has 'WIDTH', which", net, net + " static final int WIDTH = 3;"),
                version("the class has 'Part', which", net + " static class Part {}", net),
                version("it has 'part()', which", net, net + " private void part() {}"),
                version(
                        "it has 'Builder.optDepth(1 parameter)', which the class has not",
                        net + " static class Builder { int depth; }",
                        net + " static class Builder { int depth; void optDepth(int d) {} }"),
                version(
                        "the class has 'Builder.In.In(1 parameter)', which it has not",
                        net + " static class Builder { class In { In(int a) {} } }",
                        net + " static class Builder { class In {} }"),
                version(
                        "the class has 'Kind.TWO', which it has not",
                        net + " enum Kind { ONE, TWO }",
                        net + " enum Kind { ONE }"),
                version(
                        "it has 'Size.width', which the class has not",
                        net + " record Size(int height) {}",
                        net + " record Size(int height, int width) {}"),
                body(
                        Code.UNSUPPORTED_LAYER,
                        "'Multiplication' holds parameters that cannot be packed (Net.java:6)",
                        "add(ai.djl.nn.core.Multiplication.builder().setUnits(2).build());"),
                body(
                        Code.USER_BLOCK,
                        "'Unit' is a block class from another file (Net.java:6)\n    Annotate 'Holder'"
                                + " with @Packed(m = 2), too, with 'model = Unit.class'; or use",
                        "add(new Unit());"),
                new Case(
                        Code.UNREADABLE,
                        "The source of 'Net' cannot be read: Net.java, line 5: ",
                        model(net),
                        "package lib.nets;\n\npublic class Net extends ai.djl.nn.SequentialBlock {\n"
                                + "public Net() {\n}}}"),
                new Case(
                        Code.PRIVATE_CONSTRUCTORS,
                        "'Net' has no public constructor, and is in another package",
                        model("Net() { " + LAYER + " }"),
                        ""),
                new Case(
                        Code.NOT_IN_SOURCES,
                        "'lib/nets/Net.java' is not in ",
                        model(net),
                        "package lib.other; class Net {}"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneErrorWhereTheModelIsNamed(Case mistake) throws IOException {
        JavaFileObject compiled = plain(mistake.compiled());
        Library library = Library.of(folder, List.of(compiled, HELPER, OPEN, LOCKED, UNIT));
        if (!mistake.source().isEmpty()) {
            Path sources = folder.resolve("given.jar");
            library = library.withSources(Library.jar(sources, List.of(plain(mistake.source()))));
        }
        assertAtModel(
                mistake.code(), mistake.what(), library.compile(holder("lib.nets.Net.class")));
    }

    private static JavaFileObject holder(String model) {
        return plain(
                "package acme;\n@dev.polyphony.Packed(m = 2,\n    model = %s)\nclass Holder {\n"
                                .formatted(model)
                        + "Object harness() throws Exception { return PackedNetHarness.class; } }");
    }

    private static void assertAtModel(Code code, String what, Compilation compilation) {
        Diagnostic<? extends JavaFileObject> error = onlyError(compilation);
        String message = error.getMessage(Locale.ROOT);
        assertTrue(message.startsWith("[" + code.getId() + "] "), message);
        assertTrue(message.contains(what), message);
        assertTrue(message.endsWith("See docs/errors.md#" + code.getId()), message);
        assertEquals("acme/Holder.java", error.getSource().getName().replaceFirst("^/", ""));
        assertEquals(3, error.getLineNumber());
    }

    private static final String NET = model("public Net() { " + LAYER + " }");

    @Test
    void withoutTheOption() throws IOException {
        Library library = Library.of(folder, List.of(plain(NET)));

        assertAtModel(
                Code.NO_SOURCES,
                "'lib.nets.Net' is not compiled here, and its source is not given",
                library.compile(new PolyphonyProcessor(), List.of(), holder("lib.nets.Net.class")));
    }

    @Test
    void aPathThatIsNotThere() throws IOException {
        Library library = Library.of(folder, List.of(plain(NET)));
        Path missing = folder.resolve("missing.jar");

        assertAtModel(
                Code.NO_SUCH_PATH,
                "'" + missing + "' is neither a folder nor a jar",
                library.withSources(missing).compile(holder("lib.nets.Net.class")));
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertAtModel(
                Code.NO_SUCH_PATH,
                "'" + text + "' is neither a folder nor a jar",
                library.withSources(text).compile(holder("lib.nets.Net.class")));
    }

    /** The codes that have a case here. */
    static Set<Code> codes() {
        Set<Code> codes = cases().map(Case::code).collect(Collectors.toSet());
        codes.addAll(List.of(Code.NO_SOURCES, Code.NO_SUCH_PATH)); // the two tests above
        return codes;
    }

    @Test
    void whatIsNoClass() {
        Compilation compilation =
                Compilations.compile(
                        plain(
                                "package acme;\n@dev.polyphony.Packed(m = 2,\n    model = int[].class)\nclass Holder {}"));

        assertAtModel(Code.NOT_A_CLASS, "'int[]' is no class", compilation);
    }

    @Test
    void otherKindsOfTypes() {
        Compilation compilation =
                Compilations.compile(
                        plain(
                                "package acme;\n@dev.polyphony.Packed(m = 2,\n    model = Runnable.class)\nclass Holder {}"));

        assertAtModel(Code.NOT_A_CLASS, "'Runnable' is an interface", compilation);
    }

    @Test
    void aMissingModelIsTheCompilersBusiness() {
        Compilation compilation =
                Compilations.compile(
                        plain(
                                "package acme;\n@dev.polyphony.Packed(\nmodel = Missing.class)\nclass Holder {}"));

        Diagnostic<?> error = onlyError(compilation);
        assertEquals("compiler.err.cant.resolve", error.getCode());
        assertEquals(3, error.getLineNumber());
    }

    @Test
    void attributesOfTheFormAreCheckedAsWell() throws IOException {
        Library library = Library.of(folder, List.of(plain(NET)));

        Diagnostic<?> error =
                onlyError(
                        library.compile(
                                plain(
                                        "package acme;\n@dev.polyphony.Packed(\nmodel = lib.nets.Net.class,\nalpha = 0)\nclass Holder {}")));

        assertTrue(error.getMessage(Locale.ROOT).startsWith("[PLY021] 'alpha'"), error.toString());
        assertEquals(4, error.getLineNumber());
    }

    @Test
    void eachProblemOfTheSourceIsToldOnce() throws IOException {
        String model =
                model(
                        "public Net() {\n"
                                + LAYER
                                + "\nadd(ai.djl.nn.core.Multiplication.builder().setUnits(2).build());\nHidden.units();\n}");
        Library library = Library.of(folder, List.of(plain(model), HELPER));

        List<String> errors = new ArrayList<>();
        library.compile(holder("lib.nets.Net.class"))
                .errors()
                .forEach(
                        error ->
                                errors.add(
                                        error.getMessage(Locale.ROOT).lines().findFirst().get()));

        assertEquals(
                List.of(
                        "[PLY031] 'Multiplication' holds parameters that cannot be packed (Net.java:6)",
                        "[PLY065] 'Hidden' cannot be used outside its package (Net.java:7)"),
                errors);
    }
}
