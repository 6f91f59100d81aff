/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.train.checkpoint.CheckpointFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Ends processes that keep checkpoints in a folder, as kill -9 does.
 *
 * @param random the stream of the moments
 */
public record Killer(Random random) {

    private static final String TEMPORARY = ".checkpoint-*.tmp";

    /** Starts a class of the tests in a process of its own. */
    public static Process start(Class<?> main, Path folder, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path")));
        String threads = System.getProperty("ai.djl.pytorch.num_threads");
        if (threads != null) {
            command.add("-Dai.djl.pytorch.num_threads=" + threads);
        }
        command.add(main.getName());
        command.addAll(List.of(arguments));
        File errors = new File(folder + ".err");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(errors))
                .start();
    }

    /** Whether a process was killed in the folder while it wrote, and no one has tidied up. */
    public static boolean leftSomething(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TEMPORARY)) {
            return files.iterator().hasNext();
        }
    }

    /** Lets a process train for a moment, and ends it. */
    public void kill(Process process, Path folder, boolean whileItWrites)
            throws IOException, InterruptedException {
        List<Path> before = CheckpointFolder.list(folder);
        while (process.isAlive() && CheckpointFolder.list(folder).equals(before)) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(150));
        while (whileItWrites && process.isAlive() && !leftSomething(folder)) {
            Thread.onSpinWait();
        }
        boolean killed = process.isAlive();
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        String output = Files.readString(Path.of(folder + ".err"));
        assertTrue(killed, () -> "ended with code " + process.exitValue() + ": " + output);
        assertEquals(137, process.exitValue(), output);
    }
}
