/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The arithmetic that linear layers and convolutions share: a map of channels, in groups, with a
 * weight whose first two axes are the output channels and the input channels of a group.
 */
public interface LinearMap {

    /**
     * Returns what users call the layer, for messages.
     *
     * @return the name of the layer in DJL
     */
    String getName();

    /**
     * Returns the number of output channels of the base model's layer.
     *
     * @return the output channels
     */
    long getUnits();

    /**
     * Returns the groups of the base model's layer.
     *
     * @return the number of groups
     */
    int getGroups();

    /**
     * Returns what the width of a member must be a multiple of, so that the outputs can be divided
     * as in the base model.
     *
     * @return the groups, or the heads of an attention that follows
     */
    default int getWidthMultiple() {
        return getGroups();
    }

    /**
     * Returns whether the layer has a bias.
     *
     * @return whether there is a bias
     */
    boolean hasBias();

    /**
     * Returns the channel axis of an input.
     *
     * @param input the shape of an input
     * @return 1 for convolutions, the last axis for linear layers
     */
    int getAxis(Shape input);

    /**
     * Returns whether the map has spatial axes, as convolutions have.
     *
     * @return whether it is a convolution
     */
    boolean isSpatial();

    /**
     * Returns the shape of a weight.
     *
     * @param units the output channels
     * @param inputs the input channels of one group
     * @return the shape {@code [units, inputs, ...]}
     */
    Shape getWeightShape(long units, long inputs);

    /**
     * Returns the shape of an output.
     *
     * @param input the shape of an input
     * @param units the output channels
     * @return the shape of the output
     */
    Shape getOutputShape(Shape input, long units);

    /**
     * Applies the map.
     *
     * @param x the input, channels at {@link #getAxis}
     * @param weight the weight {@code [units, inputs / groups, ...]}
     * @param bias the bias {@code [units]}, or null
     * @param groups the number of groups
     * @return the output
     */
    NDArray apply(NDArray x, NDArray weight, NDArray bias, int groups);

    /**
     * Returns the multiply-adds of one call in the base model: each place of the output takes each
     * weight once.
     *
     * @param input the input shape of the base model's layer
     * @return the products with weights
     */
    default long getMultiplyAdds(Shape input) {
        long weights = getWeightShape(getUnits(), input.get(getAxis(input)) / getGroups()).size();
        return weights * (getOutputShape(input, getUnits()).size() / getUnits());
    }

    /**
     * Returns the number of parameters in the base model.
     *
     * @param input the input shape of the base model's layer
     * @return the weights and biases
     */
    default long getParameterCount(Shape input) {
        long weights = getWeightShape(getUnits(), input.get(getAxis(input)) / getGroups()).size();
        return weights + (hasBias() ? getUnits() : 0);
    }

    /**
     * Applies a map of several members, each of one group, to their rows.
     *
     * @param rows the input {@code [B*M, ...]}, members in rows
     * @param weight the members' weights, one below the other
     * @param bias their biases {@code [M*units]}, or null
     * @param members the number of members
     * @param groups the groups of a member
     * @return the output {@code [B*M, ...]}
     */
    default NDArray applyApart(
            NDArray rows, NDArray weight, NDArray bias, int members, int groups) {
        int axis = getAxis(rows.getShape());
        NDArray joined = Members.join(rows, members, axis);
        return Members.split(apply(joined, weight, bias, members * groups), members, axis);
    }

    /**
     * Sums each group of {@code c / groups} input channels over everything that a weight of ones
     * would reach: the map with all weights 1.
     *
     * @param x the input {@code [N, c, ...]}
     * @param groups the number of groups
     * @return the sums, with {@code groups} output channels
     */
    NDArray sum(NDArray x, int groups);
}
