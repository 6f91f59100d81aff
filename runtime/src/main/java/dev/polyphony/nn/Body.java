/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** What is inside an {@link Ensemble}: one network for all members, or a copy for each. */
interface Body {

    /**
     * Returns the network for a pass of the ensemble around this one, whose layers it shares.
     *
     * @return the network with ensemble layers
     * @throws UnsupportedModelException if there is no such network
     */
    Block asPart();

    /**
     * Prepares the network for its base inputs.
     *
     * @param manager the manager of what the network keeps
     * @param dataType the data type
     * @param inputs the base model's input shapes
     */
    void prepare(NDManager manager, DataType dataType, Shape[] inputs);

    /**
     * Returns the base model's output shapes.
     *
     * @param inputs the base model's input shapes, with any number of examples
     * @return the output shapes; their first axis means nothing
     */
    Shape[] getOutputShapes(Shape[] inputs);

    /**
     * Allocates what {@link #prepare} planned.
     *
     * @param manager the manager of the parameters
     * @param dataType the data type
     */
    void allocate(NDManager manager, DataType dataType);

    /**
     * Runs the network.
     *
     * @param parameterStore the parameters
     * @param inputs what it is given
     * @return arrays {@code [B, M, y...]}
     */
    NDList forward(ParameterStore parameterStore, Inputs inputs);

    /**
     * Sets the parameters from a plain model.
     *
     * @param name what the ensemble is called in messages
     * @param start what to start from
     * @return what they started from, another text for other parameters
     */
    String startFrom(String name, WarmStart start);

    /**
     * Sets the parameters of a plain model from those of a member.
     *
     * @param name what the ensemble is called in messages
     * @param member the member
     * @param model the model
     */
    void extract(String name, int member, Block model);

    /**
     * Returns how often a network of the base model's kind runs in a forward pass.
     *
     * @return the number of forward calls
     */
    int getForwardCalls();
}
