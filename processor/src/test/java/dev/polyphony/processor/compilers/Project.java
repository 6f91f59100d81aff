/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.compilers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.PolyphonyProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sources that a compiler compiles with the processor, in a process of its own.
 *
 * @param folder an empty folder
 * @param sources the files, in the order in which the compiler gets them
 */
record Project(Path folder, List<Path> sources) {

    private static final String CLASS_PATH = System.getProperty("java.class.path");
    private static final int MINUTES = 3;

    /** These processes are too short for the JVM's slow compiler to pay. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** What a process printed, and its exit code. */
    record Output(int code, String text) {}

    private Path classes() {
        return folder.resolve("classes");
    }

    private Path generated() {
        return folder.resolve("generated");
    }

    /** Compiles with a JDK's compiler, as strictly as it can, for the oldest Java. */
    Output javac(Jdk jdk, String... options) throws IOException {
        return javac(jdk, Jdk.OLDEST, options);
    }

    /** Compiles with a JDK's compiler, as strictly as it can, for a version of Java. */
    Output javac(Jdk jdk, int release, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.tool("javac"), "-J" + QUICK));
        // jars name others in their manifests that are not here
        command.addAll(List.of("-Xlint:all,-path", "-Werror"));
        command.addAll(List.of("--release", String.valueOf(release)));
        command.addAll(List.of("-encoding", "UTF-8", "-cp", CLASS_PATH));
        return compile(command, options);
    }

    /** Compiles with Eclipse's compiler, which runs on a JDK. */
    Output ecj(Jdk jdk, Path ecj, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(jdk.tool("java"), QUICK, "-jar", ecj.toString(), "-17"));
        command.addAll(List.of("-encoding", "UTF-8", "-cp", CLASS_PATH));
        command.addAll(List.of("-processorpath", CLASS_PATH));
        return compile(command, options);
    }

    private Output compile(List<String> command, String... options) throws IOException {
        command.addAll(List.of("-processor", PolyphonyProcessor.class.getName()));
        command.addAll(List.of("-d", Files.createDirectories(classes()).toString()));
        command.addAll(List.of("-s", Files.createDirectories(generated()).toString()));
        command.addAll(List.of(options));
        sources.forEach(source -> command.add(source.toString()));
        return run(command);
    }

    /** Runs a class of the project. */
    Output java(Jdk jdk, String main) throws IOException {
        return run(
                List.of(
                        jdk.tool("java"),
                        QUICK,
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-cp",
                        classes() + System.getProperty("path.separator") + CLASS_PATH,
                        main));
    }

    private Output run(List<String> command) throws IOException {
        Path log = folder.resolve("log.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "takes too long: " + command);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        return new Output(process.exitValue(), text);
    }

    /** The texts of the generated files, by their names. */
    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(generated())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(generated().relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    static void assertClean(Output output) {
        assertEquals("", output.text());
        assertEquals(0, output.code());
    }
}
