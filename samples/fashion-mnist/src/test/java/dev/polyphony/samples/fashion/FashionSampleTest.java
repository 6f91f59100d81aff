/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.fashion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.evaluate.Metrics;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.Progress;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a few images of stripes: a class is where the stripe is. */
class FashionSampleTest {

    @TempDir private Path folder;

    private DataOutputStream create(String set, String file) throws IOException {
        Path path = folder.resolve(set).resolve(file + "-ubyte.gz");
        Files.createDirectories(path.getParent());
        OutputStream zip = new GZIPOutputStream(Files.newOutputStream(path));
        return new DataOutputStream(zip);
    }

    private void write(String set, String part, int images, boolean isUpright) throws IOException {
        Random random = new Random(images);
        try (DataOutputStream pixels = create(set, part + "-images-idx3");
                DataOutputStream labels = create(set, part + "-labels-idx1")) {
            pixels.writeInt(0x803);
            pixels.writeInt(images);
            pixels.writeInt(28);
            pixels.writeInt(28);
            labels.writeInt(0x801);
            labels.writeInt(images);
            for (int i = 0; i < images; i++) {
                labels.writeByte(i % 10);
                for (int pixel = 0; pixel < 28 * 28; pixel++) {
                    int place = isUpright ? pixel % 28 : pixel / 28;
                    int bright = place / 2 == i % 10 + 2 ? 160 : 0;
                    pixels.writeByte(bright + random.nextInt(90));
                }
            }
        }
    }

    @Test
    void everyRowIsThere() throws IOException {
        write("fashion-mnist", "train", 240, true);
        write("fashion-mnist", "t10k", 60, true);
        write("mnist", "t10k", 40, false);
        FashionData data = FashionData.read(folder);
        assertEquals(200, data.train().size());
        assertEquals(40, data.validation().size());
        Report report =
                FashionSample.compare(
                        FashionSample.newComparison(1)
                                .optEpochs(2)
                                .optBatchSize(32)
                                .optDropoutPasses(3)
                                .optProgress(Progress.none()),
                        data,
                        false);
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
        Result dropout = report.getResults().get(1);
        assertEquals(3, dropout.evaluation().getMembers());
        assertTrue(dropout.classification().getDetections().containsKey("MNIST"));
        assertEquals(report.getResults().get(0).cost().parameters(), dropout.cost().parameters());
        double chance = 0.1;
        assertTrue(report.getResults().get(0).evaluation().getValue(Metrics.ACCURACY) > 2 * chance);
        assertTrue(Files.exists(report.writeTo(folder.resolve("report"))));
    }

    @Test
    void missingDataAreNamed() {
        FileNotFoundException e =
                assertThrows(FileNotFoundException.class, () -> FashionData.read(folder));
        assertTrue(e.getMessage().contains("train-images-idx3-ubyte"), e.getMessage());
        assertFalse(e.getMessage().contains("http"), e.getMessage());
    }
}
