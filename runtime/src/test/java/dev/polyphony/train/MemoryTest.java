/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleCnn;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is left over: neither by a step, nor by a training. */
class MemoryTest {

    /** Steps and predictions: 10,000 for the long run. */
    private static final int STEPS = Integer.getInteger("polyphony.steps", 2_000);

    /** More than the process wavers, and half of what one weight a step is in 2,000 steps. */
    private static final int MEGABYTES = 64;

    @Test
    void stepsAndTrainingsLeaveNothing() {
        Engine.getInstance();
        LabeledData data = TestData.stripes(160, 1);
        MixMoForm form = MixMoForm.of(2).batchRepetitions(2);
        List<Integer> counts = new ArrayList<>();
        Progress counting =
                new Progress() {

                    @Override
                    public void onBegin(Run run) {}

                    @Override
                    public void onStep(int epoch, int step, double loss) {
                        counts.add(Resources.count());
                    }

                    @Override
                    public void onEpoch(History.Epoch epoch) {}

                    @Override
                    public void onEnd() {}
                };
        Training training =
                Training.builder()
                        .optBatchSize(8)
                        .optEpochs(8)
                        .optOptimizer(OptimizerType.NESTEROV)
                        .optWeightDecay(1e-4)
                        .build();
        int before = Resources.count();
        for (int run = 0; run < 2; run++) {
            new TrainingLoop(Recipe.of(form), training, counting)
                    .train("test", () -> new EnsembleCnn(form, 3), data, data)
                    .close();
            assertEquals(before, Resources.count(), "left by a training");
        }
        // 8 epochs of 40 steps, looked at every 20 steps, twice
        assertEquals(32, counts.size());
        for (int i = 4; i < counts.size(); i++) {
            // batches are gathered ahead: as many wait at the same step of each epoch; and before
            // the end of the first nothing is kept for a run that diverges
            int same = i % 16 < 2 ? i % 16 : 2 + i % 2;
            assertEquals(counts.get(same), counts.get(i), "grows with the steps: " + counts);
        }
    }

    /** Tells how much is held at the end of each epoch. */
    private static final class Watch implements Progress {

        private final List<Integer> counts = new ArrayList<>();
        private final List<Long> megabytes = new ArrayList<>();

        @Override
        public void onBegin(Run run) {}

        @Override
        public void onStep(int epoch, int step, double loss) {}

        @Override
        public void onEpoch(History.Epoch epoch) {
            look();
        }

        @Override
        public void onEnd() {}

        void look() {
            counts.add(Resources.count());
            try {
                megabytes.add(Resources.megabytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void requireFlat() {
            for (int count : counts) {
                assertEquals(counts.get(0), count, "arrays: " + counts);
            }
            long growth = megabytes.get(megabytes.size() - 1) - megabytes.get(0);
            assertTrue(growth < MEGABYTES, "megabytes: " + megabytes);
        }
    }

    /** The largest weight has 64 kB. */
    @Test
    void stepsAndPredictionsTakeNoMemory() {
        BatchEnsembleForm form = BatchEnsembleForm.of(2);
        LabeledData data = TestData.moons(4 * STEPS / 10, 0.15, 1);
        Training training =
                Training.builder()
                        .optBatchSize(4)
                        .optEpochs(10)
                        .optOptimizer(OptimizerType.ADAM_W)
                        .optWeightDecay(1e-4)
                        .optClipNorm(1)
                        .build();
        Watch steps = new Watch();
        Watch predictions = new Watch();
        TrainingLoop loop = new TrainingLoop(Recipe.of(form), training, steps);
        try (Trained trained = loop.train("test", () -> EnsembleMlp.of(form, 128, 2), data, null)) {
            assertEquals(STEPS, trained.history().steps());
            LabeledData few = data.subset(new int[] {0, 1, 2, 3});
            NDManager manager = trained.model().getNDManager();
            for (int i = 1; i <= STEPS; i++) {
                MemberPrediction.logits(trained.ensemble(), manager, few);
                if (i % (STEPS / 10) == 0) {
                    predictions.look();
                }
            }
        }
        steps.requireFlat();
        predictions.requireFlat();
    }

    @ParameterizedTest
    @EnumSource
    void closingAnOptimizerFreesItsState(OptimizerType type) {
        BatchEnsembleForm form = BatchEnsembleForm.of(2);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = EnsembleMlp.of(form, 4, 2);
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            int before = Resources.count();
            Training training = Training.builder().optOptimizer(type).optWeightDecay(0.1).build();
            try (GroupedOptimizer optimizer = training.newOptimizer(ensemble, 1, 1);
                    NDManager gradients = NDManager.newBaseManager()) {
                for (Parameter parameter : ensemble.getParameters().values()) {
                    NDArray weight = parameter.getArray();
                    optimizer.update(parameter.getId(), weight, gradients.ones(weight.getShape()));
                }
                assertTrue(Resources.count() > before + ensemble.getParameters().size());
            }
            assertEquals(before, Resources.count());
        }
    }
}
