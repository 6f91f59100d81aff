/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.LabeledData;
import dev.polyphony.models.EnsembleMlp;
import dev.polyphony.models.TestData;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.train.progress.Progress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine records graphs by default on every thread but the one that loads it. */
class ThreadsTest {

    private static final LabeledData MOONS = TestData.moons(64, 0.15, 1);
    private static final Training TRAINING =
            Training.builder().optBatchSize(16).optEpochs(2).build();

    static List<Form> forms() {
        return List.of(PackedForm.of(2), DeepEnsembleForm.of(2));
    }

    private static Trained train(Form form, Progress progress) {
        return new TrainingLoop(Recipe.of(form), TRAINING, progress)
                .train("test", () -> EnsembleMlp.of(form, 8, 2), MOONS, null);
    }

    /** Runs on a thread of its own. */
    private static <T> T elsewhere(Callable<T> task) throws InterruptedException {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(future).start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean recordsGraph(Trained trained) {
        try (NDManager manager = trained.model().getNDManager().newSubManager()) {
            NDList x = new NDList(MOONS.toArray(manager, 0, 4));
            ParameterStore parameters = new ParameterStore(manager, false);
            NDArray y = trained.ensemble().forward(parameters, x, false).head();
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(y.sum());
                return true;
            } catch (EngineException e) {
                assertTrue(e.getMessage().contains("does not require grad"), e.getMessage());
                return false;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void predictionsOfATrainedNetworkRecordNoGraph(Form form) throws InterruptedException {
        try (Trained trained = train(form, Progress.none())) {
            assertFalse(elsewhere(() -> recordsGraph(trained)));
            trained.ensemble().freezeParameters(false);
            assertTrue(elsewhere(() -> recordsGraph(trained)), "the trap is gone");
        }
    }

    private static float[] logits(Trained trained) {
        return MemberPrediction.logits(trained.ensemble(), trained.model().getNDManager(), MOONS);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void trainingIsTheSameOnEveryThread(Form form) throws InterruptedException {
        try (Trained here = train(form, Progress.none());
                Trained there = elsewhere(() -> train(form, Progress.none()))) {
            assertArrayEquals(logits(here), elsewhere(() -> logits(there)));
        }
    }

    /** Another network is asked on another thread while this one learns. */
    @ParameterizedTest
    @MethodSource("forms")
    void predictionsElsewhereDoNotDisturbTraining(Form form) throws InterruptedException {
        try (Trained other = train(form, Progress.none())) {
            Thread busy =
                    new Thread(
                            () -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    logits(other);
                                }
                            });
            busy.start();
            try (Trained trained = train(form, Progress.none())) {
                busy.interrupt();
                busy.join();
                assertArrayEquals(logits(other), logits(trained));
            }
        }
    }
}
