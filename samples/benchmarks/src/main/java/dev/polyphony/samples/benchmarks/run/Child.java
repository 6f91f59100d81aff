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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that answers a line with a line. One that fails, or does not answer for minutes, is an
 * error that shows the end of what it has told.
 */
final class Child implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 300;
    private static final int TOLD_LINES = 20;

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final PrintStream in;
    private final File log;

    private Child(String name, List<String> command, Path logs) throws IOException {
        this.name = name;
        log = logs.resolve(name + ".log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log);
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
        return new Child(main.getSimpleName(), command, logs);
    }

    /** Starts a program. */
    static Child program(String name, Path logs, String... command) throws IOException {
        return new Child(name, Arrays.asList(command), logs);
    }

    String ask(String line) throws IOException {
        in.println(line);
        return read();
    }

    String read() throws IOException {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::readLine);
        String line;
        try {
            line = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // ends the wait of the other thread, too
            process.destroyForcibly();
            throw failure("has not answered for " + PATIENCE_SECONDS + " seconds");
        } catch (ExecutionException e) {
            throw failure("cannot be read from: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was interrupted");
        }
        if (line == null) {
            throw failure("has ended");
        }
        return line;
    }

    private String readLine() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IOException failure(String what) throws IOException {
        List<String> told = Files.readAllLines(log.toPath());
        List<String> end = told.subList(Math.max(0, told.size() - TOLD_LINES), told.size());
        return new IOException(
                "The process %s %s (%s):%n%s"
                        .formatted(name, what, log, String.join(System.lineSeparator(), end)));
    }

    /** {@inheritDoc} */
    @Override
    public void close() {
        in.close();
        process.destroyForcibly();
    }
}
