/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Result;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptResultTest {

    private static final LabeledData TRAIN = TestData.moons(128, 0.1, 1);
    private static final LabeledData VALIDATION = TestData.moons(40, 0.1, 3);
    private static final LabeledData TEST = TestData.moons(60, 0.1, 2);

    @TempDir private Path folder;

    @Test
    void aResultIsMadeAgainOfWhatWasKept() throws IOException {
        Result now;
        try (TrainedEnsemble trained =
                TestHarness.of("packed", PackedForm.of(4), 8, 2)
                        .optProgress(Progress.none())
                        .optEpochs(2)
                        .fit(TRAIN, VALIDATION)) {
            Result asked = trained.getResult(TEST, Map.of());
            now = KeptResult.in(folder, "a key").write(trained, VALIDATION, TEST);
            assertEquals(asked.evaluation().getValues(), now.evaluation().getValues());
            assertEquals(asked.cost().parameters(), now.cost().parameters());
            assertEquals(asked.cost().multiplyAdds(), now.cost().multiplyAdds());
            assertTrue(Double.isNaN(now.cost().inferenceMillisecondsPer1000()));
        }
        Result later = KeptResult.in(folder, "a key").read(VALIDATION, TEST).orElseThrow();
        assertEquals(now.evaluation().getValues(), later.evaluation().getValues());
        assertEquals(now.name(), later.name());
        assertEquals(now.settings(), later.settings());
        assertEquals(now.cost(), later.cost());

        assertTrue(KeptResult.in(folder, "another key").read(VALIDATION, TEST).isEmpty());
        Files.write(folder.resolve("answers-0.bin"), new byte[] {1});
        assertTrue(KeptResult.in(folder, "a key").read(VALIDATION, TEST).isEmpty(), "is damaged");
    }
}
