/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.polyphony.data.mixmo.LossWeights;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenKind;
import dev.polyphony.golden.GoldenSet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The weighted loss of MixMo and its prediction, from the members' logits. */
class GoldenMixLossTest {

    @TestFactory
    Stream<DynamicTest> weighsTheMembers() {
        return GoldenSet.tests(GoldenMixLossTest::check, GoldenKind.MIX_LOSS);
    }

    private static void check(GoldenCase golden) {
        golden.getSettings().ignore("m", "batch", "classes");
        int[] shape = golden.getShape("logits");
        int members = shape[0];
        double[] shares = golden.get("lams");
        double[] weights = new double[shares.length];
        for (int row = 0; row < shape[1]; row++) {
            double[] own = Arrays.copyOfRange(shares, row * members, (row + 1) * members);
            double[] weight = LossWeights.of(own, golden.getSettings().getDouble("root"));
            System.arraycopy(weight, 0, weights, row * members, members);
        }
        golden.check("weights", weights);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = golden.toArray(manager, "logits").transpose(1, 0, 2);
            NDArray labels = golden.toArray(manager, "labels").transpose();
            NDArray each = manager.create(GoldenCase.floats(weights), labels.getShape());
            NDArray loss =
                    new MemberLoss(Reduction.SUM)
                            .evaluate(new NDList(labels, each), new NDList(logits));
            golden.check("loss", loss);
            golden.check("ensemble_logits", logits.mean(new int[] {1}));
            Predictions pooled =
                    Predictions.of(logits.toFloatArray(), members, shape[2], Aggregation.LOGITS);
            golden.check(
                    "ensemble_probs",
                    Arrays.stream(pooled.getProbabilities())
                            .flatMapToDouble(Arrays::stream)
                            .toArray());
        }
    }
}
