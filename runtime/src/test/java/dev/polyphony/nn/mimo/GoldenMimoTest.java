/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mimo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenNetwork;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** MIMO networks given one input for all members, and one for each. */
class GoldenMimoTest {

    @TestFactory
    Stream<DynamicTest> answersAsTheNotebook() {
        return GoldenSet.tests(GoldenMimoTest::checkNotebook, GoldenKind.MIMO_NOTEBOOK);
    }

    @TestFactory
    Stream<DynamicTest> answersAsTorchUncertainty() {
        return GoldenSet.tests(GoldenMimoTest::checkMlp, GoldenKind.MIMO_MLP);
    }

    private static void checkNotebook(GoldenCase golden) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = golden.toArray(manager, "x");
            GoldenNetwork network = GoldenNetwork.of(golden);
            network.load(manager, x.getShape().slice(1), "");
            NDArray same = network.predict(x);
            golden.check("logits_same", same);
            NDArray distinct = golden.toArray(manager, "x_distinct").transpose(1, 0, 2);
            golden.check("logits_distinct", network.predict(distinct));
            Predictions predictions =
                    Predictions.of(
                            same.toFloatArray(),
                            (int) same.getShape().get(1),
                            (int) same.getShape().get(2),
                            Aggregation.PROBABILITIES);
            golden.check(
                    "member_probs_same",
                    Arrays.stream(predictions.getMemberProbabilities())
                            .flatMap(Arrays::stream)
                            .flatMapToDouble(Arrays::stream)
                            .toArray());
            golden.check(
                    "mean_probs_same",
                    Arrays.stream(predictions.getProbabilities())
                            .flatMapToDouble(Arrays::stream)
                            .toArray());
        }
    }

    private static void checkMlp(GoldenCase golden) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = golden.toArray(manager, "x");
            Shape shape = x.getShape();
            int members = golden.getSettings().getInt("m");
            GoldenNetwork network = GoldenNetwork.of(golden);
            network.load(manager, shape.slice(1), "");
            golden.check("logits_eval", network.predict(x).transpose(1, 0, 2));
            NDArray train = golden.toArray(manager, "x_train");
            NDArray distinct =
                    train.reshape(
                                    new Shape(
                                            members,
                                            train.getShape().get(0) / members,
                                            shape.get(1)))
                            .transpose(1, 0, 2);
            golden.check("logits_train", network.predict(distinct).transpose(1, 0, 2));
        }
    }
}
