/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Passes that save memory see what passes with arrays of their own see, and leave no traces. */
class TrialTest {

    private static final Shape INPUT = new Shape(1, 6);
    private static final List<Form> FORMS =
            List.of(
                    PackedForm.of(3),
                    MimoForm.of(3),
                    BatchEnsembleForm.of(3),
                    MasksemblesForm.of(3),
                    SubEnsembleForm.of(3));

    @Test
    void codeMayChangeArraysInPlace() {
        for (Form form : FORMS) {
            assertDoesNotThrow(() -> initialize(form, x -> x.addi(1)), form.toString());
        }
    }

    @Test
    void writingToAFeatureHidesNoMixing() {
        for (Form form : FORMS) {
            UnsupportedModelException refused =
                    assertThrows(
                            UnsupportedModelException.class,
                            () -> initialize(form, TrialTest::writeAndCentre),
                            form.toString());
            assertTrue(refused.getMessage().contains("mixes the examples"), refused.getMessage());
        }
    }

    private static NDArray writeAndCentre(NDArray x) {
        x.set(new NDIndex(":, 0"), 0f);
        return x.sub(x.mean(new int[] {0}, true));
    }

    @Test
    void blocksAreInitialisedOnceAndForTheModelsShapes() {
        for (Form form : FORMS) {
            Counted counted = new Counted(linear(form, 12));
            try (NDManager manager = NDManager.newBaseManager()) {
                Ensemble ensemble =
                        new TestModels.TestEnsemble(
                                form, new SequentialBlock().add(counted).add(linear(form, 4)));
                ensemble.initialize(manager, DataType.FLOAT32, INPUT);

                assertEquals(1, counted.times, form.toString());
                assertEquals(INPUT, counted.describeInput().get(0).getValue());
                for (Parameter parameter : ensemble.getParameters().values()) {
                    assertEquals(manager, parameter.getArray().getManager(), parameter.getName());
                }
            }
        }
    }

    private static void initialize(Form form, UnaryOperator<NDArray> code) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network =
                    new SequentialBlock()
                            .add(linear(form, 12))
                            .addSingleton(code::apply)
                            .add(linear(form, 12))
                            .add(linear(form, 4));
            new TestModels.TestEnsemble(form, network).initialize(manager, DataType.FLOAT32, INPUT);
        }
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    /** Counts how often its child is initialised. */
    private static final class Counted extends AbstractBlock {

        private final Block child;
        private int times;

        Counted(Block child) {
            super((byte) 1);
            this.child = addChildBlock("child", child);
        }

        @Override
        protected void initializeChildBlocks(
                NDManager manager, DataType dataType, Shape... inputShapes) {
            times++;
            child.initialize(manager, dataType, inputShapes);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            return child.forward(store, inputs, training, params);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return child.getOutputShapes(inputShapes);
        }
    }
}
