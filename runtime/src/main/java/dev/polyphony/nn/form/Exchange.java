/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.function.Function;

/**
 * How the parameters of a layer that serves all members become those of a plain layer, and the
 * reverse. Parameters of the plain layer are in DJL's order.
 */
public interface Exchange {

    /**
     * Is told which of the model's features reach the layer's members, where members have other
     * widths than the model.
     *
     * @param inputs the features of the first input; null if that has ids instead
     * @return the features of each of the outputs
     * @throws IllegalArgumentException if they do not fit the layer; says why
     */
    List<Slices> slice(Slices inputs);

    /**
     * Returns values with which members do what plain layers do, as far as they can.
     *
     * @param plain the parameters of the plain layers
     * @return a value for each of this layer's parameters; null for those that stay as they are
     * @throws IllegalArgumentException if members cannot start from plain layers; says why
     */
    List<NDArray> fromPlain(PlainValues plain);

    /**
     * Returns the parameters of the plain layer that does what a member does where all members are
     * given the same examples.
     *
     * @param member the member
     * @param values the arrays of this layer's parameters
     * @return the values, in the plain layer's order
     * @throws IllegalArgumentException if there is no such layer; says why
     */
    List<NDArray> toPlain(int member, Function<Parameter, NDArray> values);
}
