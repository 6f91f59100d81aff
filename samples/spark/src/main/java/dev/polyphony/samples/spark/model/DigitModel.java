/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.model;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trained model of the digits, for tables to be scored with. */
public final class DigitModel {

    private static final int UNITS = 64;
    private static final int EPOCHS = 15;

    private DigitModel() {}

    /**
     * Trains a packed ensemble of four members, which takes seconds, unless there is one.
     *
     * @param folder the model folder
     * @return the folder
     * @throws IOException if it cannot be written
     */
    public static Path ensure(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(ModelFolder.DESCRIPTION))) {
            LabeledData[] parts = Digits.readParts();
            try (TrainedEnsemble trained =
                    PackedDigitMlpHarness.of(UNITS, Digits.CLASSES)
                            .optEpochs(EPOCHS)
                            .optBatchSize(32)
                            .optLearningRate(3e-3)
                            .optSeed(1)
                            .fit(parts[0])) {
                trained.save(folder);
            }
        }
        return folder;
    }
}
