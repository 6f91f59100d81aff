/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.form.Rows;

/** A layer with one input and one output. */
abstract class SingleLayer extends EnsembleLayer {

    SingleLayer(Form form) {
        super(form);
    }

    /** The output shape of the base model's layer. */
    abstract Shape getBaseOutputShape(Shape input);

    /** Sets the shapes of the parameters; gives the shape of the output, members in rows. */
    abstract Shape plan(Role role, Shape base, Shape input);

    /** Computes the output for the rows of all members. */
    abstract NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows);

    /** {@inheritDoc} */
    @Override
    public final Shape[] getBaseOutputShapes(Shape... inputs) {
        return new Shape[] {getBaseOutputShape(inputs[0])};
    }

    /** {@inheritDoc} */
    @Override
    protected final Shape[] plan(Role role, Shape base, Shape... inputs) {
        if (inputs.length != 1) {
            throw new IllegalArgumentException(
                    getBaseName() + " takes one input, but is given " + inputs.length);
        }
        return new Shape[] {plan(role, base, inputs[0])};
    }

    /** {@inheritDoc} */
    @Override
    protected final NDList compute(NDList inputs, ParameterStore parameterStore, Rows rows) {
        return new NDList(compute(inputs.singletonOrThrow(), parameterStore, rows));
    }
}
