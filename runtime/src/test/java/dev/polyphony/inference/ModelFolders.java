/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.ModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.data.Examples;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a little, and loads by DJL's own ways. */
final class ModelFolders {

    private ModelFolders() {}

    /** A harness of a small convolutional network, packed for two. */
    static Harness cnn(int classes) {
        PackedForm form = PackedForm.of(2);
        return new Harness(
                "Cnn, packed",
                () -> new EnsembleCnn(form, classes),
                Recipe.of(form),
                null,
                Arguments.of("classes", classes)) {}.optEpochs(2).optProgress(Progress.none());
    }

    static void save(Harness harness, Examples train, Path folder) throws IOException {
        try (TrainedEnsemble trained = harness.fit(train)) {
            trained.save(folder);
        }
    }

    static <I, O> ZooModel<I, O> load(Path folder, Class<I> input, Class<O> output)
            throws IOException, ModelException {
        return Criteria.builder()
                .setTypes(input, output)
                .optModelPath(folder)
                .optTranslatorFactory(new EnsembleTranslatorFactory())
                .build()
                .loadModel();
    }
}
