/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import static java.lang.Math.max;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Packed;
import java.util.ArrayList;
import java.util.List;

/** A small residual network. */
@Packed(m = 4)
@BatchEnsemble(m = 2, form = FastWeightForm.ADDITIVE)
class ResNet extends AbstractBlock {

    private static final byte VERSION = 1;

    private final Block stem; // reads the image
    private final List<Block> units = new ArrayList<>();
    private final Block head;

    /**
     * Widths.
     *
     * @param stem the width of the first convolution
     * @param units the widths of the residual units
     */
    record Widths(int stem, int... units) {}

    /** Common sizes. */
    enum Size {
        SMALL,
        LARGE
    }

    /**
     * Creates a network of a common size.
     *
     * @param size the size
     * @param classes the number of outputs
     */
    ResNet(Size size, int classes) {
        this(
                switch (size) {
                    case SMALL -> new Widths(8, 8);
                    case LARGE -> new Widths(16, 16, 32);
                },
                classes);
    }

    ResNet(Widths widths, int classes) {
        super(VERSION);
        stem = addChildBlock("stem", convolution(widths.stem(), 3));
        for (int width : widths.units()) {
            units.add(addChildBlock("unit", new ResidualUnit(max(width, 4))));
        }
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    private static Block convolution(int filters, int size) {
        Shape kernel = new Shape(size, size);
        return new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(kernel).setFilters(filters).build())
                .add(BatchNorm.builder().build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList current = stem.forward(ps, inputs, training, params);
        for (Block unit : units) {
            current = unit.forward(ps, current, training, params);
        }
        NDArray pooled = current.singletonOrThrow().mean(new int[] {2, 3});
        return head.forward(ps, new NDList(pooled), training, params);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return head.getOutputShapes(pooled(inputs));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        stem.initialize(manager, type, inputs);
        Shape[] current = stem.getOutputShapes(inputs);
        for (Block unit : ResNet.this.units) {
            unit.initialize(manager, type, current);
            current = unit.getOutputShapes(current);
        }
        head.initialize(manager, type, pooled(inputs));
    }

    private Shape[] pooled(Shape[] inputs) {
        Shape[] current = stem.getOutputShapes(inputs);
        for (Block unit : units) {
            current = unit.getOutputShapes(current);
        }
        return new Shape[] {current[0].slice(0, 2)};
    }

    /** {@code relu(a(x) + b(x))}. */
    private static final class ResidualUnit extends AbstractBlock {

        private final Block shortcut;
        private final Block residual;

        ResidualUnit(int width) {
            shortcut = addChildBlock("shortcut", convolution(width, 1));
            residual = addChildBlock("residual", ResNet.convolution(width, 1));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray left = shortcut.forward(ps, inputs, training, params).singletonOrThrow();
            NDArray right = residual.forward(ps, inputs, training, params).singletonOrThrow();
            return new NDList(Activation.relu(NDArrays.add(left, right)));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return residual.getOutputShapes(inputs);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            shortcut.initialize(manager, type, inputs);
            residual.initialize(manager, type, inputs);
        }
    }

    /** Prints the network. */
    public static void main(String[] args) {
        System.out.println(new ResNet(Size.SMALL, 10));
    }
}
