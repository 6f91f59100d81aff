/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Models that attend, with blocks of DJL and with code of their own. */
final class AttentionModels {

    private AttentionModels() {}

    static Block transformer(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.linear(16))
                .add(kit.encoder(16, 4, 32))
                .add(kit.encoder(16, 2, 24))
                .addSingleton(x -> x.mean(new int[] {1}))
                .add(kit.linear(TestModels.CLASSES));
    }

    /** A number for each example in, a number for each example out. */
    static Block scalar(LayerKit kit) {
        return new SequentialBlock()
                .addSingleton(x -> x.expandDims(1))
                .add(kit.linear(12))
                .add(Activation::tanh)
                .add(kit.linear(1))
                .addSingleton(x -> x.squeeze(1));
    }

    /** Layers and the order in which they run are the subclass's. */
    private abstract static class Attending extends AbstractBlock {

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            Shape shape = inputs[0];
            for (Block child : getChildren().values()) {
                child.initialize(manager, type, shape);
                shape = new Shape(1, 6, 16);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), TestModels.CLASSES)};
        }

        static NDArray call(Block block, ParameterStore store, boolean training, NDArray... x) {
            return block.forward(store, new NDList(x), training).singletonOrThrow();
        }
    }

    /** The last words ask the first ones, of which the second is masked. */
    static final class CrossAttention extends Attending {

        private final Block embed;
        private final Block cross;
        private final Block self;
        private final Block head;

        CrossAttention(LayerKit kit) {
            embed = addChildBlock("embed", kit.linear(16));
            cross = addChildBlock("cross", kit.attention(16, 4));
            self = addChildBlock("self", kit.attention(16, 2));
            head = addChildBlock("head", kit.linear(TestModels.CLASSES));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = call(embed, store, training, inputs.head());
            NDArray keys = x.get(":, :4");
            long rows = x.getShape().get(0);
            NDArray mask = x.getManager().create(new int[] {1, 0, 1, 1}, new Shape(1, 1, 4));
            NDArray masks = mask.repeat(1, 2).repeat(0, rows);
            NDArray asked = call(cross, store, training, keys, x.get(":, 4:"), keys, masks);
            NDArray own = call(self, store, training, asked).add(asked);
            return new NDList(call(head, store, training, own.max(new int[] {1})));
        }
    }

    /** Attention from linear layers, with a residual sum and a constant number of heads. */
    static final class OwnAttention extends Attending {

        private static final int HEADS = 2;

        private final Block embed;
        private final Block query;
        private final Block key;
        private final Block value;
        private final Block result;
        private final Block norm;
        private final Block head;

        OwnAttention(LayerKit kit) {
            embed = addChildBlock("embed", kit.linear(24));
            query = addChildBlock("query", kit.linear(24));
            key = addChildBlock("key", kit.linear(24));
            value = addChildBlock("value", kit.linear(24));
            result = addChildBlock("result", kit.linear(24));
            norm = addChildBlock("norm", kit.layerNorm(2));
            head = addChildBlock("head", kit.linear(TestModels.CLASSES));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            embed.initialize(manager, type, inputs[0]);
            for (Block block : new Block[] {query, key, value, result, norm}) {
                block.initialize(manager, type, new Shape(1, 6, 24));
            }
            head.initialize(manager, type, new Shape(1, 24));
        }

        private static NDArray heads(NDArray x) {
            Shape shape = x.getShape();
            return x.reshape(shape.get(0), shape.get(1), HEADS, -1).transpose(0, 2, 1, 3);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = call(embed, store, training, inputs.head());
            NDArray queries = heads(call(query, store, training, x));
            NDArray keys = heads(call(key, store, training, x));
            NDArray values = heads(call(value, store, training, x));
            NDArray scores = queries.matMul(keys.transpose(0, 1, 3, 2)).softmax(-1);
            NDArray mixed = scores.matMul(values).transpose(0, 2, 1, 3);
            NDArray flat = mixed.reshape(x.getShape().get(0), x.getShape().get(1), -1);
            NDArray sum = call(result, store, training, flat).add(x);
            NDArray pooled = call(norm, store, training, sum).mean(new int[] {1});
            return new NDList(call(head, store, training, pooled));
        }
    }
}
