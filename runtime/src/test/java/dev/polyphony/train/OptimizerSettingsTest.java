/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.polyphony.train.optimize.Adam;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.Sgd;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builders of optimizers refuse. */
class OptimizerSettingsTest {

    private static Arguments of(String message, Supplier<GroupedOptimizer> optimizer) {
        return Arguments.of(message, optimizer);
    }

    private static Sgd.Builder sgd() {
        return Sgd.builder();
    }

    private static Adam.Builder adam() {
        return Adam.builder();
    }

    static Stream<Arguments> refused() {
        double nan = Double.NaN;
        double infinite = Double.POSITIVE_INFINITY;
        String rate = "learning rate must be at least 0, but was ";
        String decay = "weight decay must be at least 0, but was ";
        String momentum = "momentum must be from 0 to below 1, but was ";
        String fast = "relative rate of fast weights must be at least 0, but was ";
        return Stream.of(
                of(rate + "NaN", () -> sgd().optLearningRate(nan).build()),
                of(rate + "-1.0", () -> adam().optLearningRate(-1).build()),
                of(rate + "Infinity", () -> sgd().optLearningRate(infinite).build()),
                of(decay + "-1.0", () -> sgd().optWeightDecays(-1).build()),
                of(decay + "NaN", () -> adam().optWeightDecays(Float.NaN).build()),
                of(momentum + "1.0", () -> sgd().optMomentum(1).build()),
                of(momentum + "-0.5", () -> sgd().optMomentum(-0.5).build()),
                of(momentum + "NaN", () -> sgd().optMomentum(nan).build()),
                of(
                        "momentum of Nesterov's must be above 0, but was 0.0",
                        () -> sgd().optNesterov(true).build()),
                of(
                        "beta1 must be from 0 to below 1, but was 1.5",
                        () -> adam().optBeta1(1.5).build()),
                of(
                        "beta1 must be from 0 to below 1, but was NaN",
                        () -> adam().optBeta1(nan).build()),
                of(
                        "beta2 must be from 0 to below 1, but was 1.0",
                        () -> adam().optBeta2(1).build()),
                of(
                        "beta2 must be from 0 to below 1, but was -0.1",
                        () -> adam().optBeta2(-0.1).build()),
                of("epsilon must be above 0, but was 0.0", () -> adam().optEpsilon(0).build()),
                of("epsilon must be above 0, but was NaN", () -> adam().optEpsilon(nan).build()),
                of(fast + "-1.0", () -> sgd().optFastWeights(List.of(), -1).build()),
                of(fast + "NaN", () -> adam().optFastWeights(List.of(), nan).build()),
                of(
                        "factor of gradients must be 1, but was 0.5: scale the loss",
                        () -> sgd().setRescaleGrad(0.5f).build()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void saysWhatIsWrong(String message, Supplier<GroupedOptimizer> optimizer) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, optimizer::get);
        assertEquals("The " + message, e.getMessage());
    }

    @Test
    void refusesAnUpdateByARateThatMakesNoSense() {
        try (NDManager manager = NDManager.newBaseManager();
                Sgd sgd =
                        sgd().optLearningRateTracker((id, update) -> update < 2 ? 0.1f : Float.NaN)
                                .build()) {
            NDArray weight = manager.create(new float[] {1});
            NDArray gradient = manager.create(new float[] {1});
            sgd.update("w", weight, gradient);
            assertThrows(IllegalArgumentException.class, () -> sgd.update("w", weight, gradient));
            assertEquals(0.9, weight.getFloat(), 1e-6);
        }
    }

    @Test
    void aRateOfZeroFreezesFastWeights() {
        Parameter fast = Parameter.builder().setName("r").setType(Parameter.Type.OTHER).build();
        for (GroupedOptimizer optimizer :
                List.of(
                        sgd().optMomentum(0.9).optFastWeights(List.of(fast), 0).build(),
                        sgd().optMomentum(0.9)
                                .optNesterov(true)
                                .optFastWeights(List.of(fast), 0)
                                .build(),
                        adam().optFastWeights(List.of(fast), 0).build())) {
            try (optimizer;
                    NDManager manager = NDManager.newBaseManager()) {
                NDArray weight = manager.create(new float[] {1});
                optimizer.update(fast.getId(), weight, manager.create(new float[] {1}));
                optimizer.update(fast.getId(), weight, manager.create(new float[] {1}));
                assertEquals(1, weight.getFloat());
            }
        }
    }
}
