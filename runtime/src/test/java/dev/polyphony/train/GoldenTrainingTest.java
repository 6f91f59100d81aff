/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

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
import com.google.gson.JsonObject;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
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
        run(golden, "sgd");
        run(golden, "adam");
    }

    private static void run(GoldenCase golden, String method) {
        JsonObject settings = golden.getHyperparameters();
        GoldenNetwork network = GoldenNetwork.of(golden);
        try (NDManager manager = NDManager.newBaseManager();
                GroupedOptimizer optimizer = optimizer(settings.getAsJsonObject(method), method)) {
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
        NDList targets = new NDList(gather(golden.toArray(scope, "y"), index));
        if (golden.has("masks")) {
            NDIndex now = new NDIndex("{}", step);
            NDArray mask = golden.toArray(scope, "masks").get(now);
            batch.add(NDArrays.concat(new NDList(mask, mask.neg().add(1)), 1));
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
        JsonObject settings = golden.getHyperparameters();
        boolean split = "be_split".equals(settings.get("kind").getAsString());
        if (shape.length == 3 || split) {
            // stored by member
            int members = split ? settings.get("m").getAsInt() : shape[1];
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
        return switch (golden.getText("kind")) {
            case "mimo_notebook", "be_additive" -> new MeanLogitsLoss();
            case "mimo_sum", "mixmo" -> new MemberLoss(Reduction.SUM);
            default -> new MemberLoss(Reduction.MEAN);
        };
    }

    private static GroupedOptimizer optimizer(JsonObject settings, String method) {
        double rate = settings.get("lr").getAsDouble();
        float decay = settings.get("weight_decay").getAsFloat();
        return "sgd".equals(method)
                ? Sgd.builder()
                        .optLearningRate(rate)
                        .optMomentum(settings.get("momentum").getAsDouble())
                        .optWeightDecays(decay)
                        .build()
                : Adam.builder().optLearningRate(rate).optWeightDecays(decay).build();
    }
}
