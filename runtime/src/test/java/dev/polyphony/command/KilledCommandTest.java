/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.Killer;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A comparison whose process is killed in the middle goes on, and comes to the same table. */
class KilledCommandTest extends CommandFixture {

    private static final String EPOCHS = "100";

    @Test
    void resumesToTheTableOfAComparisonThatWasNeverKilled()
            throws IOException, InterruptedException {
        assertEquals(0, compare("--epochs", EPOCHS), err);
        String table = out;
        run = folder.resolve("killed");
        String[] args = {
            "train",
            "--data",
            csv.toString(),
            "--set",
            "hidden=8",
            "--epochs",
            EPOCHS,
            "--out",
            run.toString()
        };
        kill(Killer.start(KilledComparison.class, folder.resolve("output"), args));

        assertEquals(0, run(true, "resume", run.toString()), err);
        assertEquals(quality(table), quality(out));
    }

    /** Waits until the second row is trained. */
    private void kill(Process process) throws IOException, InterruptedException {
        Path checkpoints = run.resolve("checkpoints/packed");
        while (process.isAlive() && CheckpointFolder.list(checkpoints).isEmpty()) {
            Thread.sleep(1);
        }
        Thread.sleep(new Random(7).nextInt(100));
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        String output = Files.readString(folder.resolve("output.err"));
        assertEquals(137, process.exitValue(), output);
    }
}
