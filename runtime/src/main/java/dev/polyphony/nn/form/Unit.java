/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;

/**
 * The arithmetic of a layer that has no grouped form but can be had several times side by side: a
 * recurrent layer or an embedding.
 *
 * <p>The first axis of all its inputs and outputs is that of the rows. The features come first;
 * what may follow are states.
 */
public interface Unit {

    /**
     * A parameter of the base model's layer.
     *
     * @param name its name in DJL
     * @param type its type; a {@code WEIGHT} has an axis of outputs, then one of inputs
     */
    record Definition(String name, Parameter.Type type) {}

    /**
     * Returns what users call the layer, for messages.
     *
     * @return the name of the layer in DJL
     */
    String getName();

    /**
     * Returns whether the input is the ids of things, which have no feature axis.
     *
     * @return whether this is an embedding
     */
    boolean takesIds();

    /**
     * Returns the width of the base model's layer: the size of a state or of an embedding.
     *
     * @return the width
     */
    long getWidth();

    /**
     * Returns the parameters of the base model's layer, in DJL's order.
     *
     * @return the parameters
     */
    List<Definition> getDefinitions();

    /**
     * Returns the shape of a parameter of one unit.
     *
     * @param index the parameter's place in {@link #getDefinitions}
     * @param inputs the width of the features that the unit is given
     * @param width the width of the unit
     * @return the shape; all units' parameters stack along the first axis
     */
    Shape getParameterShape(int index, long inputs, long width);

    /**
     * Returns what runs along an axis of a parameter.
     *
     * @param index the parameter's place in {@link #getDefinitions}
     * @param axis the axis
     * @return the number of blocks of the unit's width, as of gates or directions; 0 for what is
     *     not the unit's width
     */
    int getBlocks(int index, int axis);

    /**
     * Returns whether the second axis of a parameter is that of the features that the unit is
     * given.
     *
     * @param index the parameter's place in {@link #getDefinitions}
     * @return whether it is a weight of the input
     */
    boolean readsFeatures(int index);

    /**
     * Returns how often the unit's width stands in the features that it gives.
     *
     * @return 1, or the number of directions
     */
    int getOutputBlocks();

    /**
     * Returns the number of outputs.
     *
     * @return the features, and states if they are given
     */
    int getOutputCount();

    /**
     * Returns the shapes of the outputs of one unit.
     *
     * @param input the shape of the features that it is given
     * @param width the width of the unit
     * @return the shapes, features first
     */
    Shape[] getOutputShapes(Shape input, long width);

    /**
     * Returns the multiply-adds of one call of one unit: each row and step takes each weight once,
     * and a lookup none.
     *
     * @param input the shape of the features that it is given
     * @param width the width of the unit
     * @return the products with weights
     */
    default long getMultiplyAdds(Shape input, long width) {
        if (takesIds()) {
            return 0;
        }
        long inputs = input.get(input.dimension() - 1);
        long weights = 0;
        for (int i = 0; i < getDefinitions().size(); i++) {
            if (getDefinitions().get(i).type() == Parameter.Type.WEIGHT) {
                weights += getParameterShape(i, inputs, width).size();
            }
        }
        return weights * (input.size() / inputs);
    }

    /**
     * Returns the number of parameters of one unit.
     *
     * @param input the shape of the features that it is given
     * @param width the width of the unit
     * @return the weights and biases
     */
    default long getParameterCount(Shape input, long width) {
        long inputs = input.get(input.dimension() - 1);
        long count = 0;
        for (int i = 0; i < getDefinitions().size(); i++) {
            count += getParameterShape(i, inputs, width).size();
        }
        return count;
    }

    /**
     * Requires that a unit can take its inputs.
     *
     * @param inputs the shapes of all inputs
     * @param width the width of the unit
     * @throws IllegalArgumentException if it cannot; says why
     */
    void requireInputs(Shape[] inputs, long width);

    /**
     * Runs one unit.
     *
     * @param inputs the inputs, rows first
     * @param parameters the arrays of its parameters
     * @param training whether this is a training pass
     * @return the outputs, rows first
     */
    NDList apply(NDList inputs, List<NDArray> parameters, boolean training);
}
