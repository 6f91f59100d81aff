/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form and kind of layer, asked by several threads at once from its first forward pass on.
 */
class ParallelPredictionTest {

    private static final int THREADS = 6;
    private static final int PASSES = 4;
    private static final double TOLERANCE = 1e-4;

    static Stream<Arguments> networks() {
        return Stream.of(
                        TestModels.CNN,
                        TestModels.RESIDUAL,
                        TestModels.TRANSFORMER,
                        TestModels.RECURRENT,
                        TestModels.WORDS)
                .flatMap(model -> forms(model).map(form -> Arguments.of(model, form)));
    }

    private static Stream<Form> forms(TestModels model) {
        MixMoForm mixmo = MixMoForm.of(3);
        return Stream.of(
                PackedForm.of(3),
                BatchEnsembleForm.of(3),
                MimoForm.of(3),
                model.isSpatial() ? mixmo : mixmo.method(dev.polyphony.MixMethod.LINEAR),
                MasksemblesForm.of(3),
                SubEnsembleForm.of(3),
                DeepEnsembleForm.of(3),
                DeepEnsembleForm.of(3).vectorized(true));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void threadsGetTheirOwnAnswers(TestModel model, Form form) throws Exception {
        Engine.getInstance().setRandomSeed(7);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = model.newEnsemble(form);
            Shape input = model.getInput();
            ensemble.initialize(manager, DataType.FLOAT32, input);
            ensemble.freezeParameters(true);
            List<NDArray> examples = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                examples.add(
                        model.newExamples(
                                manager, new Shape(2 + thread % 2).addAll(input.slice(1))));
            }
            List<float[][]> given = askAll(ensemble, examples);
            for (int thread = 0; thread < THREADS; thread++) {
                float[] expected = ask(ensemble, examples.get(thread));
                for (float[] answer : given.get(thread)) {
                    assertEquals(0, difference(expected, answer), TOLERANCE);
                }
            }
        }
    }

    private static List<float[][]> askAll(Ensemble ensemble, List<NDArray> examples)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Future<float[][]>> running = new ArrayList<>();
            for (NDArray x : examples) {
                running.add(
                        executor.submit(
                                () -> {
                                    float[][] answers = new float[PASSES][];
                                    start.await();
                                    for (int pass = 0; pass < PASSES; pass++) {
                                        answers[pass] = ask(ensemble, x);
                                    }
                                    return answers;
                                }));
            }
            List<float[][]> all = new ArrayList<>();
            for (Future<float[][]> one : running) {
                all.add(one.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    private static float[] ask(Ensemble ensemble, NDArray x) {
        try (NDManager own = x.getManager().newSubManager()) {
            NDArray copy = x.duplicate();
            copy.attach(own);
            return ensemble.forward(new ParameterStore(own, false), new NDList(copy), false)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    private static double difference(float[] expected, float[] given) {
        assertEquals(expected.length, given.length);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - given[i]));
        }
        return largest;
    }
}
