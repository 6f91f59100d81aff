/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.UnsupportedModelException;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A refusal names the line of the model's own code, and a way out that works. */
class RefusedPlacesTest {

    private static final Form PACKED = PackedForm.of(4);

    @Test
    void codeThatFailsIsNamedByItsLine() {
        UnsupportedModelException refused =
                refuse(PACKED, between(PACKED, RefusedPlacesTest::addConstantWidth));

        assertEquals(Refusal.FIXED_WIDTH, refused.getReason());
        String message = refused.getMessage();
        assertTrue(message.startsWith("[PLY111] Net: Packed(m = 4, "), message);
        assertTrue(message.contains(" at " + here(refused) + ": "), message);
        assertTrue(message.contains("With alpha = 4 every member has the model's widths"), message);
        assertTrue(message.endsWith("See docs/refused-models.md#PLY111"), message);
        initialize(PackedForm.of(4).alpha(4), RefusedPlacesTest::addConstantWidth);
    }

    @Test
    void aWayOutThatFailsIsNotNamed() {
        UnsupportedModelException refused =
                refuse(PACKED, between(PACKED, RefusedPlacesTest::requireFewRows));

        assertFalse(refused.getMessage().contains("With alpha"), refused.getMessage());
        Form wide = PackedForm.of(4).alpha(4);
        refuse(wide, between(wide, RefusedPlacesTest::requireFewRows));
    }

    @Test
    void theFirstLayerWithWrongRowsIsNamed() {
        UnsupportedModelException refused = refuse(PACKED, between(PACKED, x -> x.reshape(-1, 24)));

        assertEquals(Refusal.WRONG_ROWS, refused.getReason());
        String message = refused.getMessage();
        assertTrue(message.contains("Linear(3) of RefusedPlacesTest.java:"), message);
        assertTrue(message.contains("is given 2 rows where examples and members make 4"), message);
        assertTrue(message.contains("With alpha = 4 "), message);
    }

    @Test
    void aLayerIsNamedByTheLineThatBuildsIt() {
        Form form = SubEnsembleForm.of(2);
        Block unused = linear(form, 7);
        SequentialBlock network = new SequentialBlock().add(linear(form, 12));

        UnsupportedModelException refused = refuse(form, network.add(new SideBlock(unused)));

        assertEquals(Refusal.UNUSED_LAYER, refused.getReason());
        assertTrue(
                refused.getMessage()
                        .startsWith("[PLY104] Net: Linear(7) of RefusedPlacesTest.java:"),
                refused.getMessage());
    }

    private static NDArray addConstantWidth(NDArray x) {
        return x.add(x.getManager().ones(new Shape(1, 24)));
    }

    private static NDArray requireFewRows(NDArray x) {
        if (x.getShape().get(0) > 2) {
            throw new IllegalStateException("too many rows");
        }
        return x;
    }

    /** The line of {@link #addConstantWidth} in the trace of the cause. */
    private static String here(Throwable refused) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        for (StackTraceElement frame : cause.getStackTrace()) {
            if (frame.getMethodName().equals("addConstantWidth")) {
                return "RefusedPlacesTest.java:" + frame.getLineNumber();
            }
        }
        throw new AssertionError(cause);
    }

    private static Block between(Form form, Function<NDArray, NDArray> code) {
        return new SequentialBlock().add(linear(form, 24)).addSingleton(code).add(linear(form, 3));
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static UnsupportedModelException refuse(Form form, Block network) {
        return assertThrows(UnsupportedModelException.class, () -> initialize(form, network));
    }

    private static void initialize(Form form, Function<NDArray, NDArray> code) {
        initialize(form, between(form, code));
    }

    private static void initialize(Form form, Block network) {
        try (NDManager manager = NDManager.newBaseManager()) {
            new Net(form, network).initialize(manager, DataType.FLOAT32, new Shape(1, 12));
        }
    }

    private static final class Net extends Ensemble {

        Net(Form form, Block network) {
            super(form, network);
        }
    }

    /** Holds a child that it does not use. */
    private static final class SideBlock extends AbstractBlock {

        SideBlock(Block child) {
            addChildBlock("side", child);
        }

        @Override
        protected void initializeChildBlocks(
                NDManager manager, DataType dataType, Shape... inputShapes) {
            // the child is left out
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            return inputs;
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }
}
