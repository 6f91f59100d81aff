/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.OptionalDouble;

/** The parameters of the plain layers that members start from: of one, or of one for each. */
public final class PlainValues {

    private final List<NDList> layers;
    private final OptionalDouble spread;

    /**
     * Creates the values.
     *
     * @param layers the parameters of one plain layer for all members, or of one for each
     * @param spread how far fast weights are from what changes nothing; if it is empty they stay as
     *     they are
     */
    public PlainValues(List<NDList> layers, OptionalDouble spread) {
        this.layers = layers;
        this.spread = spread;
    }

    /**
     * Returns a parameter that members share.
     *
     * @param index the parameter's place in the plain layer
     * @return its value
     */
    public NDArray get(int index) {
        return get(index, 0);
    }

    /**
     * Returns a parameter of a member.
     *
     * @param index the parameter's place in the plain layer
     * @param member the member
     * @return its value
     */
    public NDArray get(int index, int member) {
        return layers.get(layers.size() == 1 ? 0 : member).get(index);
    }

    /**
     * Returns a parameter that each member has for itself.
     *
     * @param index the parameter's place in the plain layer
     * @param members the number of members
     * @return the members' values, one behind the other along the first axis
     */
    public NDArray stack(int index, int members) {
        NDList all = new NDList();
        for (int m = 0; m < members; m++) {
            NDArray own = get(index, m);
            all.add(own.getShape().dimension() == 0 ? own.reshape(1) : own);
        }
        return NDArrays.concat(all, 0);
    }

    /**
     * Returns all parameters as members share them.
     *
     * @return the values of the only plain layer
     */
    public NDList getAll() {
        return layers.get(0);
    }

    /**
     * Returns how far fast weights are to be from what changes nothing.
     *
     * @return the standard deviation; empty if they stay as they were drawn
     */
    public OptionalDouble getSpread() {
        return spread;
    }
}
