/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An input that all members see is copied for each of them only where the network needs it. */
class SharedInputTest {

    private static final int EXAMPLES = 5;
    private static final int MEMBERS = 3;
    private static final int COPIES = EXAMPLES * MEMBERS;
    private static final Form MIXMO = MixMoForm.of(MEMBERS).method(MixMethod.LINEAR);
    private static final List<Form> APART =
            List.of(
                    PackedForm.of(MEMBERS),
                    BatchEnsembleForm.of(MEMBERS),
                    BatchEnsembleForm.of(MEMBERS).form(FastWeightForm.ADDITIVE),
                    MasksemblesForm.of(MEMBERS));

    /** How many rows came in, in the last pass. */
    private long rows;

    @Test
    void firstLayersMakeRowsForMembers() {
        for (Form form : APART) {
            for (boolean training : new boolean[] {false, true}) {
                check(form, linear(form, 12), new Shape(6), training, EXAMPLES);
                check(form, convolution(form), new Shape(2, 6, 6), training, EXAMPLES);
            }
        }
    }

    @Test
    void firstLayersMergeWhatMembersShare() {
        for (Form form : List.of(MimoForm.of(MEMBERS), MIXMO)) {
            check(form, linear(form, 12), new Shape(6), false, EXAMPLES);
            check(form, linear(form, 12), new Shape(4, 6), false, EXAMPLES);
            check(form, convolution(form), new Shape(2, 6, 6), false, EXAMPLES);
            Block groups =
                    EnsembleConv2d.builder(form)
                            .setKernelShape(new Shape(3, 3))
                            .setFilters(12)
                            .optGroups(2)
                            .build();
            check(form, groups, new Shape(2, 6, 6), false, COPIES);
        }
    }

    @Test
    void inputsThatBypassALayerAreCopied() {
        for (Form form : APART) {
            Block sum =
                    new ParallelBlock(
                            lists -> new NDList(lists.get(0).head().concat(lists.get(1).head(), 1)),
                            List.of(Blocks.identityBlock(), linear(form, 12)));
            check(form, sum, new Shape(6), false, COPIES);
        }
    }

    @Test
    void codeThatCountsTheInputsRowsGetsThemAll() {
        for (Form form : APART) {
            Block counts = new SequentialBlock().add(linear(form, 12)).addSingleton(this::asGiven);
            check(form, counts, new Shape(6), false, COPIES);
        }
    }

    @Test
    void changedInputsAreCopied() {
        for (Form form : APART) {
            Block noisy = new SequentialBlock().addSingleton(x -> x.add(1)).add(linear(form, 12));
            check(form, noisy, new Shape(6), false, COPIES);
        }
    }

    private NDArray asGiven(NDArray features) {
        return features.reshape(rows, -1);
    }

    private void check(Form form, Block first, Shape example, boolean training, long expected) {
        UnaryOperator<NDArray> look =
                x -> {
                    rows = x.getShape().get(0);
                    return x;
                };
        Block network =
                new SequentialBlock()
                        .addSingleton(look::apply)
                        .add(first)
                        .addSingleton(Activation::relu)
                        .add(Blocks.batchFlattenBlock())
                        .add(linear(form, 4));
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = new TestModels.TestEnsemble(form, network);
            ensemble.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(example));
            NDArray x = manager.randomNormal(new Shape(EXAMPLES).addAll(example));
            ParameterStore store = new ParameterStore(manager, false);
            float[] shared = forward(ensemble, store, x, training);
            assertEquals(expected, rows, form.toString());
            float[] distinct =
                    forward(ensemble, store, x.expandDims(1).repeat(1, MEMBERS), training);
            assertEquals(COPIES, rows, form.toString());
            assertArrayEquals(distinct, shared, 1e-4f, form.toString());
        }
    }

    private static float[] forward(
            Ensemble ensemble, ParameterStore store, NDArray x, boolean training) {
        return ensemble.forward(store, new NDList(x), training).head().toFloatArray();
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static Block convolution(Form form) {
        return EnsembleConv2d.builder(form)
                .setKernelShape(new Shape(3, 3))
                .setFilters(12)
                .optPadding(new Shape(1, 1))
                .build();
    }
}
