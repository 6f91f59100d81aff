/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.LabeledData;
import dev.polyphony.engine.WithoutOneDnn;
import dev.polyphony.models.PlainCnn;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;

/** The process that {@link KilledTrainingTest} kills: begins a training, or goes on with it. */
public final class KilledTraining {

    private static final LabeledData TRAIN = TestData.stripes(48, 3);
    private static final LabeledData VALIDATION = TestData.stripes(12, 4);

    private KilledTraining() {}

    /** The trainings that are killed: dropout, batch normalisation, momentum, a schedule. */
    enum Kind {
        MIXMO(MixMoForm.of(2).batchRepetitions(2), OptimizerType.ADAM, Schedule.cosine(0)),
        MIMO(
                MimoForm.of(2).batchRepetitions(2).inputRepetition(0.3),
                OptimizerType.NESTEROV,
                Schedule.constant().withWarmUp(1, 0.1)),
        DEEP(DeepEnsembleForm.of(2), OptimizerType.SGD, Schedule.oneCycle());

        private final Form form;
        private final OptimizerType optimizer;
        private final Schedule schedule;

        Kind(Form form, OptimizerType optimizer, Schedule schedule) {
            this.form = form;
            this.optimizer = optimizer;
            this.schedule = schedule;
        }

        Harness newHarness() {
            return new Harness(
                    "killed", () -> PlainCnn.of(form, 3), Recipe.of(form)) {}.optProgress(
                            Progress.none())
                    .optBatchSize(8)
                    .optEpochs(12)
                    .optLearningRate(0.01)
                    .optWeightDecay(1e-3)
                    .optOptimizer(optimizer)
                    .optSchedule(schedule);
        }

        TrainedEnsemble train() {
            return newHarness().fit(TRAIN, VALIDATION);
        }

        /** Begins, or goes on. A checkpoint after each step: most of the time one is written. */
        TrainedEnsemble train(Path folder) {
            Checkpoints checkpoints = Checkpoints.in(folder).optEverySteps(1).optKeepLast(3);
            Harness harness = newHarness().optCheckpoints(checkpoints);
            return checkpoints.exist()
                    ? harness.resume(TRAIN, VALIDATION)
                    : harness.fit(TRAIN, VALIDATION);
        }
    }

    public static void main(String[] args) {
        WithoutOneDnn.apply();
        Kind.valueOf(args[0]).train(Path.of(args[1])).close();
    }
}
