/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.BatchSplit;
import dev.polyphony.data.FixedBatches;
import dev.polyphony.data.LabeledData;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.GoldenSettings;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.loss.MeanLogitsLoss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sixty steps of training by the harness, with the method's recipe, as the reference
 * implementations make them: from their parameters and on their batches it comes to their losses,
 * parameters and answers.
 */
class GoldenHarnessTest {

    @TestFactory
    Stream<DynamicTest> trainsAsTheReference() {
        return GoldenSet.furtherTests(GoldenHarnessTest::check, GoldenKind.TRAINING);
    }

    private static void check(GoldenCase golden) {
        assumeFalse(golden.has("masks"), "the harness draws the masks of MixMo itself");
        GoldenNetwork probe = GoldenNetwork.of(golden);
        train(golden, OptimizerType.ADAM);
        // the reference decays fast weights by SGD, too, which the recipe never does
        if (!(probe.getEnsemble().getForm() instanceof BatchEnsembleForm)) {
            train(golden, OptimizerType.SGD);
        }
    }

    private static void train(GoldenCase golden, OptimizerType type) {
        String method = type.name().toLowerCase(Locale.ROOT);
        GoldenSettings settings = golden.getSettings().getSettings(method);
        GoldenNetwork network = GoldenNetwork.of(golden);
        FixedBatches batches = batches(golden);
        Harness harness =
                new Reference(network, recipe(golden, network.getEnsemble().getForm(), batches));
        harness.optEpochs(1)
                .optBatchSize(batches.batchRows())
                .optOptimizer(type)
                .optLearningRate(settings.getDouble("lr"))
                .optWeightDecay(settings.getDouble("weight_decay", 0))
                .optProgress(new Start(network));
        if (type == OptimizerType.SGD) {
            harness.optMomentum(settings.getDouble("momentum"));
        }
        try (TrainedEnsemble trained = harness.fit(data(golden));
                NDManager manager = NDManager.newBaseManager()) {
            assertEquals(
                    Arrays.stream(golden.get("loss_" + method)).average().orElseThrow(),
                    trained.getHistory().epochs().get(0).trainingLoss(),
                    1e-4);
            network.check("final_" + method + ".", false);
            String answers = "logits_final_" + method;
            int count = golden.getShape(answers)[1];
            NDArray x = golden.toArray(manager, "X").get(new NDIndex("0:{}", count));
            golden.check(answers, network.predict(x).transpose(1, 0, 2));
        }
    }

    /** The recipe of the method, with what the reference says otherwise. */
    private static Recipe recipe(GoldenCase golden, Form form, FixedBatches batches) {
        Recipe own =
                switch (golden.getSettings().getText("kind")) {
                    case "mimo_notebook" -> Recipe.sameInputs((MimoForm) form);
                    case "mimo_indep" -> Recipe.of(form).withLoss(new MemberLoss(Reduction.MEAN));
                    case "be" -> Recipe.of(((BatchEnsembleForm) form).fastLearningRate(1));
                    case "be_split" ->
                            Recipe.of(
                                    ((BatchEnsembleForm) form)
                                            .fastLearningRate(1)
                                            .split(BatchSplit.SUB_BATCH));
                    case "be_additive" ->
                            Recipe.of(((BatchEnsembleForm) form).fastLearningRate(1))
                                    .withLoss(new MeanLogitsLoss());
                    default -> Recipe.of(form);
                };
        return own.withBatches(batches);
    }

    private static LabeledData data(GoldenCase golden) {
        int[] shape = golden.getShape("X");
        Shape example = new Shape(Arrays.stream(shape).skip(1).mapToLong(n -> n).toArray());
        int classes = golden.getSettings().getInt("classes");
        return LabeledData.of(
                GoldenCase.floats(golden.get("X")), example, golden.getInts("y"), classes);
    }

    /** The examples of all steps, which are stored by member where each has its own. */
    private static FixedBatches batches(GoldenCase golden) {
        int[] shape = golden.getShape("index");
        int[] stored = golden.getInts("index");
        boolean isSplit = "be_split".equals(golden.getSettings().getText("kind"));
        int width = isSplit ? golden.getSettings().getInt("m") : shape.length == 3 ? shape[1] : 1;
        int size = stored.length / shape[0];
        int rows = size / width;
        int[] indices = new int[stored.length];
        for (int at = 0; at < stored.length; at++) {
            int step = at / size;
            int row = at % size / width;
            int member = at % width;
            indices[at] = stored[step * size + member * rows + row];
        }
        return new FixedBatches(indices, width, rows);
    }

    private static final class Reference extends Harness {

        Reference(GoldenNetwork network, Recipe recipe) {
            super("reference", network::getEnsemble, recipe);
        }
    }

    /** Sets the parameters before the first step. */
    private record Start(GoldenNetwork network) implements Progress {

        @Override
        public void onBegin(Run run) {
            try (NDManager manager = NDManager.newBaseManager()) {
                network.fill(manager, "init.");
            }
        }

        @Override
        public void onStep(int epoch, int step, double loss) {}

        @Override
        public void onEpoch(History.Epoch epoch) {}

        @Override
        public void onEnd() {}
    }
}
