/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBlock;
import dev.polyphony.nn.packed.PackedForm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks with parameters of their own that members cannot each have. */
class OwnBlockRefusalsTest {

    private static final Shape INPUT = new Shape(1, 12);

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(9);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A factor for each feature, whose number is a constant or that of what it is made for. */
    private static final class Scale extends AbstractBlock {

        private final Parameter factor;
        private final Block inner;

        Scale(long width, Block inner) {
            this(factor(width), inner);
        }

        Scale(Parameter factor, Block inner) {
            this.factor = addParameter(factor);
            this.inner = inner;
        }

        static Parameter factor(long width) {
            return Parameter.builder()
                    .setName("factor")
                    .setType(Parameter.Type.WEIGHT)
                    .optShape(width > 0 ? new Shape(width) : null)
                    .optInitializer(new NormalInitializer(1))
                    .build();
        }

        @Override
        protected void prepare(Shape[] inputs) {
            if (!factor.isInitialized() && (factor.getShape() == null)) {
                factor.setShape(new Shape(inputs[0].get(1)));
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> p) {
            NDList x = inner == null ? inputs : inner.forward(ps, inputs, training);
            return new NDList(x.head().mul(ps.getValue(factor, x.head().getDevice(), training)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }

    private static Block scale(Form form, long width) {
        return EnsembleBlock.of(form, () -> new Scale(width, null));
    }

    @Test
    void refuseAWidthThatMembersDoNotHave() {
        Form half = PackedForm.of(2).alpha(1);
        refuse(network(half, 16), "PLY111", "With alpha = 2 every member has");
        Form whole = PackedForm.of(2).alpha(2);
        assertEquals(List.of(new Shape(16), new Shape(16)), factors(whole, 16));
        assertEquals(List.of(new Shape(8), new Shape(8)), factors(half, 0));
        // the engine would spread one feature over 16
        refuse(network(PackedForm.of(16).alpha(1), 16), "PLY137");
    }

    @Test
    void refuseInputsOfTwoWidths() {
        Form form = PackedForm.of(2).alpha(1);
        LayerKit kit = LayerKit.of(form);
        Block twice = scale(form, 0);
        // the last layer writes the output and keeps its width, all others are half as wide
        Block net =
                new SequentialBlock().add(kit.linear(16)).add(twice).add(kit.linear(16)).add(twice);
        refuse(new TestModels.TestEnsemble(form, net), "PLY114", "is used twice");
    }

    @Test
    void refuseAnInitialisationForOtherInputs() {
        Form form = PackedForm.of(2);
        refuse(
                new TestModels.TestEnsemble(form, new Misled(form)),
                "PLY116",
                "is initialised for inputs [(1, 20)] and called with (2, 16)");
    }

    /** Initialises its scale for more features than it gives it. */
    private static final class Misled extends AbstractBlock {

        private final Block first;
        private final Block scale;

        Misled(Form form) {
            first = addChildBlock("first", LayerKit.of(form).linear(16));
            scale = addChildBlock("scale", scale(form, 0));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            first.initialize(manager, type, inputs);
            scale.initialize(manager, type, new Shape(1, 20));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> p) {
            return scale.forward(ps, first.forward(ps, inputs, training), training);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return first.getOutputShapes(inputs);
        }
    }

    @Test
    void refuseLayersThatTheyDoNotHold() {
        Form form = PackedForm.of(2);
        Block layer = LayerKit.of(form).linear(16);
        Block net =
                new SequentialBlock()
                        .add(layer)
                        .add(EnsembleBlock.of(form, () -> new Scale(0, layer)))
                        .add(LayerKit.of(form).linear(5));
        refuse(
                new TestModels.TestEnsemble(form, net),
                "PLY110",
                "Scale calls Linear",
                "each member has its own Scale");
    }

    @Test
    void refuseParametersThatMembersWouldShare() {
        Parameter factor = Scale.factor(16);
        Form form = PackedForm.of(2);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> EnsembleBlock.of(form, () -> new Scale(factor, null)))
                        .getMessage();
        assertTrue(message.contains("the same parameter 'factor' of Scale"), message);
    }

    private void refuse(Ensemble ensemble, String... reasons) {
        String message =
                assertThrows(UnsupportedModelException.class, () -> initialize(ensemble))
                        .getMessage();
        for (String reason : reasons) {
            assertTrue(message.contains(reason), message);
        }
    }

    private void initialize(Ensemble ensemble) {
        ensemble.initialize(manager, DataType.FLOAT32, INPUT);
    }

    /** As a generated network, with a scale of 16 features. */
    private static Ensemble network(Form form, long width) {
        Block net =
                new SequentialBlock()
                        .add(LayerKit.of(form).linear(16))
                        .add(scale(form, width))
                        .add(LayerKit.of(form).linear(5));
        return new TestModels.TestEnsemble(form, net);
    }

    /** The shapes of the members' factors. */
    private List<Shape> factors(Form form, long width) {
        Ensemble ensemble = network(form, width);
        initialize(ensemble);
        return ensemble.getParameters().values().stream()
                .filter(parameter -> parameter.getName().equals("factor"))
                .map(Parameter::getShape)
                .toList();
    }
}
