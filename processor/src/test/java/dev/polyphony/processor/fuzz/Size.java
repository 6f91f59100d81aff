/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * The size of one example's features: channels and spatial axes, a vector, or tokens with features
 * last.
 *
 * @param tokens whether features are the last of two axes
 * @param dims the axes without the batch
 */
record Size(boolean tokens, List<Integer> dims) {

    static Size vector(int features) {
        return new Size(false, List.of(features));
    }

    static Size tokens(int count, int features) {
        return new Size(true, List.of(count, features));
    }

    static Size maps(int channels, int side, int axes) {
        List<Integer> dims = new ArrayList<>(List.of(channels));
        for (int i = 0; i < axes; i++) {
            dims.add(side);
        }
        return new Size(false, List.copyOf(dims));
    }

    boolean isVector() {
        return dims.size() == 1;
    }

    boolean isSpatial() {
        return !tokens && dims.size() > 1;
    }

    /** The number of spatial axes. */
    int axes() {
        return dims.size() - 1;
    }

    int width() {
        return dims.get(featureIndex());
    }

    /** The axis of the features, the batch included. */
    int featureAxis() {
        return featureIndex() + 1;
    }

    private int featureIndex() {
        return tokens ? 1 : 0;
    }

    int total() {
        return dims.stream().reduce(1, (a, b) -> a * b);
    }

    Size withWidth(int width) {
        List<Integer> changed = new ArrayList<>(dims);
        changed.set(featureIndex(), width);
        return new Size(tokens, List.copyOf(changed));
    }

    /** The same size with another length of the spatial axes; refuses empty ones. */
    Size eachAxis(java.util.function.IntUnaryOperator length) {
        List<Integer> changed = new ArrayList<>(List.of(dims.get(0)));
        for (int dim : dims.subList(1, dims.size())) {
            Invalid.unless(length.applyAsInt(dim) > 0, "nothing is left of an axis");
            changed.add(length.applyAsInt(dim));
        }
        return new Size(false, List.copyOf(changed));
    }

    /** Tells whether all but the features agree. */
    boolean fits(Size other) {
        return tokens == other.tokens && withWidth(1).equals(other.withWidth(1));
    }
}
