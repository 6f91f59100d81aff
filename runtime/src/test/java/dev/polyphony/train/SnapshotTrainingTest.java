/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SnapshotTrainingTest {

    private static final LabeledData MOONS = TestData.moons(200, 0.15, 1);
    private static final int M = 3;
    private static final DeepEnsembleForm FORM = DeepEnsembleForm.of(M);

    private static Training training(int epochs) {
        return Training.builder()
                .optBatchSize(40) // 5 steps in an epoch
                .optEpochs(epochs)
                .optLearningRate(0.05)
                .optSeed(2)
                .build();
    }

    private static Trained train(Training training) {
        return new SnapshotTraining(Recipe.snapshots(FORM), training, Progress.none())
                .train("test", () -> EnsembleMlp.of(FORM, 12, 2), MOONS, null);
    }

    /** A run of the same schedule that stops at the end of a cycle is the member of that cycle. */
    @Test
    void membersAreTheModelAtTheEndsOfCycles() {
        // 20 steps in cycles of 7, 7 and 6
        Training training = training(4);
        try (Trained trained = train(training)) {
            assertEquals(20, trained.history().steps());
            assertEquals(4, trained.history().epochs().size());
            float[] logits = logits(trained);
            Training cycles = training.toBuilder().optSchedule(Schedule.cosineCycles(M)).build();
            int[] ends = {7, 14, 20};
            float[][] members = new float[M][];
            Recipe one = Recipe.of(DeepEnsembleForm.of(1)).withBatches(new SharedBatches());
            RunHook hook =
                    new RunHook() {
                        @Override
                        public void onStep(TrainingRun run) {
                            int member = Arrays.binarySearch(ends, (int) run.getSteps());
                            if (member >= 0) {
                                members[member] =
                                        MemberPrediction.logits(
                                                run.getEnsemble(),
                                                run.getModel().getNDManager(),
                                                MOONS);
                            }
                        }
                    };
            new TrainingLoop(one, cycles, Progress.none(), hook)
                    .train("test", () -> LoneMember.of(EnsembleMlp.of(FORM, 12, 2), 0), MOONS, null)
                    .close();
            for (int m = 0; m < M; m++) {
                float[] own = new float[2 * MOONS.size()];
                for (int i = 0; i < own.length; i++) {
                    own[i] = logits[(i / 2 * M + m) * 2 + i % 2];
                }
                assertArrayEquals(members[m], own, 1e-5f, "member " + m);
            }
            // the last steps of a cycle hardly move, the first of the next do
            assertTrue(difference(members[0], members[1]) > 0.1);
            assertTrue(difference(members[1], members[2]) > 0.1);
        }
    }

    private static float[] logits(Trained trained) {
        return MemberPrediction.logits(trained.ensemble(), trained.model().getNDManager(), MOONS);
    }

    private static float difference(float[] one, float[] other) {
        float largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }

    @Test
    void whatLeavesNoRoomForCyclesIsRefused() {
        assertRefused(
                training(4).toBuilder().optSchedule(Schedule.oneCycle()).build(), "one cycle");
        assertRefused(training(4).toBuilder().optBootstrap(true).build(), "bootstrap");
        Training steps = training(1).toBuilder().optBatchSize(100).build();
        assertRefused(steps, "2 updates cannot be divided into 3 cycles");
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Recipe.snapshots(FORM.vectorized(true)))
                        .getMessage();
        assertTrue(message.contains("leave out vectorized"), message);
    }

    private static void assertRefused(Training training, String why) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> train(training)).getMessage();
        assertTrue(message.contains(why), message);
    }
}
