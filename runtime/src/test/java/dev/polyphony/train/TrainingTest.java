/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.train.optimize.OptimizerType;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void refusesWhatMakesNoSense() {
        assertRefused("epochs must be at least 1, but was 0", builder -> builder.optEpochs(0));
        assertRefused("batch size must be at least 1", builder -> builder.optBatchSize(-1));
        assertRefused("learning rate must be above 0", builder -> builder.optLearningRate(0));
        assertRefused(
                "learning rate must be above 0, but was Infinity",
                builder -> builder.optLearningRate(Double.POSITIVE_INFINITY));
        assertRefused("weight decay", builder -> builder.optWeightDecay(Double.NaN));
        assertRefused("momentum must be from 0 to below 1", builder -> builder.optMomentum(1));
    }

    @Test
    void momentumOfNesterovIsAboveZero() {
        assertRefused(
                "momentum of Nesterov's must be above 0, but was 0.0",
                builder -> builder.optOptimizer(OptimizerType.NESTEROV).optMomentum(0));
        Training.builder().optOptimizer(OptimizerType.SGD).optMomentum(0).build();
    }

    private static void assertRefused(String message, Consumer<Training.Builder> setting) {
        Training.Builder builder = Training.builder();
        setting.accept(builder);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void isNotChangedByItsBuilder() {
        Training.Builder builder = Training.builder().optEpochs(3);
        Training training = builder.build();
        builder.optEpochs(4);
        training.toBuilder().optEpochs(5);
        assertEquals(3, training.getEpochs());
        assertEquals(
                "3 epochs, batch size 128, Adam, learning rate 0.001, weight decay 0.0, seed 0",
                training.toString());
    }
}
