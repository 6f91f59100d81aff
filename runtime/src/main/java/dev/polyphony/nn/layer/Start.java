/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;

/**
 * Gives parameters their first values. An initialiser sees the shape that the parameter has in a
 * plain layer of one member's size: many, such as DJL's Xavier, count a layer's inputs and outputs
 * from the shape, and would take the outputs of all members for those of one.
 */
final class Start {

    private Start() {}

    /**
     * Initialises a parameter.
     *
     * @param parameter the parameter, its shape set
     * @param plain the shape of the parts that start on their own, one after the other in memory
     * @param manager the manager of the array
     * @param dataType the data type
     */
    static void initialize(Parameter parameter, Shape plain, NDManager manager, DataType dataType) {
        Initializer own = parameter.getInitializer();
        // DJL's defaults count the inputs alone, if anything, so that one draw does for all
        if (!plain.equals(parameter.getShape()) && own != parameter.getType().getInitializer()) {
            parameter.setInitializer((m, shape, type) -> parts(own, plain, m, shape, type));
        }
        parameter.initialize(manager, dataType);
        parameter.setInitializer(own);
    }

    private static NDArray parts(
            Initializer own, Shape plain, NDManager manager, Shape shape, DataType dataType) {
        try (NDManager scope = manager.newSubManager()) {
            NDList parts = new NDList();
            for (long i = 0; i < shape.size() / plain.size(); i++) {
                parts.add(own.initialize(scope, plain, dataType));
            }
            NDArray all = NDArrays.concat(parts, 0).reshape(shape);
            all.attach(manager);
            return all;
        }
    }
}
