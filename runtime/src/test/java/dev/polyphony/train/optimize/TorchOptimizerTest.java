/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What PyTorch 2.13's {@code torch.optim} and {@code torch.optim.lr_scheduler} computed, in double
 * precision: six updates of two weights with given gradients and a learning rate that changes, and
 * is zero once; twenty updates of each schedule.
 */
class TorchOptimizerTest {

    private static final float[][] GRADIENTS = {
        {0.5f, -0.3f}, {-0.2f, 0.1f}, {0.3f, 0.7f}, {0.05f, -0.4f}, {-0.6f, 0.2f}, {0.1f, 0.1f}
    };
    private static final float[] RATES = {0.1f, 0.1f, 0.05f, 0, 0.2f, 0.02f};

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            textBlock =
                    """
                    SGD: 0.949000000 -1.968000000 0.968051000 -1.976032000 0.952566974 -2.010043984 \
                    0.952566974 -2.010043984 1.070661841 -2.046023896 1.068447708 -2.047614691
                    MOMENTUM: 0.949000000 -1.968000000 0.922151000 -1.947232000 0.894607874 \
                    -1.971912784 0.894607874 -1.971912784 0.912968638 -2.012385256 0.912438513 \
                    -2.017625301
                    NESTEROV: 0.903100000 -1.939200000 0.898074110 -1.928595520 0.857865684 \
                    -1.984863978 0.857865684 -1.984863978 0.992895632 -2.057340145 0.990225443 \
                    -2.063638486
                    ADAM: 0.900195695 -1.900311526 0.863654426 -1.853823380 0.835655920 \
                    -1.874666691 0.835655920 -1.874666691 0.847483906 -1.899982614 0.847195124 \
                    -1.903106441
                    ADAM_W: 0.890199601 -1.880332226 0.846827559 -1.821685268 0.815447692 \
                    -1.835275360 0.815447692 -1.835275360 0.815538242 -1.833261585 0.814108804 \
                    -1.833731569
                    """)
    void updatesAsTorch(String name, String expected) {
        double[] weights = numbers(expected);
        try (NDManager manager = NDManager.newBaseManager();
                GroupedOptimizer optimizer = optimizer(name)) {
            NDArray weight = manager.create(new float[] {1, -2});
            for (int step = 0; step < RATES.length; step++) {
                optimizer.update("w", weight, manager.create(GRADIENTS[step]));
                float[] now = weight.toFloatArray();
                double[] wanted = Arrays.copyOfRange(weights, 2 * step, 2 * step + 2);
                assertArrayEquals(
                        wanted, new double[] {now[0], now[1]}, 1e-6, "after update " + (step + 1));
            }
        }
    }

    private static GroupedOptimizer optimizer(String name) {
        return switch (name) {
            case "SGD" -> settings(Sgd.builder(), 0.01f).build();
            case "MOMENTUM" -> settings(Sgd.builder().optMomentum(0.9), 0.01f).build();
            case "NESTEROV" ->
                    settings(Sgd.builder().optMomentum(0.9).optNesterov(true), 0.01f).build();
            case "ADAM" -> settings(Adam.builder().optEpsilon(1e-3), 0.01f).build();
            case "ADAM_W" ->
                    settings(Adam.builder().optEpsilon(1e-3).optDecoupledDecay(true), 0.1f).build();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static <T extends GroupedOptimizer.Builder<T>> T settings(T builder, float decay) {
        return builder.optLearningRateTracker((id, update) -> RATES[update - 1])
                .optWeightDecays(decay);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            textBlock =
                    """
                    oneCycle: 0.04 0.131671843 0.371671843 0.668328157 0.908328157 1 0.987464006 \
                    0.950484632 0.890916178 0.811745654 0.716943002 0.611262022 0.500002 \
                    0.388741978 0.283060998 0.188258346 0.109087822 0.049519368 0.0125399938 4e-06
                    cosine: 1 0.994459753 0.977975432 0.950952936 0.914057647 0.868198052 \
                    0.814503364 0.754295725 0.689057647 0.620395509 0.55 0.479604491 0.410942353 \
                    0.345704275 0.285496636 0.231801948 0.185942353 0.149047064 0.122024568 \
                    0.105540247
                    multiStep: 1 1 1 1 1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.01 0.01 0.01 \
                    0.01 0.01
                    warmUp: 0.2 0.4 0.6 0.8 1 1 1 1 1 1 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5
                    """)
    void schedulesAsTorch(String name, String expected) {
        Schedule schedule =
                switch (name) {
                    case "oneCycle" -> Schedule.oneCycle();
                    case "cosine" -> Schedule.cosine(0.1);
                    case "multiStep" -> Schedule.multiStep(0.1, 1, 3);
                    case "warmUp" -> Schedule.multiStep(0.5, 2).withWarmUp(0.8, 0.2);
                    default -> throw new IllegalArgumentException(name);
                };
        double[] factors = numbers(expected);
        for (int update = 0; update < factors.length; update++) {
            double factor = schedule.getFactor(update, 5, 4);
            assertEquals(factors[update], factor, 1e-8, "update " + update);
        }
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.trim().split(" +")).mapToDouble(Double::parseDouble).toArray();
    }
}
