/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.PointwiseFeedForwardBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv1d;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleConv3d;
import dev.polyphony.nn.layer.EnsembleGhostBatchNorm;
import dev.polyphony.nn.layer.EnsembleLayerNorm;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.layer.EnsemblePointwiseFeedForwardBlock;
import dev.polyphony.nn.layer.EnsemblePrelu;
import dev.polyphony.nn.layer.EnsembleScaledDotProductAttentionBlock;
import dev.polyphony.nn.layer.EnsembleTransformerEncoderBlock;
import java.util.List;
import java.util.function.Function;

/**
 * Every layer of the table in {@code docs/layers.md}, with its options: in small smooth networks,
 * in which the layer stands behind one that reads the input, and is or stands before one that
 * writes the output.
 */
enum LayerCase implements TestModel {
    LINEAR("Linear", vector(), kit -> kit.linear(14)),
    LINEAR_NO_BIAS("Linear", vector(), kit -> bare(kit, 14)),
    LINEAR_OF_ROWS("Linear", sequence(), kit -> kit.linear(14)),
    CONV_1D("Conv1d", series(), kit -> kit.conv(1, 14, 3, 1, 1, 1)),
    CONV_1D_STRIDE("Conv1d", series(), kit -> conv1d(kit, 14, 2, 1, 1, true)),
    CONV_1D_DILATION("Conv1d", series(), kit -> conv1d(kit, 14, 1, 2, 1, false)),
    CONV_1D_DEPTHWISE("Conv1d", series(), kit -> conv1d(kit, 12, 1, 1, 12, true)),
    CONV_2D("Conv2d", image(), kit -> kit.conv(2, 14, 3, 1, 1, 1)),
    CONV_2D_STRIDE("Conv2d", image(), kit -> conv2d(kit, 14, 2, 1, 1, true)),
    CONV_2D_DILATION("Conv2d", image(), kit -> conv2d(kit, 14, 1, 2, 1, true)),
    CONV_2D_GROUPS("Conv2d", image(), kit -> conv2d(kit, 18, 1, 1, 2, true)),
    CONV_2D_DEPTHWISE("Conv2d", image(), kit -> conv2d(kit, 12, 1, 1, 12, true)),
    CONV_2D_DEPTHWISE_TWICE("Conv2d", image(), kit -> conv2d(kit, 24, 1, 1, 12, false)),
    CONV_2D_NO_BIAS("Conv2d", image(), kit -> conv2d(kit, 14, 1, 1, 1, false)),
    CONV_3D("Conv3d", volume(), kit -> kit.conv(3, 14, 2, 1, 1, 1)),
    CONV_3D_OPTIONS("Conv3d", volume(), kit -> conv3d(kit, 18, 2, 2, 2, false)),
    BATCH_NORM("BatchNorm", vector(), LayerKit::batchNorm),
    BATCH_NORM_OF_IMAGES("BatchNorm", image(), LayerKit::batchNorm),
    BATCH_NORM_OPTIONS("BatchNorm", sequence(), LayerCase::batchNorm),
    LAYER_NORM("LayerNorm", sequence(), kit -> kit.layerNorm(2)),
    LAYER_NORM_OPTIONS("LayerNorm", sequence(), LayerCase::layerNorm),
    GHOST_BATCH_NORM("GhostBatchNorm", vector(), LayerCase::ghostBatchNorm),
    PRELU(
            "Prelu",
            vector(),
            kit -> kit.either(0, w -> new PlainPrelu(), (f, w) -> new EnsemblePrelu(f))),
    LSTM("LSTM", sequence(), kit -> kit.lstm(14, 1, false, false)),
    LSTM_OPTIONS("LSTM", sequence(), kit -> kit.lstm(14, 2, true, false)),
    GRU("GRU", sequence(), LayerCase::gru),
    RNN("RNN", sequence(), kit -> kit.rnn(14)),
    WORDS("TrainableWordEmbedding", ids(), kit -> kit.words(SequenceModels.VOCABULARY, 12)),
    IDS("IdEmbedding", ids(), kit -> kit.ids(SequenceModels.VOCABULARY, 12)),
    ATTENTION("ScaledDotProductAttentionBlock", sequence(), LayerCase::attention),
    ENCODER("TransformerEncoderBlock", sequence(), LayerCase::encoder),
    FEED_FORWARD("PointwiseFeedForwardBlock", sequence(), LayerCase::feedForward),
    DROPOUT("Dropout", vector(), kit -> Dropout.builder().optRate(0.3f).build());

    private static final int WIDTH = 12;

    private final String layer;
    private final Shape input;
    private final Function<LayerKit, Block> block;

    LayerCase(String layer, Shape input, Function<LayerKit, Block> block) {
        this.layer = layer;
        this.input = input;
        this.block = block;
    }

    /** The name of DJL's layer. */
    String getLayer() {
        return layer;
    }

    /** Whether its training depends on the statistics of a batch. */
    boolean sharesStatistics() {
        return layer.contains("BatchNorm") || this == ENCODER;
    }

    @Override
    public Shape getInput() {
        return input;
    }

    @Override
    public boolean isSpatial() {
        return layer.startsWith("Conv") || this == BATCH_NORM_OF_IMAGES;
    }

    @Override
    public boolean isDeterministicClassifier() {
        return this != DROPOUT;
    }

    @Override
    public boolean takesIds() {
        return input.equals(ids());
    }

    @Override
    public Block newModel(LayerKit kit) {
        SequentialBlock model = new SequentialBlock();
        int axes = input.dimension() - 2;
        if (isSpatial()) {
            return model.add(kit.conv(axes, WIDTH, 3, 1, 1, 1))
                    .add(Activation::tanh)
                    .add(block.apply(kit))
                    .add(Activation::tanh)
                    .add(kit.conv(axes, CLASSES, 1, 1, 0, 1))
                    .addSingleton(x -> x.reshape(x.getShape().get(0), CLASSES, -1))
                    .addSingleton(x -> x.mean(new int[] {2}));
        }
        if (!takesIds()) {
            // without a bias, whose gradient is noise before a normalisation
            model.add(bare(kit, WIDTH)).add(Activation::tanh);
        }
        model.add(block.apply(kit)).add(Activation::tanh);
        if (axes == 1 || takesIds()) {
            model.addSingleton(x -> x.mean(new int[] {1}));
        }
        return model.add(kit.linear(CLASSES));
    }

    private static Shape vector() {
        return new Shape(1, 6);
    }

    private static Shape sequence() {
        return new Shape(1, 4, 6);
    }

    private static Shape series() {
        return new Shape(1, 3, 6);
    }

    private static Shape image() {
        return new Shape(1, 3, 5, 4);
    }

    private static Shape volume() {
        return new Shape(1, 2, 4, 3, 4);
    }

    private static Shape ids() {
        return new Shape(1, 5);
    }

    private static Block bare(LayerKit kit, int units) {
        return kit.either(
                units,
                width -> Linear.builder().setUnits(width).optBias(false).build(),
                (form, width) ->
                        EnsembleLinear.builder(form).setUnits(width).optBias(false).build());
    }

    /** As many groups as channels reach it, if as many as the base model's channels. */
    private static int groups(int groups, int width, int filters) {
        return groups == WIDTH ? groups * width / filters : groups;
    }

    private static Block conv1d(
            LayerKit kit, int filters, int stride, int dilation, int groups, boolean bias) {
        return kit.either(
                filters,
                width ->
                        Conv1d.builder()
                                .setKernelShape(new Shape(3))
                                .setFilters(width)
                                .optStride(new Shape(stride))
                                .optPadding(new Shape(dilation))
                                .optDilation(new Shape(dilation))
                                .optGroups(groups(groups, width, filters))
                                .optBias(bias)
                                .build(),
                (form, width) ->
                        EnsembleConv1d.builder(form)
                                .setKernelShape(new Shape(3))
                                .setFilters(width)
                                .optStride(new Shape(stride))
                                .optPadding(new Shape(dilation))
                                .optDilation(new Shape(dilation))
                                .optGroups(groups)
                                .optBias(bias)
                                .build());
    }

    private static Block conv2d(
            LayerKit kit, int filters, int stride, int dilation, int groups, boolean bias) {
        return kit.either(
                filters,
                width ->
                        Conv2d.builder()
                                .setKernelShape(new Shape(3, 2))
                                .setFilters(width)
                                .optStride(new Shape(stride, 1))
                                .optPadding(new Shape(dilation, 1))
                                .optDilation(new Shape(dilation, 1))
                                .optGroups(groups(groups, width, filters))
                                .optBias(bias)
                                .build(),
                (form, width) ->
                        EnsembleConv2d.builder(form)
                                .setKernelShape(new Shape(3, 2))
                                .setFilters(width)
                                .optStride(new Shape(stride, 1))
                                .optPadding(new Shape(dilation, 1))
                                .optDilation(new Shape(dilation, 1))
                                .optGroups(groups)
                                .optBias(bias)
                                .build());
    }

    private static Block conv3d(
            LayerKit kit, int filters, int stride, int dilation, int groups, boolean bias) {
        return kit.either(
                filters,
                width ->
                        Conv3d.builder()
                                .setKernelShape(new Shape(2, 1, 2))
                                .setFilters(width)
                                .optStride(new Shape(1, 1, stride))
                                .optPadding(new Shape(1, 0, 1))
                                .optDilation(new Shape(dilation, 1, 1))
                                .optGroups(groups)
                                .optBias(bias)
                                .build(),
                (form, width) ->
                        EnsembleConv3d.builder(form)
                                .setKernelShape(new Shape(2, 1, 2))
                                .setFilters(width)
                                .optStride(new Shape(1, 1, stride))
                                .optPadding(new Shape(1, 0, 1))
                                .optDilation(new Shape(dilation, 1, 1))
                                .optGroups(groups)
                                .optBias(bias)
                                .build());
    }

    private static Block batchNorm(LayerKit kit) {
        return kit.either(
                0,
                w ->
                        BatchNorm.builder()
                                .optAxis(2)
                                .optCenter(false)
                                .optMomentum(0.8f)
                                .optEpsilon(1e-3f)
                                .build(),
                (form, w) ->
                        EnsembleBatchNorm.builder(form)
                                .optAxis(2)
                                .optCenter(false)
                                .optMomentum(0.8f)
                                .optEpsilon(1e-3f)
                                .build());
    }

    private static Block layerNorm(LayerKit kit) {
        return kit.either(
                0,
                w -> LayerNorm.builder().axis(1, 2).optScale(false).optEpsilon(1e-3f).build(),
                (form, w) ->
                        EnsembleLayerNorm.builder(form)
                                .axis(1, 2)
                                .optScale(false)
                                .optEpsilon(1e-3f)
                                .build());
    }

    private static Block ghostBatchNorm(LayerKit kit) {
        // DJL's own fails on several virtual batches
        return kit.either(
                0,
                w -> GhostBatchNorm.builder().optVirtualBatchSize(64).build(),
                (form, w) -> EnsembleGhostBatchNorm.builder(form).optVirtualBatchSize(64).build());
    }

    private static Block gru(LayerKit kit) {
        return new SequentialBlock()
                .addSingleton(x -> x.swapAxes(0, 1))
                .add(kit.gru(14))
                .addSingleton(x -> x.swapAxes(0, 1));
    }

    private static Block attention(LayerKit kit) {
        return kit.either(
                WIDTH,
                width ->
                        ScaledDotProductAttentionBlock.builder()
                                .setEmbeddingSize(width)
                                .setHeadCount(2)
                                .optAttentionProbsDropoutProb(0)
                                .build(),
                (form, width) ->
                        EnsembleScaledDotProductAttentionBlock.builder(form)
                                .setEmbeddingSize(width)
                                .setHeadCount(2)
                                .optAttentionProbsDropoutProb(0)
                                .build());
    }

    private static Block encoder(LayerKit kit) {
        Function<NDList, NDList> tanh = Activation::tanh;
        return kit.either(
                WIDTH,
                width -> new TransformerEncoderBlock(width, 2, width, 0, tanh),
                (form, width) ->
                        new EnsembleTransformerEncoderBlock(form, width, 2, width, 0, tanh));
    }

    private static Block feedForward(LayerKit kit) {
        Function<NDList, NDList> tanh = Activation::tanh;
        return kit.either(
                14,
                width -> new PointwiseFeedForwardBlock(List.of(width), width, tanh),
                (form, width) ->
                        new EnsemblePointwiseFeedForwardBlock(form, List.of(width), width, tanh));
    }
}
