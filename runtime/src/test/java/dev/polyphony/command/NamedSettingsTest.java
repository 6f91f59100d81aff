/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.harness.Harness;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedSettingsTest {

    /** Settings are read before any network is made. */
    private static Harness harness() {
        return new Harness("any", () -> null, Recipe.of(PackedForm.of(2))) {};
    }

    @Test
    void namesSetWhatTheMethodsSet() {
        Harness byName = harness();
        NamedSettings.of(
                        Map.of(
                                "epochs", "7",
                                "batch-size", "32",
                                "learning-rate", "0.02",
                                "optimizer", "nesterov",
                                "momentum", "0.8",
                                "weight-decay", "0.0005",
                                "class-weights", "1,2.5",
                                "bootstrap", "true",
                                "seed", "3"))
                .apply(byName);
        Harness byMethod =
                harness()
                        .optEpochs(7)
                        .optBatchSize(32)
                        .optLearningRate(0.02)
                        .optOptimizer(OptimizerType.NESTEROV)
                        .optMomentum(0.8)
                        .optWeightDecay(0.0005)
                        .optClassWeights(1, 2.5)
                        .optBootstrap(true)
                        .optSeed(3);
        assertEquals(byMethod.getTraining().toString(), byName.getTraining().toString());
        assertTrue(byName.getTraining().isBootstrap());
    }

    @Test
    void theScheduleIsThatOfTheCommandLine() {
        Harness byName = harness();
        NamedSettings.of(Map.of("epochs", "4", "schedule", "cosine:0.1", "warm-up", "1"))
                .apply(byName);
        Harness byMethod =
                harness().optEpochs(4).optSchedule(Schedule.cosine(0.1).withWarmUp(1, 0.01));
        for (int update = 0; update < 40; update += 13) {
            assertEquals(
                    byMethod.getTraining().getLearningRate(update, 10, 4),
                    byName.getTraining().getLearningRate(update, 10, 4));
        }
    }

    @Test
    void whatIsNotGivenHasTheDefaultsOfTheCommandLine() {
        Harness harness = harness().optEpochs(3);
        NamedSettings.of(Map.of()).apply(harness);
        assertEquals(harness().getTraining().toString(), harness.getTraining().toString());
    }

    @Test
    void unknownNamesAndWrongValuesAreRefused() {
        String unknown = refused(Map.of("learning_rate", "0.1"));
        assertTrue(unknown.startsWith("'learning_rate' is no setting of training."), unknown);
        assertTrue(unknown.contains("learning-rate, momentum"), unknown);
        assertEquals(
                "Invalid value for setting 'epochs': 'many' is not an int",
                refused(Map.of("epochs", "many")));
    }

    private static String refused(Map<String, String> values) {
        return assertThrows(IllegalArgumentException.class, () -> NamedSettings.of(values))
                .getMessage();
    }
}
