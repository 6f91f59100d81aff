/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.ArrayList;
import java.util.List;

/** A block with a constructor for its builder, and one for a type that holds layers. */
@Packed(m = 3)
@Masksembles(m = 3)
@SubEnsemble(m = 3)
@DeepEnsemble(m = 3)
@Packed(m = 1, name = "OneConfigured")
public final class Configured extends AbstractBlock {

    private final List<Block> layers = new ArrayList<>();

    private Configured(Builder builder) {
        super((byte) 1);
        for (int width : builder.widths) {
            layers.add(addChildBlock("layer", layer(width)));
        }
        layers.add(addChildBlock("head", layer(builder.classes)));
    }

    private static Block layer(int units) {
        return Linear.builder().setUnits(units).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x = inputs;
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).forward(parameterStore, x, training);
            x = i + 1 < layers.size() ? Activation.relu(x) : x;
        }
        return x;
    }

    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block layer : layers) {
            layer.initialize(manager, dataType, shapes);
            shapes = layer.getOutputShapes(shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] shapes = inputShapes;
        for (Block layer : layers) {
            shapes = layer.getOutputShapes(shapes);
        }
        return shapes;
    }

    /** As many classes, one hidden layer. */
    public Configured(int classes) {
        this(new Builder(classes));
    }

    /** The same, as a method. */
    public static Configured of(int classes) {
        return new Configured(classes);
    }

    /** Three hidden layers. */
    public static Configured deep(int classes) {
        return new Builder(classes).withWidths(16, 16, 16).build();
    }

    /** Settings that cannot change. */
    public static final class Builder {

        private final int classes;
        private final int[] widths;

        /** Starts with one hidden layer. */
        public Builder(int classes) {
            this(classes, 20);
        }

        private Builder(int classes, int... widths) {
            this.classes = classes;
            this.widths = widths;
        }

        /** Changes the widths. */
        public Builder withWidths(int... widths) {
            return new Builder(classes, widths);
        }

        /** Builds the network. */
        public Configured build() {
            return new Configured(this);
        }
    }
}
