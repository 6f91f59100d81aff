/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.CheckpointFolder;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCheckpointTest {

    private static final LabeledData TRAIN = TestData.moons(96, 0.1, 1);
    private static final LabeledData VALIDATION = TestData.moons(32, 0.1, 2);

    @TempDir private Path folder;

    private Harness harness(int hidden) {
        return TestHarness.of("test", PackedForm.of(2), hidden, 2)
                .optEpochs(3)
                .optSeed(5)
                .optProgress(Progress.none())
                .optCheckpoints(Checkpoints.in(folder).optKeepLast(9));
    }

    private static double[][] answers(TrainedEnsemble trained) {
        return trained.predict(VALIDATION).getProbabilities();
    }

    /** What training had come to after two epochs is what a training of two epochs comes to. */
    @Test
    void checkpointsAreWhatTrainingHadComeTo() {
        harness(8).fit(TRAIN, VALIDATION).close();
        List<Path> files = CheckpointFolder.list(folder);
        assertEquals(4, files.size());
        try (TrainedEnsemble two =
                        TestHarness.of("test", PackedForm.of(2), 8, 2)
                                .optEpochs(2)
                                .optSeed(5)
                                .optProgress(Progress.none())
                                .fit(TRAIN, VALIDATION);
                TrainedEnsemble loaded = harness(8).loadCheckpoint(files.get(2), TRAIN)) {
            assertArrayEquals(answers(two), answers(loaded));
            assertEquals(2, loaded.getHistory().epochs().size());
        }
    }

    @Test
    void whatIsOfAnotherNetworkOrDamagedIsRefused() throws Exception {
        harness(8).fit(TRAIN, VALIDATION).close();
        Path file = CheckpointFolder.list(folder).get(1);
        String other =
                assertThrows(
                                CheckpointException.class,
                                () -> harness(6).loadCheckpoint(file, TRAIN))
                        .getMessage();
        assertTrue(other.startsWith("The checkpoint " + file + " is of another network"), other);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        String damaged =
                assertThrows(
                                CheckpointException.class,
                                () -> harness(8).loadCheckpoint(file, TRAIN))
                        .getMessage();
        assertTrue(damaged.contains("is damaged"), damaged);
    }
}
