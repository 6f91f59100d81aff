/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.mixmo.LossWeights;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.golden.GoldenSettings;
import dev.polyphony.train.loss.MeanLogitsLoss;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import dev.polyphony.train.optimize.Adam;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.Sgd;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sixty steps of training as the reference implementations make them: the loss of each step, the
 * first gradients, the parameters and answers at the end.
 */
class GoldenTrainingTest {

    @TestFactory
    Stream<DynamicTest> trainsAsTheReference() {
        return GoldenSet.tests(GoldenTrainingTest::check, GoldenKind.TRAINING);
    }

    private static void check(GoldenCase golden) {
        // where the data came from, and in words what the kind says
        golden.getSettings()
                .ignore("data", "batch", "lr_sgd", "loss", "architecture", "repetitions", "p");
        golden.getSettings().ignore("rho", "batch_repeat", "prob", "mix_alpha");
        golden.getSettings().require("steps", golden.getShape("index")[0]);
        if (golden.has("weights")) {
            checkWeights(golden);
        }
        run(golden, "sgd");
        run(golden, "adam");
    }

    /** The given weights are those of the given shares. */
    private static void checkWeights(GoldenCase golden) {
        double[] shares = golden.get("lams");
        double[] weights = golden.get("weights");
        int members = golden.getSettings().getInt("m");
        for (int at = 0; at < shares.length; at += members) {
            double[] own = Arrays.copyOfRange(shares, at, at + members);
            assertArrayEquals(
                    LossWeights.of(own, golden.getSettings().getDouble("root")),
                    Arrays.copyOfRange(weights, at, at + members),
                    1e-5);
        }
    }

    private static void run(GoldenCase golden, String method) {
        GoldenSettings settings = golden.getSettings();
        GoldenNetwork network = GoldenNetwork.of(golden);
        try (NDManager manager = NDManager.newBaseManager();
                GroupedOptimizer optimizer = optimizer(settings.getSettings(method), method)) {
            NDArray examples = golden.toArray(manager, "X");
            network.load(manager, examples.getShape().slice(1), "init.");
            checkAnswers(golden, "logits_init", network, examples);
            double[] losses = new double[golden.getShape("index")[0]];
            for (int step = 0; step < losses.length; step++) {
                try (NDManager scope = manager.newSubManager()) {
                    losses[step] = backward(golden, step, network, scope);
                    if (step == 0) {
                        network.check("grad0.", true);
                    }
                    for (Parameter p : network.getEnsemble().getParameters().values()) {
                        if (p.requiresGradient()) {
                            optimizer.update(p.getId(), p.getArray(), p.getArray().getGradient());
                        }
                    }
                }
            }
            golden.check("loss_" + method, losses);
            network.check("final_" + method + ".", false);
            checkAnswers(golden, "logits_final_" + method, network, examples);
        }
    }

    private static double backward(
            GoldenCase golden, int step, GoldenNetwork network, NDManager scope) {
        NDArray index = index(golden, step, scope);
        NDList batch = new NDList(gather(golden.toArray(scope, "X"), index));
        // classes are whole numbers, as those of data are
        NDArray classes = golden.toArray(scope, "y").toType(DataType.INT64, false);
        NDList targets = new NDList(gather(classes, index));
        if (golden.has("masks")) {
            NDIndex now = new NDIndex("{}", step);
            NDArray mask = golden.toArray(scope, "masks").get(now);
            // of two members, the first one's mask is enough
            boolean single = mask.getShape().get(1) == 1;
            batch.add(single ? NDArrays.concat(new NDList(mask, mask.neg().add(1)), 1) : mask);
            targets.add(golden.toArray(scope, "weights").get(now));
        }
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            ParameterStore parameters = new ParameterStore(scope, false);
            NDList answers = network.getEnsemble().forward(parameters, batch, true);
            NDArray loss = loss(golden).evaluate(targets, answers);
            collector.backward(loss);
            return loss.getFloat();
        }
    }

    /** The examples of a step: {@code [B]}, or {@code [B, M]} where each member has its own. */
    private static NDArray index(GoldenCase golden, int step, NDManager scope) {
        int[] shape = golden.getShape("index");
        int size = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        int[] all = golden.getInts("index");
        NDArray index = scope.create(Arrays.copyOfRange(all, step * size, (step + 1) * size));
        boolean split = "be_split".equals(golden.getSettings().getText("kind"));
        if (shape.length == 3 || split) {
            // stored by member
            int members = split ? golden.getSettings().getInt("m") : shape[1];
            index = index.reshape(members, size / members).transpose();
        }
        return index;
    }

    private static NDArray gather(NDArray values, NDArray index) {
        NDArray flat = index.flatten().toType(DataType.INT64, false);
        Shape shape = index.getShape().addAll(values.getShape().slice(1));
        return values.get(flat).reshape(shape);
    }

    private static void checkAnswers(
            GoldenCase golden, String name, GoldenNetwork network, NDArray examples) {
        int count = golden.getShape(name)[1];
        NDArray x = examples.get(new NDIndex("0:{}", count));
        golden.check(name, network.predict(x).transpose(1, 0, 2));
    }

    private static Loss loss(GoldenCase golden) {
        return switch (golden.getSettings().getText("kind")) {
            case "mimo_notebook", "be_additive" -> new MeanLogitsLoss();
            case "mimo_sum", "mixmo" -> new MemberLoss(Reduction.SUM);
            default -> new MemberLoss(Reduction.MEAN);
        };
    }

    private static GroupedOptimizer optimizer(GoldenSettings settings, String method) {
        double rate = settings.getDouble("lr");
        float decay = (float) settings.getDouble("weight_decay", 0);
        if ("sgd".equals(method)) {
            settings.require("dampening", 0);
            settings.ignore("decay_on");
            return Sgd.builder()
                    .optLearningRate(rate)
                    .optMomentum(settings.getDouble("momentum", 0))
                    .optNesterov(settings.getBoolean("nesterov", false))
                    .optWeightDecays(decay)
                    .build();
        }
        settings.require("amsgrad", false);
        double[] betas = settings.getDoubles("betas");
        return Adam.builder()
                .optLearningRate(rate)
                .optBeta1(betas[0])
                .optBeta2(betas[1])
                .optEpsilon(settings.getDouble("eps"))
                .optWeightDecays(decay)
                .build();
    }
}
