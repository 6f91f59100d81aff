/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.generated;
import static dev.polyphony.processor.Compilations.plain;
import static dev.polyphony.processor.Networks.assertHas;
import static dev.polyphony.processor.Networks.assertHasNot;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import dev.polyphony.processor.Environments.Wrapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that another class names, from a library or from this compilation. */
class LibraryModelsTest {

    @TempDir private static Path folder;

    private static Library library;

    @BeforeAll
    static void compile() throws IOException {
        library = Library.ofResources(folder);
    }

    private static JavaFileObject holder(String code) {
        return plain(
                "package acme;\n\nimport dev.polyphony.*;\nimport lib.nets.*;\n\n" + code + "\n");
    }

    @Test
    void theEnsemblesAreInThePackageOfTheHolder() {
        Compilation compilation =
                library.compile(
                        holder(
                                "@Packed(model = Mlp.class) @Mimo(m = 2, model = Mlp.class) public"
                                        + " interface Ensembles {}"));

        assertClean(compilation);
        String packed = generated(compilation, "PackedMlp");
        assertHas(
                packed,
                "package acme;",
                "{@link lib.nets.Mlp Mlp} as a Packed-Ensemble",
                "as annotated on {@link Ensembles}",
                "public PackedMlp(int input, int output, int[] hidden)",
                "Creates a perceptron with ReLU.\n     *\n     * @param input the size of the input\n",
                "/** Creates a perceptron with {@code activation}. */\n    public PackedMlp(",
                "            // never too small\n");
        assertHas(generated(compilation, "PackedMlpHarness"), "public static PackedMlpHarness of(");
        assertHas(
                generated(compilation, "MlpComparison"),
                "import lib.nets.Mlp;",
                "() -> new Mlp(input, output, hidden)",
                "MimoMlpHarness.of(input, output, hidden)");
    }

    @Test
    void whatOnlyThePackageOfTheModelReachesIsCopied() {
        Compilation compilation =
                library.compile(holder("@Packed(model = Mlp.class) class Here {}"));

        assertClean(compilation);
        String packed = generated(compilation, "PackedMlp");
        assertHas(
                packed,
                "static final int SMALLEST = 2;",
                "Range range = new Range(SMALLEST, Mlp.LARGEST);",
                "static final class Range {");
        assertHasNot(packed, "int LARGEST");
    }

    @Test
    void aHolderInThePackageOfTheModelReachesMore() {
        Compilation compilation =
                library.compile(
                        plain(
                                "package lib.nets;\n@dev.polyphony.Packed(model = Mlp.class) class Here {}"));

        assertClean(compilation);
        assertHas(
                text(compilation, "lib.nets.PackedMlp"),
                "Mlp.Range range = new Mlp.Range(Mlp.SMALLEST, Mlp.LARGEST);",
                "{@link Mlp} as");
    }

    @Test
    void aModelOfFactoryMethodsKeepsItsBuilder() {
        Compilation compilation =
                library.compile(
                        holder(
                                "@Packed(model = Stack.class) @DeepEnsemble(model = Stack.class) class"
                                        + " Here { Object a = PackedStack.builder().setClasses(3).build();\n"
                                        + "Object b ="
                                        + " DeepEnsembleStack.builder().optDepth(2).setClasses(3).build(); }"));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedStack"), "public PackedStack build()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Here {}",
                "interface Here {}",
                "enum Here { ONE }",
                "record Here(int a) {}",
                "@interface Here {}"
            })
    void anyTypeCanBeTheHolder(String type) {
        Compilation compilation = library.compile(holder("@Packed(model = Mlp.class)\n" + type));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedMlp"), "\nfinal class PackedMlp extends Ensemble");
    }

    @Test
    void severalModelsAndFormsOnOneHolder() {
        Compilation compilation =
                library.compile(
                        holder(
                                "@Packed(model = Mlp.class)\n"
                                        + "@Packed(model = Stack.class)\n"
                                        + "@Packed(model = Mlp.class, m = 8, name = \"BigMlp\")\n"
                                        + "public class Outer {}"));

        assertClean(compilation);
        generated(compilation, "PackedMlp");
        generated(compilation, "PackedStack");
        assertHas(generated(compilation, "BigMlp"), "PackedForm.of(8)");
        assertHas(generated(compilation, "MlpComparison"), "BigMlpHarness.of(");
        assertHasNot(generated(compilation, "StackComparison"), "Mlp");
    }

    @Test
    void aNestedTypeCanBeTheHolder() {
        Compilation compilation =
                library.compile(
                        holder(
                                "class Outer { @Mimo(model = Stack.class) public static final class Inner {} }"));

        assertClean(compilation);
        assertHas(generated(compilation, "MimoStack"), "as annotated on {@link Outer.Inner}");
    }

    @Test
    void aHolderMayBeAModelItself() {
        Compilation compilation =
                library.compile(
                        holder(
                                "@Packed @Mimo(model = Mlp.class) public final class Net extends"
                                        + " ai.djl.nn.SequentialBlock { public Net() {"
                                        + " add(ai.djl.nn.core.Linear.builder().setUnits(3).build()); } }"));

        assertClean(compilation);
        generated(compilation, "PackedNet");
        generated(compilation, "NetComparison");
        generated(compilation, "MimoMlp");
        generated(compilation, "MlpComparison");
    }

    @Test
    void aDeepEnsembleOfConstructorsNeedsNoSource() {
        Compilation compilation =
                library.compile(
                        new PolyphonyProcessor(),
                        List.of(),
                        holder("@DeepEnsemble(model = Mlp.class) class Here {}"));

        assertClean(compilation);
        assertHas(
                generated(compilation, "DeepEnsembleMlp"), "() -> new Mlp(input, output, hidden)");
    }

    @Test
    void aModelOfThisCompilationNeedsNoOption() {
        Compilation compilation =
                library.compile(
                        new PolyphonyProcessor(),
                        List.of(),
                        holder("@Packed(model = other.Net.class) class Here {}"),
                        plain(
                                "package other; public final class Net extends ai.djl.nn.SequentialBlock {\n"
                                        + "/** Makes it. */ public Net(int width) {"
                                        + " add(ai.djl.nn.core.Linear.builder().setUnits(width).build()); } }"));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedNet"), "/** Makes it. */");
    }

    @Test
    void aFolderOfSourcesWillDo() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("unpacked").resolve("lib/nets"));
        Files.copy(
                Path.of("src/test/resources/library/lib/nets/Mlp.java"),
                sources.resolve("Mlp.java"));
        JavaFileObject holder = holder("@Packed(model = Mlp.class) class Here {}");
        Compilation compilation = library.withSources(folder.resolve("unpacked")).compile(holder);

        assertClean(compilation);
        assertEquals(
                generated(library.compile(holder), "PackedMlp"),
                generated(compilation, "PackedMlp"));
    }

    /** A block class of the library in another file is named as well. */
    /** Compilers add members to nested types of all kinds, and no source has them. */
    @Test
    void nestedTypesOfAllKindsAreThoseOfTheirSource() throws IOException {
        Library library =
                Library.of(
                        folder.resolve("nested"),
                        List.of(
                                plain(
                                        """
                                        package lib.nets;
                                        public class Nested extends ai.djl.nn.SequentialBlock {
                                            enum Kind {
                                                ONE(1) { @Override int width() { return 2; } }, TWO(2);
                                                private final int width;
                                                Kind(int width) { this.width = width; }
                                                int width() { return width; }
                                            }
                                            enum Plain { ONE, TWO }
                                            record Size(int height, int width) {
                                                Size { if (height < 0) { throw new IllegalArgumentException(); } }
                                                Size(int side) { this(side, side); }
                                                @Override public int width() { return width + 1; }
                                                static int of() { return 1; }
                                            }
                                            record Empty() {}
                                            interface Named { int A = 1; default int f() { return 1; } class In {} }
                                            @interface Mark { int value() default 3; }
                                            class Inner {
                                                private int a = 1;
                                                private Inner() {}
                                                Inner(int a) { this.a = a; }
                                                class Deeper { int b = a; Deeper(Kind... kinds) {} class Bare {} }
                                            }
                                            static class Generic<T extends Runnable> {
                                                static { System.nanoTime(); }
                                                { new Thread(() -> {}) { }.start(); }
                                                T self(T one) { assert one != null; return one; }
                                            }
                                            public Nested() {
                                                Inner inner = new Inner();
                                                switch (Plain.ONE) { case ONE: break; default: inner.a = 2; }
                                                add(ai.djl.nn.core.Linear.builder().setUnits(3).build());
                                            }
                                        }
                                        """)));

        Compilation compilation =
                library.compile(
                        plain(
                                "package my.app; @dev.polyphony.Packed(model = lib.nets.Nested.class)"
                                        + " class Here {}"));

        assertClean(compilation);
    }

    @Test
    void modelsOfSeveralFilesCompose() throws IOException {
        String header = "package lib.parts;\nimport ai.djl.nn.*;\nimport ai.djl.nn.core.Linear;\n";
        Library parts =
                Library.of(
                        Files.createDirectories(folder.resolve("parts")),
                        List.of(
                                plain(
                                        header
                                                + "public class Net extends SequentialBlock { public Net() {"
                                                + " add(new Unit(4)); add(Linear.builder().setUnits(3).build()); } }"),
                                plain(
                                        header
                                                + "public class Unit extends SequentialBlock { public Unit(int a) {"
                                                + " add(Linear.builder().setUnits(a).build()); } }")));
        Compilation compilation =
                parts.compile(
                        plain(
                                "package acme; import lib.parts.*; import dev.polyphony.Packed;\n"
                                        + "@Packed(model = Net.class) @Packed(model = Unit.class) class Here {}"));

        assertClean(compilation);
        assertHas(generated(compilation, "PackedNet"), "add(new PackedUnit(4));");
        assertHasNot(generated(compilation, "PackedNet"), "import lib.parts.PackedUnit");
    }

    /** Gradle's condition for isolating processors. */
    @Test
    void theHolderIsTheOnlyOrigin() {
        List<List<Element>> origins = new ArrayList<>();
        Compilation compilation =
                library.compile(
                        Wrapped.recording(new PolyphonyProcessor(), origins),
                        List.of("-Apolyphony.sources=" + library.sources()),
                        holder("@Packed(model = Mlp.class) class Here {}"));

        assertClean(compilation);
        assertEquals(3, origins.size());
        for (List<Element> origin : origins) {
            assertEquals(List.of("acme.Here"), origin.stream().map(Object::toString).toList());
        }
    }

    /** Generates {@code acme.Late} in the first round. */
    private static final class LateProcessor extends AbstractProcessor {

        private boolean isDone;

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!isDone) {
                isDone = true;
                try (Writer writer =
                        processingEnv.getFiler().createSourceFile("acme.Late").openWriter()) {
                    writer.write(
                            "package acme;\npublic final class Late extends ai.djl.nn.SequentialBlock {"
                                    + " public Late() {"
                                    + " add(ai.djl.nn.core.Linear.builder().setUnits(3).build()); } }\n");
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

    @Test
    void aModelMayBeGeneratedItself() {
        Compilation compilation =
                Compilations.compile(
                        List.of(new LateProcessor(), new PolyphonyProcessor()),
                        plain(
                                "package acme; @dev.polyphony.Packed(model = Late.class) class Here {}"));

        assertClean(compilation);
        generated(compilation, "PackedLate");
    }

    private static String text(Compilation compilation, String type) {
        try {
            return compilation
                    .generatedSourceFile(type)
                    .orElseThrow()
                    .getCharContent(true)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
