/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.harness.TestHarness.TestComparison;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.report.Report;
import dev.polyphony.train.checkpoint.CheckpointException;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a comparison go on, and which are not trained again. */
class ComparisonResumeTest {

    private static final LabeledData TRAIN = TestData.moons(96, 0.1, 1);
    private static final LabeledData VALIDATION = TestData.moons(32, 0.1, 2);

    @TempDir private Path parent;

    /** Is told which rows are trained, and stops one of them. */
    private static final class Watch implements Progress {

        private final List<String> epochs = new ArrayList<>();
        private final String stops;
        private String row;

        Watch(String stops) {
            this.stops = stops;
        }

        @Override
        public void onBegin(Run run) {
            row = run.name();
        }

        @Override
        public void onStep(int epoch, int step, double loss) {
            // epochs are enough
        }

        @Override
        public void onEpoch(History.Epoch epoch) {
            epochs.add(row + " " + epoch.number());
            if (epochs.get(epochs.size() - 1).equals(stops)) {
                throw new IllegalStateException("stopped");
            }
        }

        @Override
        public void onEnd() {
            // nothing is left open
        }
    }

    private Comparison comparison(Watch watch) {
        return TestComparison.of(8, 2, TestHarness.of("packed", PackedForm.of(2), 8, 2))
                .optCheckpoints(Checkpoints.in(parent.resolve("rows")).optEveryEpochs(1))
                .optBatchSize(32)
                .optEpochs(2)
                .optProgress(watch);
    }

    @Test
    void aComparisonTrainsNoRowTwice() {
        Watch first = new Watch("packed 2");
        assertThrows(
                ComparisonException.class,
                () -> comparison(first).run(TRAIN, VALIDATION, VALIDATION, Map.of()));
        assertEquals(List.of("plain 1", "plain 2", "packed 1", "packed 2"), first.epochs);
        Watch second = new Watch(null);
        Report resumed = comparison(second).resume(TRAIN, VALIDATION, VALIDATION, Map.of());
        assertEquals(List.of("packed 2", "deep ensemble 1", "deep ensemble 2"), second.epochs);
        assertTrue(Files.isDirectory(parent.resolve("rows/deep-ensemble")));
        Comparison whole =
                comparison(new Watch(null))
                        .optCheckpoints(Checkpoints.in(parent.resolve("undisturbed")));
        Report undisturbed = whole.run(TRAIN, VALIDATION, VALIDATION, Map.of());
        for (int row = 0; row < 3; row++) {
            assertEquals(
                    undisturbed.getResults().get(row).evaluation().getValues(),
                    resumed.getResults().get(row).evaluation().getValues());
        }
    }

    @Test
    void aComparisonBeginsOnlyWhereThereIsNone() {
        comparison(new Watch(null)).run(TRAIN, VALIDATION, VALIDATION, Map.of());
        Watch again = new Watch(null);
        CheckpointException e =
                assertThrows(
                        CheckpointException.class,
                        () -> comparison(again).run(TRAIN, VALIDATION, VALIDATION, Map.of()));
        assertTrue(e.getMessage().contains("rows/plain has the checkpoints of"), e.getMessage());
        assertEquals(List.of(), again.epochs);
        Comparison same =
                comparison(again)
                        .add(TestHarness.of("a", PackedForm.of(2), 8, 2).optName("x y"))
                        .add(TestHarness.of("b", PackedForm.of(2), 8, 2).optName("x/y"));
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> same.resume(TRAIN, VALIDATION, VALIDATION, Map.of()))
                        .getMessage()
                        .startsWith(
                                "The rows 'x y' and 'x/y' would have their checkpoints in one"));
    }
}
