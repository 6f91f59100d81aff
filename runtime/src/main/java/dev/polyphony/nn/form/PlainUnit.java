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
import java.util.function.Function;

/** The base model's own layer: one unit for all rows. */
public class PlainUnit extends UnitMap {

    /**
     * Creates the map.
     *
     * @param unit the base layer's arithmetic
     */
    public PlainUnit(Unit unit) {
        super(unit);
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] plan(Role role, Shape[] inputs) {
        return plan(1, inputs, getUnit().getWidth(), inputs[0].get(0));
    }

    /** {@inheritDoc} */
    @Override
    public NDList apply(NDList inputs, Function<Parameter, NDArray> values, Rows rows) {
        return one(inputs, values, rows);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(plain::get);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        return baseArrays(values);
    }
}
