/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.MemberOrders;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Sgd;
import dev.polyphony.train.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One network for all members of a deep ensemble learns what each member learns by itself. */
class VectorizedTrainingTest {

    private static final int M = 3;
    private static final int EPOCHS = 3;
    private static final int BATCH = 32;
    private static final int SEED = 5;
    private static final double RATE = 0.01;
    private static final LabeledData MOONS = TestData.moons(240, 0.2, 1);

    @ParameterizedTest
    @EnumSource(OptimizerType.class)
    void vectorizedIsMemberByMember(OptimizerType optimizer) {
        float[] copies = logits(DeepEnsembleForm.of(M), optimizer);
        float[] together = logits(DeepEnsembleForm.of(M).vectorized(true), optimizer);
        assertEquals(copies.length, together.length);
        for (int i = 0; i < copies.length; i++) {
            assertEquals(copies[i], together[i], 2e-3f, "score " + i);
        }
    }

    private static float[] logits(DeepEnsembleForm form, OptimizerType optimizer) {
        Training training =
                Training.builder()
                        .optBatchSize(BATCH)
                        .optEpochs(EPOCHS)
                        .optLearningRate(RATE)
                        .optSeed(SEED)
                        .optOptimizer(optimizer)
                        .build();
        try (Trained trained =
                new TrainingLoop(Recipe.of(form), training, Progress.none())
                        .train("test", () -> EnsembleMlp.of(form, 12, 2), MOONS, null)) {
            return MemberPrediction.logits(
                    trained.ensemble(), trained.model().getNDManager(), MOONS);
        }
    }

    /** By hand: the losses are summed, so that a member's step does not depend on the others. */
    @Test
    void eachMemberTakesTheStepsOfAModelTrainedByHand() {
        DeepEnsembleForm form = DeepEnsembleForm.of(M);
        float[] together = logits(form.vectorized(true), OptimizerType.SGD);
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(SEED);
            Ensemble start = EnsembleMlp.of(form, 12, 2);
            start.initialize(manager, DataType.FLOAT32, new Shape(1, 2));
            for (int m = 0; m < M; m++) {
                Block member = start.getChildren().valueAt(m);
                train(member, m, manager);
                NDArray x = MOONS.toArray(manager, 0, MOONS.size());
                float[] alone = forward(member, x, manager).toFloatArray();
                for (int i = 0; i < alone.length; i++) {
                    float other = together[(i / 2 * M + m) * 2 + i % 2];
                    assertEquals(alone[i], other, 2e-3f, "member " + m + ", score " + i);
                }
            }
        }
    }

    private static void train(Block member, int m, NDManager manager) {
        Loss loss = Loss.softmaxCrossEntropyLoss();
        try (GroupedOptimizer optimizer =
                Sgd.builder().optMomentum(0.9).optLearningRate(RATE).build()) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                var batches = new MemberOrders(M).getEpoch(MOONS.size(), BATCH, SEED, epoch);
                for (int step = 0; step < batches.getSteps(); step++) {
                    int[][] batch = batches.getBatch(step);
                    int[] rows = new int[batch.length];
                    for (int row = 0; row < rows.length; row++) {
                        rows[row] = batch[row][m];
                    }
                    LabeledData own = MOONS.subset(rows);
                    try (GradientCollector collector =
                            Engine.getInstance().newGradientCollector()) {
                        NDArray x = own.toArray(manager, 0, own.size());
                        NDArray y = manager.create(own.getLabels());
                        collector.backward(
                                loss.evaluate(
                                        new NDList(y), new NDList(forward(member, x, manager))));
                    }
                    member.getParameters()
                            .values()
                            .forEach(
                                    p ->
                                            optimizer.update(
                                                    p.getId(),
                                                    p.getArray(),
                                                    p.getArray().getGradient()));
                }
            }
        }
    }

    private static NDArray forward(Block block, NDArray x, NDManager manager) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), true).head();
    }

    @Test
    void membersDiffer() {
        float[] logits = logits(DeepEnsembleForm.of(M).vectorized(true), OptimizerType.ADAM);
        float largest = 0;
        for (int i = 0; i < logits.length; i += 2 * M) {
            largest = Math.max(largest, Math.abs(logits[i] - logits[i + 2]));
        }
        assertTrue(largest > 0.1, "members are equal");
    }
}
