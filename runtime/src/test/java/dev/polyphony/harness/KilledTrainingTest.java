/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.KilledTraining.Kind;
import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the process of a training, without a chance to tidy up, and resumes it. The property {@code
 * polyphony.kills} is how often each training is begun, 1 by default; the first is killed in the
 * middle of writing, all others at a random moment.
 */
class KilledTrainingTest {

    private static final int TRIALS = Integer.getInteger("polyphony.kills", 1);
    private static final String TEMPORARY = ".checkpoint-*.tmp";

    @TempDir private Path parent;

    private final Random random = new Random(11);

    private static byte[] parameters(TrainedEnsemble trained) throws IOException {
        try (trained;
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            Snapshot.of(trained.getEnsemble()).write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }
    }

    private static Process start(Kind kind, Path folder) throws IOException {
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
        command.addAll(List.of(KilledTraining.class.getName(), kind.name(), folder.toString()));
        File errors = new File(folder + ".err");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(errors))
                .start();
    }

    private static boolean has(Path folder, String glob) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().hasNext();
        }
    }

    /** Lets a process train for a moment, and ends it as kill -9 does. */
    private void kill(Process process, Path folder, boolean whileItWrites)
            throws IOException, InterruptedException {
        List<Path> before = CheckpointFolder.list(folder);
        while (process.isAlive() && CheckpointFolder.list(folder).equals(before)) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(150));
        while (whileItWrites && process.isAlive() && !has(folder, TEMPORARY)) {
            Thread.onSpinWait();
        }
        boolean killed = process.isAlive();
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        String output = Files.readString(Path.of(folder + ".err"));
        assertTrue(killed, () -> "ended with code " + process.exitValue() + ": " + output);
        assertEquals(137, process.exitValue(), output);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void endsWithTheBitsOfATrainingThatWasNeverKilled(Kind kind)
            throws IOException, InterruptedException {
        byte[] expected = parameters(kind.train());
        for (int i = 0; i < TRIALS; i++) {
            Path folder = parent.resolve("trial" + i);
            int kills = 1 + random.nextInt(i == 0 ? 1 : 3);
            for (int k = 0; k < kills; k++) {
                kill(start(kind, folder), folder, i == 0);
            }
            try (TrainedEnsemble rest = kind.train(folder)) {
                assertTrue(rest.getResumed().orElseThrow().steps() < rest.getHistory().steps());
                assertArrayEquals(expected, parameters(rest));
            }
            assertTrue(!has(folder, TEMPORARY), "what a killed process left is deleted");
            assertEquals(3, CheckpointFolder.list(folder).size());
        }
    }
}
