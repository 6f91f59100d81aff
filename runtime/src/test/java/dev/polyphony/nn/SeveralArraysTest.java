/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models with several inputs and several outputs, of several ranks. */
class SeveralArraysTest {

    private static final int M = 3;

    /** A vector, a sequence and a number for each example. */
    private static final Shape[] INPUTS = {new Shape(1, 12), new Shape(1, 4, 6), new Shape(1)};

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(23);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(M),
                PackedForm.of(M).alpha(M),
                BatchEnsembleForm.of(M),
                BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE),
                MasksemblesForm.of(M),
                SubEnsembleForm.of(M),
                DeepEnsembleForm.of(M),
                MimoForm.of(M),
                MixMoForm.of(M).method(MixMethod.LINEAR));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyOutputHasAnAnswerOfEachMember(Form form) {
        Ensemble ensemble = initialized(form, Several::new, INPUTS);
        NDList shared = inputs(5);
        NDList answers = predict(ensemble, shared);
        assertArrayEquals(
                new Shape[] {new Shape(5, M, 4), new Shape(5, M), new Shape(5, M, 4, 3)},
                answers.getShapes());
        Shape[] given = shared.getShapes();
        assertArrayEquals(answers.getShapes(), ensemble.getOutputShapes(given));
        NDList each = new NDList();
        shared.forEach(x -> each.add(x.expandDims(1).repeat(1, M)));
        assertClose(answers, predict(ensemble, each));
        assertEquals(
                form.isolatesMembers() ? "100\n010\n001" : "111\n111\n111",
                LeakMatrix.of(ensemble, manager).toString());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void membersAreModels(Form form) {
        if (!form.isolatesMembers() || form.equals(PackedForm.of(M))) {
            return;
        }
        Ensemble ensemble = initialized(form, Several::new, INPUTS);
        MembersAsModelsTest.randomize(ensemble, manager);
        NDList x = new NDList();
        inputs(2).forEach(one -> x.add(one.expandDims(1).repeat(1, M)));
        x.forEach(one -> one.addi(manager.randomNormal(one.getShape())));
        NDList answers = predict(ensemble, x);
        List<Block> layers = MembersAsModelsTest.leaves(ensemble);
        for (int m = 0; m < M; m++) {
            Block base = new Several(LayerKit.base());
            base.initialize(manager, DataType.FLOAT32, INPUTS);
            List<Block> plain = MembersAsModelsTest.leaves(base);
            int first = form instanceof DeepEnsembleForm ? m * plain.size() : 0;
            for (int i = 0; i < plain.size(); i++) {
                MembersAsModelsTest.copy(layers.get(first + i), plain.get(i), m, form);
            }
            NDIndex member = new NDIndex(":, {}", m);
            NDList own = new NDList();
            x.forEach(one -> own.add(one.get(member)));
            NDList actual = new NDList();
            answers.forEach(one -> actual.add(one.get(member)));
            assertClose(predict(base, own), actual);
        }
    }

    @Test
    void inputsMustBeOfOneKind() {
        Ensemble ensemble = initialized(PackedForm.of(M), Several::new, INPUTS);
        NDList mixed = inputs(2);
        mixed.set(1, mixed.get(1).expandDims(1).repeat(1, M));
        String message =
                assertThrows(IllegalArgumentException.class, () -> predict(ensemble, mixed))
                        .getMessage();
        assertTrue(message.contains("for all inputs alike; input 1 is"), message);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatStandsBetweenMayBeReturned(Form form) {
        if (form.sharesTrunk()) {
            // what is returned and read on is an answer for each member and a trunk's at once
            UnsupportedModelException refused =
                    assertThrows(
                            UnsupportedModelException.class,
                            () -> initialized(form, SeveralArraysTest::intermediate, INPUTS[0]));
            assertTrue(
                    refused.getMessage().contains("also writes to the output"),
                    refused.getMessage());
            return;
        }
        Ensemble ensemble = initialized(form, SeveralArraysTest::intermediate, INPUTS[0]);
        NDList x = new NDList(manager.randomNormal(new Shape(5, 12)));
        assertArrayEquals(
                new Shape[] {
                    new Shape(5, M, 16), new Shape(5, M, 16), new Shape(5, M, 4), new Shape(5, M)
                },
                predict(ensemble, x).getShapes());
        assertEquals("100\n010\n001", LeakMatrix.of(ensemble, manager).toString());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void idsThatAreNoFeaturesAreRefused(Form form) {
        Shape[] shapes = {new Shape(1), new Shape(1, 12)};
        if (!(form instanceof DeepEnsembleForm)) {
            String message =
                    assertThrows(
                                    UnsupportedModelException.class,
                                    () -> initialized(form, Coded::new, shapes))
                            .getMessage();
            assertTrue(message.contains("Whole numbers such as ids cannot be NaN"), message);
            return;
        }
        Ensemble ensemble = initialized(form, Coded::new, shapes);
        assertEquals(new Shape(5, M, 4), predict(ensemble, coded()).head().getShape());
    }

    @Test
    void oneMemberReadsIds() {
        Shape[] shapes = {new Shape(1), new Shape(1, 12)};
        Ensemble ensemble = initialized(PackedForm.of(1), Coded::new, shapes);
        assertEquals(new Shape(5, 1, 4), predict(ensemble, coded()).head().getShape());
    }

    private NDList coded() {
        return new NDList(
                manager.create(new long[] {0, 3, 4, 1, 1}), manager.randomNormal(new Shape(5, 12)));
    }

    private static Block intermediate(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.linear(16))
                .add(Activation::tanh)
                .add(kit.linear(4))
                .addSingleton(x -> x.sum(new int[] {1}))
                .setReturnIntermediate(true);
    }

    /** Reads three arrays and writes three. */
    private static final class Several extends AbstractBlock {

        private final Block vector;
        private final Block sequence;
        private final Block number;
        private final Block trunk;
        private final Block classes;
        private final Block value;
        private final Block steps;

        Several(LayerKit kit) {
            vector = addChildBlock("vector", kit.linear(16));
            sequence = addChildBlock("sequence", kit.linear(16));
            number = addChildBlock("number", kit.linear(16));
            trunk = addChildBlock("trunk", kit.linear(16));
            classes = addChildBlock("classes", kit.linear(4));
            value = addChildBlock("value", kit.linear(1));
            steps = addChildBlock("steps", kit.linear(3));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = call(vector, store, training, inputs.get(0));
            NDArray y = call(sequence, store, training, inputs.get(1));
            NDArray z = call(number, store, training, inputs.get(2).expandDims(1));
            NDArray each = x.add(z).expandDims(1).add(y).tanh();
            NDArray all = call(trunk, store, training, each).tanh();
            NDArray pooled = all.mean(new int[] {1});
            return new NDList(
                    call(classes, store, training, pooled),
                    call(value, store, training, pooled).squeeze(1),
                    call(steps, store, training, all));
        }

        private static NDArray call(
                Block block, ParameterStore store, boolean training, NDArray x) {
            return block.forward(store, new NDList(x), training).head();
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            vector.initialize(manager, type, inputs[0]);
            sequence.initialize(manager, type, inputs[1]);
            number.initialize(manager, type, new Shape(1, 1));
            for (Block block : new Block[] {trunk, classes, value, steps}) {
                block.initialize(manager, type, new Shape(1, 16));
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            long rows = inputs[0].get(0);
            return new Shape[] {new Shape(rows, 4), new Shape(rows), new Shape(rows, 4, 3)};
        }
    }

    /** Reads the number of a kind and a vector. */
    private static final class Coded extends AbstractBlock {

        private static final int KINDS = 5;

        private final Block kind;
        private final Block vector;
        private final Block head;

        Coded(LayerKit kit) {
            kind = addChildBlock("kind", kit.linear(16));
            vector = addChildBlock("vector", kit.linear(16));
            head = addChildBlock("head", kit.linear(4));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray code = inputs.get(0).toType(DataType.INT64, false).oneHot(KINDS);
            NDArray x = kind.forward(store, new NDList(code), training).head();
            NDArray y = vector.forward(store, new NDList(inputs.get(1)), training).head();
            NDArray both = NDArrays.concat(new NDList(x, y), 1).tanh();
            return head.forward(store, new NDList(both), training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            kind.initialize(manager, type, new Shape(1, KINDS));
            vector.initialize(manager, type, inputs[1]);
            head.initialize(manager, type, new Shape(1, 32));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), 4)};
        }
    }

    private NDList inputs(int examples) {
        NDList inputs = new NDList();
        for (Shape shape : INPUTS) {
            inputs.add(manager.randomNormal(new Shape(examples).addAll(shape.slice(1))));
        }
        return inputs;
    }

    private Ensemble initialized(Form form, Function<LayerKit, Block> model, Shape... shapes) {
        Ensemble ensemble =
                form instanceof DeepEnsembleForm deep
                        ? new LabelModels.Whole(deep, () -> model.apply(LayerKit.base()))
                        : new LabelModels.Whole(form, model.apply(LayerKit.of(form)));
        ensemble.initialize(manager, DataType.FLOAT32, shapes);
        return ensemble;
    }

    private NDList predict(Block block, NDList x) {
        return block.forward(new ParameterStore(manager, false), x, false);
    }

    private static void assertClose(NDList expected, NDList actual) {
        assertArrayEquals(expected.getShapes(), actual.getShapes());
        for (int i = 0; i < expected.size(); i++) {
            float scale = 1 + expected.get(i).abs().max().getFloat();
            float difference = expected.get(i).sub(actual.get(i)).abs().max().getFloat();
            assertTrue(difference < 2e-5 * scale, () -> "differs by " + difference);
        }
    }
}
