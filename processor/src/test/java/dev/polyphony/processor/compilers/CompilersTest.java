/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.compilers;

import static dev.polyphony.processor.compilers.Project.assertClean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polyphony.processor.NewestLanguage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same ensembles in every compiler, and wherever it runs. */
class CompilersTest {

    /** Beyond ASCII, and with letters that some languages change in their own way. */
    private static final String INITIALS =
            """
            package acme;

            import ai.djl.nn.Activation;
            import ai.djl.nn.SequentialBlock;
            import ai.djl.nn.core.Linear;
            import dev.polyphony.Mimo;
            import dev.polyphony.Packed;

            /** Größe und İstanbul. */
            @Packed(alpha = 1.5)
            @Mimo(inputRepetition = 0.25)
            public final class Initials extends SequentialBlock {

                private static final String TITLE =
                        \"""
                        İı, ß
                            indented
                        \""";

                /** Creates a network of {@code größe} units. */
                public Initials(int größe) {
                    // ∑ of all: İ
                    add(Linear.builder().setUnits(größe).build()).add(Activation::relu);
                    add(Linear.builder().setUnits(TITLE.length()).build());
                }
            }
            """;

    private static final String MAIN =
            """
            package acme;

            import ai.djl.engine.Engine;
            import ai.djl.ndarray.NDArray;
            import ai.djl.ndarray.NDList;
            import ai.djl.ndarray.NDManager;
            import ai.djl.ndarray.types.DataType;
            import ai.djl.ndarray.types.Shape;
            import ai.djl.nn.Block;
            import ai.djl.training.ParameterStore;
            import java.util.Arrays;

            /** Prints what the ensembles answer. */
            public final class Main {

                private Main() {}

                /** Runs. */
                public static void main(String[] args) {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        print(manager, new PackedMlp(5), new Shape(1, 12));
                        print(manager, new MimoInitials(8), new Shape(1, 12));
                        print(manager, new BatchEnsembleResidualNet(5), new Shape(1, 3, 8, 8));
                    }
                }

                private static void print(NDManager manager, Block block, Shape shape) {
                    Engine.getInstance().setRandomSeed(7);
                    block.initialize(manager, DataType.FLOAT32, shape);
                    NDArray input = manager.randomNormal(shape);
                    ParameterStore store = new ParameterStore(manager, false);
                    NDArray answer = block.forward(store, new NDList(input), false).head();
                    System.out.println(answer.getShape() + " " + Arrays.toString(answer.toFloatArray()));
                }
            }
            """;

    /** Prints what an ensemble of the model in the newest language answers. */
    private static final String NEWEST_MAIN =
            """
            package acme;

            import ai.djl.ndarray.NDList;
            import ai.djl.ndarray.NDManager;
            import ai.djl.ndarray.types.DataType;
            import ai.djl.ndarray.types.Shape;
            import ai.djl.training.ParameterStore;

            final class Main {
                public static void main(String[] args) {
                    try (NDManager manager = NDManager.newBaseManager()) {
                        PackedNet net = new PackedNet(7);
                        net.initialize(manager, DataType.FLOAT32, new Shape(1, 6));
                        NDList input = new NDList(manager.ones(new Shape(1, 6)));
                        ParameterStore store = new ParameterStore(manager, false);
                        System.out.println(net.forward(store, input, false).head().getShape());
                    }
                }
            }
            """;

    @TempDir private static Path folder;

    private static List<Path> sources;
    private static Map<String, String> expected;

    @BeforeAll
    static void compile() throws IOException {
        Path written = Files.createDirectories(folder.resolve("sources").resolve("acme"));
        sources = new ArrayList<>();
        for (String name : List.of("Mlp", "ResidualNet")) {
            Path file = Path.of("src/test/resources/models/acme/" + name + ".java");
            sources.add(Files.copy(file, written.resolve(name + ".java")));
        }
        sources.add(Files.writeString(written.resolve("Initials.java"), INITIALS));
        sources.add(Files.writeString(written.resolve("Main.java"), MAIN));
        Project project = project("expected", sources);
        assertClean(project.javac(Jdk.running()));
        expected = project.texts();
        assertTrue(expected.containsKey(Path.of("acme", "PackedInitials.java").toString()));
    }

    private static Project project(String name, List<Path> files) throws IOException {
        return new Project(Files.createDirectories(folder.resolve(name)), files);
    }

    private static void skipUnless(boolean condition, String reason) {
        if (!condition) {
            System.err.println("Skipped: " + reason);
        }
        assumeTrue(condition, reason);
    }

    @Test
    void otherJdksWriteTheSameAndRunIt() throws IOException {
        List<Jdk> others = Jdk.others();
        boolean hasOldest = others.stream().anyMatch(jdk -> jdk.feature() == Jdk.OLDEST);
        skipUnless(!others.isEmpty(), "no other JDK found; name some in -Dpolyphony.jdks");
        String answers = project("expected", sources).java(Jdk.running(), "acme.Main").text();
        for (Jdk jdk : others) {
            Project project = project("jdk" + jdk.feature(), sources);
            assertClean(project.javac(jdk));
            assertEquals(expected, project.texts(), jdk.toString());
            assertEquals(numbers(answers), numbers(project.java(jdk, "acme.Main").text()));
        }
        skipUnless(
                hasOldest || Jdk.running().feature() == Jdk.OLDEST,
                "JDK 17, the oldest supported, was not found; name it in -Dpolyphony.jdks");
    }

    /** The lines of our own: the JVM and the engine print others. */
    private static List<String> numbers(String output) {
        List<String> lines = output.lines().filter(line -> line.startsWith("(1, ")).toList();
        assertEquals(3, lines.size(), output);
        return lines;
    }

    @Test
    void theNewestJdkCompilesAndRunsItsOwnLanguage() throws IOException {
        Jdk jdk = Jdk.newest();
        skipUnless(jdk.feature() >= 21, "no JDK from 21 on found; name one in -Dpolyphony.jdks");
        Path written = Files.createDirectories(folder.resolve("newest-sources").resolve("acme"));
        String model = NewestLanguage.model(jdk.feature());
        List<Path> files =
                List.of(
                        Files.writeString(written.resolve("Net.java"), model),
                        Files.writeString(written.resolve("Main.java"), NEWEST_MAIN));
        Project project = project("newest", files);
        assertClean(project.javac(jdk, jdk.feature()));
        Project.Output output = project.java(jdk, "acme.Main");
        assertEquals(0, output.code(), output.text());
        assertTrue(output.text().lines().anyMatch("(1, 4, 7)"::equals), output.text());
    }

    /** Eclipse's compiler tells where the source is on Java 18 and later. */
    @Test
    void eclipsesCompilerWritesTheSame() throws Exception {
        Jdk jdk = Jdk.newest();
        skipUnless(jdk.feature() >= 18, "Eclipse's compiler needs a JDK from 18 on");
        Project project = project("ecj", sources);
        Project.Output output = project.ecj(jdk, ecj());
        assertEquals(0, output.code(), output.text());
        assertEquals(expected, project.texts());
        assertEquals(
                numbers(project("expected", sources).java(jdk, "acme.Main").text()),
                numbers(project.java(jdk, "acme.Main").text()));
    }

    @Test
    void eclipsesCompilerIsToldWhatIsMissing() throws Exception {
        Jdk jdk =
                Jdk.running().feature() == Jdk.OLDEST
                        ? Jdk.running()
                        : Jdk.others().stream()
                                .filter(one -> one.feature() == Jdk.OLDEST)
                                .findFirst()
                                .orElse(null);
        skipUnless(jdk != null, "JDK 17 was not found; name it in -Dpolyphony.jdks");
        Project.Output output = project("ecj17", sources.subList(0, 1)).ecj(jdk, ecj());
        assertTrue(output.text().contains("1 problem (1 error)"), output.text());
        assertTrue(
                output.text()
                        .contains(
                                "[PLY091] The source of 'Mlp' cannot be read: this compiler does"
                                        + " not tell where the source file is"),
                output.text());
    }

    private static Path ecj() throws ClassNotFoundException, URISyntaxException {
        Class<?> compiler =
                Class.forName(
                        "org.eclipse.jdt.internal.compiler.batch.Main",
                        false,
                        CompilersTest.class.getClassLoader());
        return Path.of(compiler.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void languagePlaceAndCharsetDoNotMatter() throws IOException {
        Project project = project("turkish", sources);
        assertClean(
                project.javac(
                        Jdk.running(),
                        "-proc:only",
                        "-J-Duser.language=tr",
                        "-J-Duser.country=TR",
                        "-J-Duser.timezone=Pacific/Kiritimati",
                        "-J-Dfile.encoding=ISO-8859-1",
                        "-J-Dline.separator=\r\n"));
        assertEquals(expected, project.texts());
    }

    @Test
    void orderDoesNotMatter() throws IOException {
        List<Path> reversed = new ArrayList<>(sources);
        Collections.reverse(reversed);
        Project project = project("reversed", reversed);
        assertClean(project.javac(Jdk.running(), "-proc:only"));
        assertEquals(expected, project.texts());
    }

    @Test
    void lineEndsDoNotMatter() throws IOException {
        Path written = Files.createDirectories(folder.resolve("windows").resolve("acme"));
        List<Path> files = new ArrayList<>();
        for (Path source : sources) {
            String text = Files.readString(source).replace("\n", "\r\n");
            files.add(Files.writeString(written.resolve(source.getFileName()), text));
        }
        Project project = project("crlf", files);
        assertClean(project.javac(Jdk.running(), "-proc:only"));
        assertEquals(expected, project.texts());
    }
}
