/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.function.Function;

/** The base model's own layer, which all members share: an input of all is computed once. */
public class SharedMap extends PlainMap {

    private final int members;

    /**
     * Creates the map.
     *
     * @param map the base layer's map
     * @param members the number of members
     */
    public SharedMap(LinearMap map, int members) {
        super(map);
        this.members = members;
    }

    /** {@inheritDoc} */
    @Override
    public boolean takesSharedRows() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray apply(NDArray x, Function<Parameter, NDArray> values, Rows rows) {
        NDArray y = super.apply(x, values, rows);
        boolean isShared = x.getShape().get(0) == rows.getExamples();
        return isShared ? y.repeat(0, members) : y;
    }
}
