/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.data.MultiExamples;
import dev.polyphony.engine.WithoutOneDnn;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;

/** The process that {@link TaskResumeTest} kills: begins a training, or goes on with it. */
public final class KilledTasks {

    private static final MultiExamples TRAIN = TwoTasks.data(48, 1);

    private KilledTasks() {}

    static MultiTaskHarness newHarness() {
        return TwoTasks.plain(true)
                .optEpochs(60)
                .optBatchSize(8)
                .optBalance(Balance.gradNorm())
                .optSurgery(GradientSurgery.pcGrad())
                .optTaskSchedule(TaskSchedule.focus(5, 2, 3))
                .optProgress(Progress.none());
    }

    static TrainedTasks train() {
        return newHarness().fit(TRAIN);
    }

    static TrainedTasks train(Path folder) {
        Checkpoints checkpoints = Checkpoints.in(folder).optEverySteps(1).optKeepLast(3);
        MultiTaskHarness harness = newHarness().optCheckpoints(checkpoints);
        return checkpoints.exist() ? harness.resume(TRAIN) : harness.fit(TRAIN);
    }

    public static void main(String[] args) {
        WithoutOneDnn.apply();
        train(Path.of(args[0])).close();
    }
}
