/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.List;
import java.util.function.Function;

/** The base model's own layer: one set of parameters for all rows. */
public class PlainMap extends MemberMap {

    /**
     * Creates the map.
     *
     * @param map the base layer's map
     */
    public PlainMap(LinearMap map) {
        super(map);
    }

    /** {@inheritDoc} */
    @Override
    public Shape plan(Role role, Shape base, Shape input) {
        LinearMap map = getMap();
        setWeightShape(1, map.getUnits(), groupChannels(channels(input), map.getGroups()));
        return map.getOutputShape(input, map.getUnits());
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        return getMap().apply(x, weight(values), bias(values), getMap().getGroups());
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> fromPlain(PlainValues plain) {
        return baseValues(plain::get);
    }

    /** {@inheritDoc} */
    @Override
    public List<NDArray> toPlain(int member, Function<Parameter, NDArray> values) {
        return plain(weight(values), bias(values));
    }
}
