/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import dev.polyphony.FastWeightInit;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.EnsemblePrelu;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import org.junit.jupiter.api.Test;

class PreluTest {

    /** One feature has no room for random signs of three members. */
    private static final Form BATCH_ENSEMBLE = BatchEnsembleForm.of(3).init(FastWeightInit.NORMAL);

    private static final float[] VALUES = {1, -2, 0, 3, -4, -1};

    @Test
    void hasASlopeForEachMemberThatIsApart() {
        // two examples of three members, one feature
        float[] expected = {1, -2 * 0.5f, 0, 3, -4 * 0.5f, -1 * 2};
        assertArrayEquals(expected, answers(PackedForm.of(3), new float[] {0.25f, 0.5f, 2}));
    }

    @Test
    void hasOneSlopeForMembersThatShare() {
        float[] expected = {1, -1, 0, 3, -2, -0.5f};
        assertArrayEquals(expected, answers(BATCH_ENSEMBLE, new float[] {0.5f}));
        assertArrayEquals(expected, answers(PackedForm.of(1), new float[] {0.5f}));
    }

    @Test
    void isSharedInATrunkAndApartBehindIt() {
        Form form = MimoForm.of(3);
        LayerKit kit = LayerKit.of(form);
        EnsemblePrelu inside = new EnsemblePrelu(form);
        EnsemblePrelu behind = new EnsemblePrelu(form);
        SequentialBlock network =
                new SequentialBlock().add(kit.linear(4)).add(inside).add(kit.linear(2)).add(behind);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = new TestModels.TestEnsemble(form, network);
            ensemble.setInitializer(new XavierInitializer(), Parameter.Type.WEIGHT);
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 5));
            assertEquals(new Shape(), slope(inside).getShape());
            assertEquals(new Shape(3), slope(behind).getShape());
            assertEquals(0.25f, slope(inside).getArray().getFloat());
        }
    }

    /** The gradient of a slope is the sum of what is below zero, in the rows that it serves. */
    @Test
    void learnsItsSlopes() {
        assertArrayEquals(new float[] {0, -6, -1}, gradient(PackedForm.of(3)));
        assertArrayEquals(new float[] {-7}, gradient(BATCH_ENSEMBLE));
    }

    private static float[] gradient(Form form) {
        EnsemblePrelu prelu = new EnsemblePrelu(form);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = initialized(form, prelu, manager);
            NDList x = new NDList(manager.create(VALUES, new Shape(2, 3, 1)));
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                ParameterStore store = new ParameterStore(manager, false);
                collector.backward(ensemble.forward(store, x, true).head().sum());
            }
            return slope(prelu).getArray().getGradient().toFloatArray();
        }
    }

    private static Parameter slope(EnsembleLayer layer) {
        return layer.getDirectParameters().get("alpha");
    }

    private static float[] answers(Form form, float[] slopes) {
        EnsemblePrelu prelu = new EnsemblePrelu(form);
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = initialized(form, prelu, manager);
            Parameter alpha = slope(prelu);
            manager.create(slopes, alpha.getShape()).copyTo(alpha.getArray());
            int members = form.getMembers();
            NDArray x = manager.create(VALUES, new Shape(6 / members, members, 1));
            return ensemble.forward(new ParameterStore(manager, false), new NDList(x), false)
                    .head()
                    .toFloatArray();
        }
    }

    /** A network that is a linear layer with the weight 1, and the activation. */
    private static Ensemble initialized(Form form, EnsemblePrelu prelu, NDManager manager) {
        EnsembleLayer linear = (EnsembleLayer) LayerKit.of(form).linear(1);
        SequentialBlock network = new SequentialBlock().add(linear).add(prelu);
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 1));
        for (Parameter parameter : linear.getDirectParameters().values()) {
            boolean bias = parameter.getName().equals("bias");
            manager.full(parameter.getShape(), bias ? 0f : 1f).copyTo(parameter.getArray());
        }
        return ensemble;
    }
}
