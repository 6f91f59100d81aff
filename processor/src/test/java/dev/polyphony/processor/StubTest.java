/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.compileLeniently;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Compilations.onlyError;
import static dev.polyphony.processor.Compilations.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After an error, code that uses the generated types still compiles: one mistake, one message. */
class StubTest {

    private static final String USER =
            """
            class User {
                ai.djl.nn.Block network = new PackedNet(3);
                PackedNetHarness harness = PackedNetHarness.of(3);
                NetComparison comparison = NetComparison.of(3);
                int members = PackedNet.FORM.getMembers();
            }
            """;

    static Stream<JavaFileObject> mistakes() {
        return Stream.of(
                net(
                        "@Packed",
                        "public Net(int a) { add(Multiplication.builder().setUnits(2).build()); }"),
                net(
                        "@Packed(m = 0)",
                        "public Net(int a) { add(Linear.builder().setUnits(a).build()); }"),
                source(
                        "@Packed public abstract class Net extends SequentialBlock { public Net(int a) {"
                                + " add(Linear.builder().setUnits(a).build()); } }"),
                source(
                        "@Packed public final class Net extends SequentialBlock { private Net(int a) {"
                                + " add(Linear.builder().setUnits(a).build()); } }"),
                source("@Packed public final class Net { public Net(int a) {} }"),
                source("@Packed public record Net(int a) {}"),
                net(
                        "@Packed @DeepEnsemble",
                        "public Net(String a) throws java.io.IOException { } public Net(int a) {"
                                + " add(Linear.builder().setUnits(a).build()); }"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void codeThatUsesTheGeneratedTypesCompiles(JavaFileObject mistake) {
        Compilation compilation = compile(mistake, source(USER));

        assertTrue(onlyError(compilation).getMessage(Locale.ROOT).startsWith("[PLY"));
        assertEquals(0, compilation.warnings().size(), () -> compilation.warnings().toString());
    }

    /** After an error of ours the compiler would not come to its own. */
    @ParameterizedTest
    @ValueSource(strings = {"@Packed\n@Packed", "@Packed(m = 0)"})
    void whatIsWrongAsJavaComesFirst(String annotations) {
        Compilation compilation =
                compileLeniently(
                        net(
                                annotations,
                                "private final int units = 3;\npublic Net() { add(Linear.builder()"
                                        + ".setUnits(units).build()); }\nstatic void set(Net net) {\n"
                                        + "net.units = 4;\nthis.clear(); }"));

        List<String> messages =
                compilation.errors().stream()
                        .map(error -> error.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
                        .toList();
        assertEquals(
                List.of(
                        "cannot assign a value to final variable units",
                        "non-static variable this cannot be referenced from a static context"),
                messages);
    }

    @Test
    void theOtherFormsAreNotStubs(@TempDir Path folder) throws IOException {
        JavaFileObject net =
                net(
                        "@Packed(m = 0) @Mimo",
                        "public Net(int a) { add(Linear.builder().setUnits(a).build()); }");

        assertFalse(Compilations.toFolders(List.of(net), folder, folder));

        Path packed = folder.resolve(Path.of("acme", "PackedNet.java"));
        assertTrue(Files.readString(packed).contains("super(FORM, missing());"));
        Path mimo = folder.resolve(Path.of("acme", "MimoNet.java"));
        assertTrue(Files.readString(mimo).contains("super(FORM, new Network(a));"));
    }

    @Test
    void oneModelsMistakeIsNotTheOthers(@TempDir Path folder) throws IOException {
        String linear = "add(Linear.builder().setUnits(3).build());";
        JavaFileObject net =
                net("@Packed @Mimo", "public Net() { " + linear + "\nnew Missing(); // here\n}");
        String other =
                "@Packed public final class %s extends SequentialBlock { public %1$s() { %s } }";
        JavaFileObject[] sources = {
            source(other.formatted("First", linear)),
            net,
            source(other.formatted("Last", "add(new First());" + linear)),
            source("class User { Object network = new PackedNet(); }")
        };

        Compilation compilation = Compilations.compileLeniently(sources);

        assertEquals(Compilations.lineOf(net, "// here"), onlyError(compilation).getLineNumber());
        assertEquals(List.of(), compilation.warnings());
        assertFalse(Compilations.toFolders(List.of(sources), folder, folder));
        Path packed = folder.resolve("acme");
        assertTrue(Files.readString(packed.resolve("PackedNet.java")).contains("missing()"));
        assertTrue(
                Files.readString(packed.resolve("PackedLast.java")).contains("new PackedFirst("));
    }
}
