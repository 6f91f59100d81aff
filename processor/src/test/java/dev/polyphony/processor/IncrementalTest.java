/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Incremental builds compile one file against the class files of the others. */
class IncrementalTest {

    @TempDir private Path folder;

    private static final String NET =
            """
            @Packed
            public final class Net extends SequentialBlock {
                public Net(Settings settings) { add(Linear.builder().setUnits(settings.units()).build()); }
            }
            """;

    @Test
    void aPartialCompilationGeneratesTheSame() throws IOException {
        List<JavaFileObject> all = new ArrayList<>();
        JavaFileObject net = Compilations.source(NET);
        all.add(net);
        all.add(Compilations.source("public record Settings(int units) {}"));
        Path full = Files.createDirectories(folder.resolve("full"));
        Path partial = Files.createDirectories(folder.resolve("partial"));
        Path classes = Files.createDirectories(folder.resolve("classes"));

        assertTrue(Compilations.toFolders(all, classes, full));
        assertTrue(Compilations.toFolders(List.of(net), classes, partial));

        for (String name : List.of("PackedNet", "PackedNetHarness", "NetComparison")) {
            Path file = Path.of("acme", name + ".java");
            assertEquals(
                    Files.readString(full.resolve(file)), Files.readString(partial.resolve(file)));
        }
    }

    private static final String CHOIR =
            """
            @Packed @Mimo
            public final class Choir extends SequentialBlock {
                public Choir(int units) { add(Linear.builder().setUnits(units).build()); }

                static PackedChoir packed() { var made = new PackedChoir(3); return made; }

                static Function<Integer, MimoChoir> maker() { return MimoChoir::new; }

                static int members(List<PackedChoir> all) {
                    return all.stream().mapToInt(one -> one.getMembers()).sum();
                }
            }
            """;

    /** The class files of the generated types are those of an earlier compilation. */
    @Test
    void aModelThatMentionsItsEnsemblesCanBeCompiledAgain() throws IOException {
        JavaFileObject choir = Compilations.source(CHOIR);
        Path first = Files.createDirectories(folder.resolve("first"));
        Path second = Files.createDirectories(folder.resolve("second"));
        Path classes = Files.createDirectories(folder.resolve("choir"));

        assertTrue(Compilations.toFolders(List.of(choir), classes, first));
        assertTrue(Compilations.toFolders(List.of(choir), classes, second));

        Path file = Path.of("acme", "PackedChoir.java");
        assertEquals(Files.readString(first.resolve(file)), Files.readString(second.resolve(file)));
    }

    /** The model and its ensembles are class files. */
    @Test
    void aUserOfTheEnsemblesCanBeCompiledAlone() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("used"));
        Path generated = Files.createDirectories(folder.resolve("user"));
        assertTrue(Compilations.toFolders(List.of(Compilations.source(CHOIR)), classes, generated));
        Path none = Files.createDirectories(folder.resolve("none"));

        assertTrue(
                Compilations.toFolders(
                        List.of(
                                Compilations.source(
                                        "class User { Block network = new PackedChoir(Choir.packed().getMembers()); }")),
                        classes,
                        none));

        try (Stream<Path> files = Files.list(none)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void theProcessorIsRegistered() {
        assertTrue(
                ServiceLoader.load(Processor.class).stream()
                        .anyMatch(provider -> provider.type() == PolyphonyProcessor.class));
    }

    @Test
    void gradleIsToldThatItIsIsolating() throws IOException {
        String name = "META-INF/gradle/incremental.annotation.processors";
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(name)) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(PolyphonyProcessor.class.getName() + ",isolating", text.strip());
        }
    }
}
