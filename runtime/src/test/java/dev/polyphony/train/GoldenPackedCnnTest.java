/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A whole packed network in prediction and in one training pass, with all its gradients. */
class GoldenPackedCnnTest {

    @TestFactory
    Stream<DynamicTest> isThatOfTheReference() {
        return GoldenSet.tests(GoldenPackedCnnTest::check, GoldenKind.PACKED_CNN);
    }

    private static void check(GoldenCase golden) {
        try (NDManager manager = NDManager.newBaseManager()) {
            GoldenNetwork network = GoldenNetwork.of(golden);
            NDArray x = golden.toArray(manager, "x");
            NDList labels = new NDList(golden.toArray(manager, "labels"));
            network.load(manager, x.getShape().slice(1), "");
            golden.check("logits_eval", network.predict(x).transpose(1, 0, 2));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                ParameterStore parameters = new ParameterStore(manager, false);
                NDList answers = network.getEnsemble().forward(parameters, new NDList(x), true);
                NDArray loss = new MemberLoss(Reduction.MEAN).evaluate(labels, answers);
                collector.backward(loss);
                golden.check("loss_train", loss);
                golden.check("logits_train", answers.head().transpose(1, 0, 2));
            }
            network.check("grad_", true);
            network.checkStatistics("_after");
            golden.check("logits_eval_after", network.predict(x).transpose(1, 0, 2));
        }
    }
}
