/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * One way to construct a model.
 *
 * @param title what sets it apart from the model's other cases
 * @param expression the Java expression that constructs it, in which the class has its simple name
 * @param inputs the shapes of one example's inputs
 * @param outputs the shapes of one example's outputs
 */
record Case(String title, String expression, List<Shape> inputs, List<Shape> outputs) {

    /** The input shapes for a batch. */
    Shape[] inputShapes(long... leading) {
        return inputs.stream().map(x -> new Shape(leading).addAll(x)).toArray(Shape[]::new);
    }

    /** The output shapes for a batch. */
    List<Shape> outputShapes(long... leading) {
        return outputs.stream().map(y -> new Shape(leading).addAll(y)).toList();
    }

    /** The expression for another class in the model's place. */
    String expressionFor(String model, String network) {
        return expression.replaceAll("\\b" + model + "\\b", network);
    }
}
