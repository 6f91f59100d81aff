/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.samples.spark.model.DeepEnsembleDigitMlpHarness;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersCommandTest {

    @TempDir private Path folder;

    private static byte[] parameters(Ensemble ensemble) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ensemble.saveParameters(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void theEnsembleIsThatOfOneProcess() throws IOException {
        Command members =
                Command.run(
                        new MembersCommand(),
                        "--master=local[2]",
                        "--set=units=8",
                        "--training=epochs=2",
                        "--training=batch-size=64",
                        "--training=learning-rate=0.003",
                        "--seed=3",
                        "--out=" + folder.resolve("out"));
        assertEquals(0, members.code(), members.err());
        SearchData data = new DigitsProject().readData();
        Harness harness =
                DeepEnsembleDigitMlpHarness.of(8, 10)
                        .optEpochs(2)
                        .optBatchSize(64)
                        .optLearningRate(0.003)
                        .optSeed(3);
        try (TrainedEnsemble here = harness.fit(data.train());
                TrainedEnsemble there = harness.load(folder.resolve("out/model"))) {
            assertArrayEquals(parameters(here.getEnsemble()), parameters(there.getEnsemble()));
            assertEquals(here.getScores(data.test()), there.getScores(data.test()));
        }
    }

    @Test
    void anEnsembleThatIsNotAnnotatedIsRefused() {
        Command members =
                Command.run(new MembersCommand(), "--members=7", "--out=" + folder.resolve("out"));
        assertEquals(2, members.code());
        assertTrue(
                members.err().contains("annotate the model with @DeepEnsemble(m = 7"),
                members.err());
    }
}
