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

/** Models of sequences, with recurrent layers and embeddings in every place. */
final class SequenceModels {

    static final int VOCABULARY = 15;

    private SequenceModels() {}

    static Block recurrent(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.lstm(16, 2, false, false))
                .add(kit.lstm(12, 1, true, false))
                .addSingleton(x -> x.get(":, -1"))
                .add(kit.linear(TestModels.CLASSES));
    }

    static Block recurrentEnds(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.linear(16))
                .add(Activation::tanh)
                .add(kit.rnn(TestModels.CLASSES))
                .addSingleton(x -> x.mean(new int[] {1}));
    }

    static Block timeFirst(LayerKit kit) {
        return new SequentialBlock()
                .addSingleton(x -> x.swapAxes(0, 1))
                .add(kit.gru(16))
                .addSingleton(x -> x.swapAxes(0, 1))
                .add(kit.linear(12))
                .addSingleton(x -> x.swapAxes(0, 1))
                .add(kit.gru(12))
                .addSingleton(x -> x.get(-1))
                .add(kit.linear(TestModels.CLASSES));
    }

    static Block words(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.words(VOCABULARY, 12))
                .add(kit.lstm(12, 1, false, false))
                .addSingleton(x -> x.get(":, -1"))
                .add(kit.linear(TestModels.CLASSES));
    }

    static Block ids(LayerKit kit) {
        return new SequentialBlock()
                .addSingleton(x -> x.toType(DataType.INT32, false))
                .add(kit.ids(VOCABULARY, 16))
                .addSingleton(x -> x.mean(new int[] {1}))
                .add(kit.linear(TestModels.CLASSES));
    }

    /** Reads a sequence and starts from its last states to write another. */
    static final class EncoderDecoder extends AbstractBlock {

        private final Block encoder;
        private final Block decoder;
        private final Block head;

        EncoderDecoder(LayerKit kit) {
            encoder = addChildBlock("encoder", kit.lstm(12, 2, false, true));
            decoder = addChildBlock("decoder", kit.lstm(12, 2, false, true));
            head = addChildBlock("head", kit.linear(TestModels.CLASSES));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> p) {
            NDList read = encoder.forward(ps, inputs, training);
            NDArray last = read.get(0).get(":, -1:");
            NDList first =
                    decoder.forward(ps, new NDList(last, read.get(1), read.get(2)), training);
            NDList second = decoder.forward(ps, first, training);
            return head.forward(ps, new NDList(second.get(0).get(":, -1")), training);
        }

        @Override
        protected void initializeChildBlocks(
                NDManager manager, DataType dataType, Shape... inputs) {
            encoder.initialize(manager, dataType, inputs);
            decoder.initialize(manager, dataType, encoder.getOutputShapes(inputs)[0]);
            head.initialize(manager, dataType, new Shape(1, 12));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), TestModels.CLASSES)};
        }
    }
}
