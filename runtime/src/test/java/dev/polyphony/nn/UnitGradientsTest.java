/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleGhostBatchNorm;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of the sequence layers in every form, against finite differences. */
class UnitGradientsTest {

    private static final int M = 2;
    private static final float STEP = 3e-3f;

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(M),
                MimoForm.of(M),
                MixMoForm.of(M).method(MixMethod.LINEAR),
                BatchEnsembleForm.of(M),
                BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE),
                MasksemblesForm.of(M),
                SubEnsembleForm.of(M));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void areThoseOfFiniteDifferences(Form form) {
        Engine.getInstance().setRandomSeed(5);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = new TestModels.TestEnsemble(form, network(form));
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
            NDArray ids = manager.randomInteger(0, 5, new Shape(12, M, 3), DataType.INT64);
            NDArray weights = manager.randomNormal(new Shape(12, M, 2));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(loss(ensemble, ids, weights));
            }
            for (Parameter parameter : ensemble.getParameters().values()) {
                if (parameter.requiresGradient()) {
                    check(ensemble, parameter, ids, weights);
                }
            }
        }
    }

    private static Block network(Form form) {
        LayerKit kit = LayerKit.of(form);
        return new SequentialBlock()
                .add(kit.words(5, 10))
                .add(kit.lstm(10, 1, false, false))
                .add(kit.rnn(10))
                .addSingleton(x -> x.get(":, -1"))
                .add(EnsembleGhostBatchNorm.builder(form).optVirtualBatchSize(6).build())
                .add(kit.linear(2));
    }

    private static void check(
            Ensemble ensemble, Parameter parameter, NDArray ids, NDArray weights) {
        float[] gradient = parameter.getArray().getGradient().toFloatArray();
        float[] values = parameter.getArray().toFloatArray();
        double largest = 0;
        // the entry that matters most, and two others
        int steepest = 0;
        for (int i = 0; i < gradient.length; i++) {
            largest = Math.max(largest, Math.abs(gradient[i]));
            steepest = Math.abs(gradient[i]) > Math.abs(gradient[steepest]) ? i : steepest;
        }
        for (int i : new int[] {steepest, 0, gradient.length / 2}) {
            float high = at(ensemble, parameter, values, i, STEP, ids, weights);
            float low = at(ensemble, parameter, values, i, -STEP, ids, weights);
            double slope = (high - low) / (2 * STEP);
            assertEquals(
                    slope,
                    gradient[i],
                    2e-2 * Math.max(1, largest),
                    ensemble.getForm() + " " + parameter.getName() + " at " + i);
        }
        // two biases of one sum, or a shift before a normalisation, may have none
        boolean shift = parameter.getType() == Parameter.Type.BIAS;
        assertTrue(largest > 1e-4 || shift, parameter.getName() + " has no gradient");
    }

    private static float at(
            Ensemble ensemble,
            Parameter parameter,
            float[] values,
            int index,
            float step,
            NDArray ids,
            NDArray weights) {
        float[] moved = values.clone();
        moved[index] += step;
        set(parameter, moved);
        float loss = loss(ensemble, ids, weights).getFloat();
        set(parameter, values);
        return loss;
    }

    private static void set(Parameter parameter, float[] values) {
        NDArray array = parameter.getArray();
        try (NDArray moved = array.getManager().create(values, array.getShape())) {
            moved.copyTo(array);
        }
    }

    /** In training, where the statistics are those of the batch. */
    private static NDArray loss(Ensemble ensemble, NDArray ids, NDArray weights) {
        ParameterStore store = new ParameterStore(ids.getManager(), false);
        NDArray y = ensemble.forward(store, new NDList(ids), true).singletonOrThrow();
        return y.mul(weights).sum();
    }
}
