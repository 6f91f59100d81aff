/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.polyphony.golden.GoldenCase;
import dev.polyphony.golden.GoldenSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sixty steps of PyTorch, step by step: gradients, losses, parameters and answers with both
 * optimizers.
 */
class GoldenTrainingTest {

    @TestFactory
    Stream<DynamicTest> everyRun() {
        return GoldenSet.cases("train_").stream()
                .map(golden -> dynamicTest(golden.getId(), () -> check(golden)));
    }

    private static void check(GoldenCase golden) {
        JsonObject settings = golden.getHyperparameters();
        JsonObject sgd = settings.getAsJsonObject("sgd");
        JsonObject adam = settings.getAsJsonObject("adam");
        JsonArray betas = adam.getAsJsonArray("betas");
        try (GoldenRun run = new GoldenRun(golden)) {
            run.checkGradients();
        }
        try (GoldenRun run = new GoldenRun(golden)) {
            run.check(
                    "sgd",
                    Sgd.builder()
                            .optLearningRate(sgd.get("lr").getAsDouble())
                            .optMomentum(sgd.get("momentum").getAsDouble())
                            .optNesterov(sgd.get("nesterov").getAsBoolean())
                            .optWeightDecays(sgd.get("weight_decay").getAsFloat())
                            .build());
        }
        try (GoldenRun run = new GoldenRun(golden)) {
            run.check(
                    "adam",
                    Adam.builder()
                            .optLearningRate(adam.get("lr").getAsDouble())
                            .optBeta1(betas.get(0).getAsDouble())
                            .optBeta2(betas.get(1).getAsDouble())
                            .optEpsilon(adam.get("eps").getAsDouble())
                            .optWeightDecays(adam.get("weight_decay").getAsFloat())
                            .build());
        }
        assertEquals(Set.of(), golden.getUnchecked(), "outputs that were not looked at");
    }
}
