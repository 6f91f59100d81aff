/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.nn.Block;
import dev.polyphony.nn.form.Form;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * DJL's layers in the widths that a packed member has, {@code ceil(c * alpha / M)}, without groups
 * of the form: the network that one member is. What has the width of the classes is the last layer.
 */
record SlicedKit(double alpha, int members) implements LayerKit {

    private static final LayerKit BASE = LayerKit.base();

    private int width(int width, int multiple) {
        if (width == TestModel.CLASSES) {
            return width;
        }
        int own = (int) Math.ceil(width * alpha / members - 1e-9);
        return (own + multiple - 1) / multiple * multiple;
    }

    @Override
    public Block linear(int units) {
        return BASE.linear(width(units, 1));
    }

    @Override
    public Block conv(
            int dimensions, int filters, int kernel, int stride, int padding, int groups) {
        return BASE.conv(dimensions, width(filters, groups), kernel, stride, padding, groups);
    }

    @Override
    public Block batchNorm() {
        return BASE.batchNorm();
    }

    @Override
    public Block layerNorm(int... axis) {
        return BASE.layerNorm(axis);
    }

    @Override
    public Block lstm(int size, int layers, boolean bidirectional, boolean returnState) {
        return BASE.lstm(width(size, 1), layers, bidirectional, returnState);
    }

    @Override
    public Block gru(int size) {
        return BASE.gru(width(size, 1));
    }

    @Override
    public Block rnn(int size) {
        return BASE.rnn(width(size, 1));
    }

    @Override
    public Block words(int count, int size) {
        return BASE.words(count, width(size, 1));
    }

    @Override
    public Block ids(int count, int size) {
        return BASE.ids(count, width(size, 1));
    }

    @Override
    public Block attention(int size, int heads) {
        return BASE.attention(width(size, heads), heads);
    }

    @Override
    public Block encoder(int size, int heads, int hidden) {
        return BASE.encoder(width(size, heads), heads, width(hidden, 1));
    }

    /** Widths of such layers are multiples of 2 if they have two groups. */
    @Override
    public Block either(
            int width, IntFunction<Block> plain, BiFunction<Form, Integer, Block> twin) {
        return plain.apply(width(width, 1));
    }
}
