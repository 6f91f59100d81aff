/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import dev.polyphony.data.CsvFiles;
import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsSampleTest {

    @Test
    void writesThePageWithARowForEachForm(@TempDir Path folder) throws Exception {
        Report report =
                DigitsSample.compare(
                        DigitsSample.newComparison().optEpochs(2).optProgress(Progress.none()));
        assertEquals(
                List.of(
                        "plain",
                        "MC dropout",
                        "MIMO",
                        "MixMo",
                        "BatchEnsemble",
                        "packed",
                        "Masksembles",
                        "sub-ensemble",
                        "deep ensemble"),
                report.getResults().stream().map(Result::name).toList());
        Path page = report.writeTo(folder);
        assertTrue(Files.readString(page).contains("BatchEnsemble"));
        assertTrue(Files.exists(folder.resolve("report.json")));
    }

    @Test
    void answersAlikeAfterLoading(@TempDir Path folder) throws Exception {
        LabeledData digits =
                CsvFiles.read(DigitsSample.class, "digits.csv", new Shape(1, 8, 8), 1.0 / 16);
        LabeledData[] parts = digits.splitStratified(1, 0.2, 0.8);
        try (NDManager manager = NDManager.newBaseManager();
                TrainedEnsemble trained =
                        PackedDigitNetHarness.of(16, 10)
                                .optEpochs(1)
                                .optProgress(Progress.none())
                                .fit(parts[0])) {
            NDList image = new NDList(parts[1].toArray(manager, 0, 1).squeeze(0));
            EnsembleClassifications before = trained.newPredictor().predict(image);
            trained.save(folder.resolve("model"));
            Criteria<NDList, EnsembleClassifications> criteria =
                    Criteria.builder()
                            .setTypes(NDList.class, EnsembleClassifications.class)
                            .optModelPath(folder.resolve("model"))
                            .optTranslatorFactory(new EnsembleTranslatorFactory())
                            .build();
            try (ZooModel<NDList, EnsembleClassifications> model = criteria.loadModel();
                    Predictor<NDList, EnsembleClassifications> predictor = model.newPredictor()) {
                EnsembleClassifications after = predictor.predict(image);
                assertEquals(before.getProbabilities(), after.getProbabilities());
                assertEquals(before.getMutualInformation(), after.getMutualInformation());
            }
        }
    }

    @Test
    void movesPixelsAndKeepsInk() {
        float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        LabeledData image = LabeledData.of(pixels, new Shape(1, 3, 3), new int[] {0}, 2);
        assertArrayEquals(
                new float[] {1, 4, 7, 2, 5, 8, 3, 6, 9}, Transformed.turned(image).getFeatures());
        float[] shuffled = Transformed.shuffled(image, 1).getFeatures();
        java.util.Arrays.sort(shuffled);
        assertArrayEquals(pixels, shuffled);
    }
}
