/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.Vocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.ConvolutionBuilder;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv1d;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleConv3d;
import dev.polyphony.nn.layer.EnsembleGRU;
import dev.polyphony.nn.layer.EnsembleIdEmbedding;
import dev.polyphony.nn.layer.EnsembleLSTM;
import dev.polyphony.nn.layer.EnsembleLayerNorm;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.layer.EnsembleRNN;
import dev.polyphony.nn.layer.EnsembleScaledDotProductAttentionBlock;
import dev.polyphony.nn.layer.EnsembleTrainableWordEmbedding;
import dev.polyphony.nn.layer.EnsembleTransformerEncoderBlock;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The layers of a test model: DJL's for the base model, ours for a form. */
interface LayerKit {

    Block linear(int units);

    Block conv(int dimensions, int filters, int kernel, int stride, int padding, int groups);

    Block batchNorm();

    Block layerNorm(int... axis);

    /** An LSTM over {@code [B, T, c]}. */
    Block lstm(int size, int layers, boolean bidirectional, boolean returnState);

    /** A GRU over {@code [T, B, c]}. */
    Block gru(int size);

    /** A recurrent layer over {@code [B, T, c]}. */
    Block rnn(int size);

    Block words(int count, int size);

    Block ids(int count, int size);

    Block attention(int size, int heads);

    Block encoder(int size, int heads, int hidden);

    /**
     * A layer for which this has no method of its own.
     *
     * @param width the layer's width; 0 if it has none
     * @param plain makes DJL's, of a width
     * @param twin makes ours, of the base model's width
     */
    Block either(int width, IntFunction<Block> plain, BiFunction<Form, Integer, Block> twin);

    default Block conv2d(int filters, int kernel, int padding) {
        return conv(2, filters, kernel, 1, padding, 1);
    }

    static LayerKit base() {
        return new LayerKit() {
            @Override
            public Block either(
                    int width, IntFunction<Block> plain, BiFunction<Form, Integer, Block> twin) {
                return plain.apply(width);
            }

            @Override
            public Block linear(int units) {
                return Linear.builder().setUnits(units).build();
            }

            @Override
            public Block conv(int d, int filters, int kernel, int stride, int padding, int groups) {
                return switch (d) {
                    case 1 ->
                            set(Conv1d.builder(), d, filters, kernel, stride, padding, groups)
                                    .build();
                    case 2 ->
                            set(Conv2d.builder(), d, filters, kernel, stride, padding, groups)
                                    .build();
                    default ->
                            set(Conv3d.builder(), d, filters, kernel, stride, padding, groups)
                                    .build();
                };
            }

            @Override
            public Block batchNorm() {
                return BatchNorm.builder().build();
            }

            @Override
            public Block layerNorm(int... axis) {
                return LayerNorm.builder().axis(axis).build();
            }

            @Override
            public Block lstm(int size, int layers, boolean bidirectional, boolean returnState) {
                // DJL passes the biases of two directions in an order that its engine rejects
                return LSTM.builder()
                        .setStateSize(size)
                        .setNumLayers(layers)
                        .optBidirectional(bidirectional)
                        .optHasBiases(!bidirectional)
                        .optReturnState(returnState)
                        .build();
            }

            @Override
            public Block gru(int size) {
                return GRU.builder()
                        .setStateSize(size)
                        .setNumLayers(1)
                        .optBatchFirst(false)
                        .build();
            }

            @Override
            public Block rnn(int size) {
                return RNN.builder()
                        .setStateSize(size)
                        .setNumLayers(1)
                        .setActivation(RNN.Activation.TANH)
                        .build();
            }

            @Override
            public Block words(int count, int size) {
                return TrainableWordEmbedding.builder()
                        .setVocabulary(vocabulary(count))
                        .setEmbeddingSize(size)
                        .build();
            }

            @Override
            public Block attention(int size, int heads) {
                return ScaledDotProductAttentionBlock.builder()
                        .setEmbeddingSize(size)
                        .setHeadCount(heads)
                        .build();
            }

            @Override
            public Block ids(int count, int size) {
                return new IdEmbedding.Builder()
                        .setDictionarySize(count)
                        .setEmbeddingSize(size)
                        .build();
            }

            @Override
            public Block encoder(int size, int heads, int hidden) {
                return new TransformerEncoderBlock(size, heads, hidden, 0.1f, Activation::relu);
            }
        };
    }

    static LayerKit of(Form form) {
        return new LayerKit() {
            @Override
            public Block either(
                    int width, IntFunction<Block> plain, BiFunction<Form, Integer, Block> twin) {
                return twin.apply(form, width);
            }

            @Override
            public Block linear(int units) {
                return EnsembleLinear.builder(form).setUnits(units).build();
            }

            @Override
            public Block conv(int d, int filters, int kernel, int stride, int padding, int groups) {
                return switch (d) {
                    case 1 ->
                            set(
                                            EnsembleConv1d.builder(form),
                                            d,
                                            filters,
                                            kernel,
                                            stride,
                                            padding,
                                            groups)
                                    .build();
                    case 2 ->
                            set(
                                            EnsembleConv2d.builder(form),
                                            d,
                                            filters,
                                            kernel,
                                            stride,
                                            padding,
                                            groups)
                                    .build();
                    default ->
                            set(
                                            EnsembleConv3d.builder(form),
                                            d,
                                            filters,
                                            kernel,
                                            stride,
                                            padding,
                                            groups)
                                    .build();
                };
            }

            @Override
            public Block batchNorm() {
                return EnsembleBatchNorm.builder(form).build();
            }

            @Override
            public Block layerNorm(int... axis) {
                return EnsembleLayerNorm.builder(form).axis(axis).build();
            }

            @Override
            public Block lstm(int size, int layers, boolean bidirectional, boolean returnState) {
                return EnsembleLSTM.builder(form)
                        .setStateSize(size)
                        .setNumLayers(layers)
                        .optBidirectional(bidirectional)
                        .optHasBiases(!bidirectional)
                        .optReturnState(returnState)
                        .build();
            }

            @Override
            public Block gru(int size) {
                return EnsembleGRU.builder(form)
                        .setStateSize(size)
                        .setNumLayers(1)
                        .optBatchFirst(false)
                        .build();
            }

            @Override
            public Block rnn(int size) {
                return EnsembleRNN.builder(form)
                        .setStateSize(size)
                        .setNumLayers(1)
                        .setActivation(RNN.Activation.TANH)
                        .build();
            }

            @Override
            public Block words(int count, int size) {
                return EnsembleTrainableWordEmbedding.builder(form)
                        .setVocabulary(vocabulary(count))
                        .setEmbeddingSize(size)
                        .build();
            }

            @Override
            public Block attention(int size, int heads) {
                return EnsembleScaledDotProductAttentionBlock.builder(form)
                        .setEmbeddingSize(size)
                        .setHeadCount(heads)
                        .build();
            }

            @Override
            public Block ids(int count, int size) {
                return EnsembleIdEmbedding.builder(form)
                        .setDictionarySize(count)
                        .setEmbeddingSize(size)
                        .build();
            }

            @Override
            public Block encoder(int size, int heads, int hidden) {
                return new EnsembleTransformerEncoderBlock(
                        form, size, heads, hidden, 0.1f, Activation::relu);
            }
        };
    }

    private static <T extends Convolution.ConvolutionBuilder<T>> T set(
            T builder, int d, int filters, int kernel, int stride, int padding, int groups) {
        return builder.setKernelShape(cube(d, kernel))
                .setFilters(filters)
                .optStride(cube(d, stride))
                .optPadding(cube(d, padding))
                .optGroups(groups);
    }

    private static <T extends ConvolutionBuilder<T>> T set(
            T builder, int d, int filters, int kernel, int stride, int padding, int groups) {
        return builder.setKernelShape(cube(d, kernel))
                .setFilters(filters)
                .optStride(cube(d, stride))
                .optPadding(cube(d, padding))
                .optGroups(groups);
    }

    private static Vocabulary vocabulary(int count) {
        return new DefaultVocabulary(IntStream.range(0, count).mapToObj(i -> "w" + i).toList());
    }

    private static Shape cube(int dimensions, int size) {
        long[] dims = new long[dimensions];
        Arrays.fill(dims, size);
        return new Shape(dims);
    }
}
