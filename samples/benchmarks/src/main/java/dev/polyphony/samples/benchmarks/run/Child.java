/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process that answers a line with a line. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final File log;

    private Child(List<String> command, Path logs) throws IOException {
        log = logs.resolve(Path.of(command.get(0)).getFileName() + ".log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("OMP_NUM_THREADS", "1");
        process = builder.start();
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a class with a main method, in a JVM like those of all benchmarks. */
    static Child java(Class<?> main, Path logs, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Settings.JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return new Child(command, logs);
    }

    /** Starts a program. */
    static Child program(Path logs, String... command) throws IOException {
        return new Child(Arrays.asList(command), logs);
    }

    String ask(String line) throws IOException {
        in.println(line);
        return read();
    }

    String read() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("A process of the benchmarks has failed: see " + log);
        }
        return line;
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
