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
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the process of a training, without a chance to tidy up, and resumes it. The property {@code
 * polyphony.kills} is how often each training is begun, 2 by default; the first is killed in the
 * middle of writing, all others at a random moment.
 */
class KilledTrainingTest {

    private static final int TRIALS = Integer.getInteger("polyphony.kills", 2);
    @TempDir private Path parent;

    private final Random random = new Random(11);
    private final Killer killer = new Killer(random);

    private static byte[] parameters(TrainedEnsemble trained) throws IOException {
        try (trained;
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            Snapshot.of(trained.getEnsemble()).write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }
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
                killer.kill(
                        Killer.start(KilledTraining.class, folder, kind.name(), folder.toString()),
                        folder,
                        i == 0);
            }
            try (TrainedEnsemble rest = kind.train(folder)) {
                assertTrue(rest.getResumed().orElseThrow().steps() < rest.getHistory().steps());
                assertArrayEquals(expected, parameters(rest));
            }
            assertTrue(!Killer.leftSomething(folder), "what a killed process left is deleted");
            assertEquals(3, CheckpointFolder.list(folder).size());
        }
    }
}
