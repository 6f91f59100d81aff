/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import java.util.List;
import java.util.function.Function;

/** Models in the idioms of DJL users, each written once for plain and for ensemble layers. */
enum TestModels implements TestModel {
    MLP(new Shape(1, 12), TestModels::mlp),
    CNN(new Shape(1, 1, 12, 12), TestModels::cnn),
    RESIDUAL(new Shape(1, 3, 8, 8), Residual::new),
    CONVOLUTION_LAST(new Shape(1, 3, 8, 8), TestModels::networkInNetwork),
    INCEPTION(new Shape(1, 3, 8, 8), TestModels::inception),
    DEPTHWISE(new Shape(1, 4, 8, 8), TestModels::depthwise),
    SEQUENCE(new Shape(1, 20, 12), TestModels::sequence),
    MIXER(new Shape(1, 20, 12), TestModels::mixer),
    VOLUME(new Shape(1, 2, 4, 4, 4), TestModels::volume),
    TRANSFORMER(new Shape(1, 6, 12), AttentionModels::transformer),
    CROSS_ATTENTION(new Shape(1, 6, 12), AttentionModels.CrossAttention::new),
    OWN_ATTENTION(new Shape(1, 6, 12), AttentionModels.OwnAttention::new),
    SCALAR(new Shape(1), AttentionModels::scalar),
    RECURRENT(new Shape(1, 6, 12), SequenceModels::recurrent),
    RECURRENT_ENDS(new Shape(1, 6, 12), SequenceModels::recurrentEnds),
    TIME_FIRST(new Shape(1, 6, 12), SequenceModels::timeFirst),
    ENCODER_DECODER(new Shape(1, 6, 12), SequenceModels.EncoderDecoder::new),
    WORDS(new Shape(1, 6), SequenceModels::words),
    IDS(new Shape(1, 6), SequenceModels::ids);

    private final Shape input;
    private final Function<LayerKit, Block> model;

    TestModels(Shape input, Function<LayerKit, Block> model) {
        this.input = input;
        this.model = model;
    }

    @Override
    public Shape getInput() {
        return input;
    }

    @Override
    public boolean isSpatial() {
        return this != MLP && ordinal() < MIXER.ordinal() || this == VOLUME;
    }

    @Override
    public boolean isDeterministicClassifier() {
        return this != CNN && this != TRANSFORMER && this != CROSS_ATTENTION && this != SCALAR;
    }

    @Override
    public boolean takesIds() {
        return this == WORDS || this == IDS;
    }

    @Override
    public Block newModel(LayerKit kit) {
        return model.apply(kit);
    }

    /** As a generated network. */
    static final class TestEnsemble extends Ensemble {

        TestEnsemble(Form form, Block network) {
            super(form, network);
        }

        TestEnsemble(DeepEnsembleForm form, TestModel model) {
            super(form, model::newBase);
        }
    }

    private static Block mlp(LayerKit kit) {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock(12))
                .add(kit.linear(24))
                .add(Activation::relu)
                .add(kit.linear(24))
                .add(Activation::tanh)
                .add(kit.linear(CLASSES));
    }

    private static Block cnn(LayerKit kit) {
        SequentialBlock block = new SequentialBlock();
        for (int filters : new int[] {16, 20}) {
            block.add(kit.conv2d(filters, 3, 1))
                    .add(kit.batchNorm())
                    .add(Activation::relu)
                    .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
        }
        return block.add(Blocks.batchFlattenBlock())
                .add(kit.linear(32))
                .add(Activation.geluBlock())
                .add(Dropout.builder().optRate(0.2f).build())
                .add(kit.linear(CLASSES));
    }

    private static Block networkInNetwork(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.conv2d(16, 3, 1))
                .add(Activation::relu)
                .add(kit.conv2d(CLASSES, 1, 0))
                .add(kit.batchNorm())
                .add(Activation::softPlus)
                .add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock());
    }

    private static Block inception(LayerKit kit) {
        Block branches =
                new ParallelBlock(
                        lists -> {
                            NDList all = new NDList();
                            lists.forEach(list -> all.add(list.singletonOrThrow()));
                            return new NDList(NDArrays.concat(all, 1));
                        },
                        List.of(kit.conv2d(12, 1, 0), kit.conv2d(20, 3, 1)));
        return new SequentialBlock()
                .add(kit.conv2d(16, 3, 1))
                .add(Activation::relu)
                .add(branches)
                .add(Activation::relu)
                .add(kit.conv2d(16, 1, 0))
                .add(Pool.globalMaxPool2dBlock())
                .addSingleton(x -> x.reshape(x.getShape().get(0), -1))
                .add(kit.linear(CLASSES));
    }

    private static Block depthwise(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.conv(2, 16, 3, 1, 1, 2))
                .add(Activation::relu)
                .add(kit.conv(2, 16, 3, 2, 1, 16))
                .add(kit.batchNorm())
                .add(kit.conv(2, 16, 1, 1, 0, 4))
                .add(Pool.globalAvgPool2dBlock())
                .add(kit.linear(CLASSES));
    }

    private static Block sequence(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.conv(1, 16, 3, 2, 1, 1))
                .add(kit.batchNorm())
                .add(Activation::relu)
                .addSingleton(x -> x.transpose(0, 2, 1))
                .add(kit.linear(24))
                .add(kit.layerNorm(2))
                .addSingleton(x -> x.mean(new int[] {1}))
                .add(kit.linear(CLASSES));
    }

    private static Block mixer(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.linear(16))
                .addSingleton(x -> x.matMul(x.transpose(0, 2, 1)).softmax(-1).matMul(x))
                .add(kit.layerNorm(2))
                .add(kit.linear(16))
                .add(Activation::relu)
                .add(kit.linear(CLASSES));
    }

    private static Block volume(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.conv(3, 12, 3, 1, 1, 1))
                .add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(kit.linear(CLASSES));
    }

    /** A residual network with shape arithmetic of its own, fixed to the base model's widths. */
    private static final class Residual extends AbstractBlock {

        private final Block stem;
        private final Block branch;
        private final Block norm;
        private final Block shortcut;
        private final Block head;

        Residual(LayerKit kit) {
            stem = addChildBlock("stem", kit.conv2d(12, 3, 1));
            branch = addChildBlock("branch", kit.conv(2, 16, 3, 2, 1, 1));
            norm = addChildBlock("norm", kit.batchNorm());
            shortcut = addChildBlock("shortcut", kit.conv(2, 16, 1, 2, 0, 1));
            head = addChildBlock("head", kit.linear(CLASSES));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore ps, NDList inputs, boolean training, PairList<String, Object> p) {
            NDList x = Activation.relu(stem.forward(ps, inputs, training));
            NDList y = norm.forward(ps, branch.forward(ps, x, training), training);
            NDArray sum = y.singletonOrThrow().add(shortcut.forward(ps, x, training).head());
            NDArray pooled = Activation.relu(sum).mean(new int[] {2}).mean(new int[] {2});
            return head.forward(ps, new NDList(pooled), training);
        }

        @Override
        protected void initializeChildBlocks(
                NDManager manager, DataType dataType, Shape... inputs) {
            stem.initialize(manager, dataType, inputs);
            branch.initialize(manager, dataType, new Shape(1, 12, 8, 8));
            norm.initialize(manager, dataType, new Shape(1, 16, 4, 4));
            shortcut.initialize(manager, dataType, new Shape(1, 12, 8, 8));
            head.initialize(manager, dataType, new Shape(1, 16));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), CLASSES)};
        }
    }
}
