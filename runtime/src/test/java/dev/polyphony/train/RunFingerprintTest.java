/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.augment.HorizontalFlip;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** No setting that decides what a training comes to is forgotten. */
class RunFingerprintTest {

    private static final LabeledData DATA = TestData.moons(20, 0.1, 1);

    /** What has a rule of its own, or changes nothing but where and when training runs or stops. */
    private static final Set<String> OTHERS =
            Set.of(
                    "epochs",
                    "patience",
                    "devices",
                    "threads",
                    "divergence",
                    "evaluators",
                    "listeners",
                    "residentLimit");

    private static Map<String, UnaryOperator<Training.Builder>> changes() {
        Map<String, UnaryOperator<Training.Builder>> changes = new HashMap<>();
        changes.put("batchSize", some -> some.optBatchSize(7));
        changes.put("learningRate", some -> some.optLearningRate(0.5));
        changes.put("weightDecay", some -> some.optWeightDecay(0.5));
        changes.put("momentum", some -> some.optMomentum(0.5));
        changes.put("optimizer", some -> some.optOptimizer(OptimizerType.NESTEROV));
        changes.put("schedule", some -> some.optSchedule(Schedule.cosine(0.5)));
        changes.put("weightsDecayAlone", some -> some.optWeightsDecayAlone(true));
        changes.put("clipNorm", some -> some.optClipNorm(0.5));
        changes.put("seed", some -> some.optSeed(7));
        changes.put("bootstrap", some -> some.optBootstrap(true));
        changes.put("augmentation", some -> some.optAugmentation(HorizontalFlip.of(0.5)));
        changes.put("loss", some -> some.optLoss(new OwnLoss()));
        changes.put("accumulation", some -> some.optAccumulation(2));
        changes.put("selection", some -> some.optSelection(Selection.leastLoss()));
        changes.put("classWeights", some -> some.optClassWeights(1, 2));
        changes.put("balancedClasses", some -> some.optBalancedClasses(true));
        changes.put("labelSmoothing", some -> some.optLabelSmoothing(0.5));
        return changes;
    }

    /** A loss of the user's own. */
    private static final class OwnLoss extends Loss {

        OwnLoss() {
            super("own");
        }

        @Override
        public NDArray evaluate(NDList labels, NDList predictions) {
            return predictions.head().sum();
        }
    }

    private static List<String> differences(UnaryOperator<Training.Builder> change) {
        // with an optimizer for which every setting counts
        Training.Builder base = Training.builder().optOptimizer(OptimizerType.SGD);
        Training then = base.build();
        Training now = change.apply(base).build();
        Recipe recipe = Recipe.of(PackedForm.of(2));
        return RunFingerprint.settings(recipe.with(then.loop(), DATA, 2), then)
                .getDifferences(RunFingerprint.settings(recipe.with(now.loop(), DATA, 2), now));
    }

    @Test
    void everySettingCounts() {
        Set<String> settings = new TreeSet<>(OTHERS);
        settings.addAll(changes().keySet());
        Set<String> fields = new TreeSet<>();
        for (Class<?> type = Training.Builder.class;
                type != Object.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    fields.add(field.getName());
                }
            }
        }
        assertEquals(fields, settings);
        assertEquals(List.of(), differences(UnaryOperator.identity()));
        changes().forEach((name, change) -> assertNotEquals(List.of(), differences(change), name));
    }

    @Test
    void settingsWithoutATextAreToldByTheirClass() {
        assertEquals(Object.class.getName(), RunFingerprint.text(new Object()));
        Runnable lambda = () -> {};
        assertEquals(RunFingerprintTest.class.getName(), RunFingerprint.text(lambda));
    }
}
