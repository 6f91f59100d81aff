/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.types.Shape;

/** What a layer costs, in the base model and for all members. */
public interface Counted {

    /**
     * Returns the multiply-adds of one call for all members.
     *
     * @param output the shape of the first output, members in rows
     * @return the products with weights; 0 for what works element by element
     */
    default long getMultiplyAdds(Shape output) {
        return 0;
    }

    /**
     * Returns the multiply-adds of one call in the base model.
     *
     * @param input the shape of the first input of the base model's layer
     * @return the products with weights; 0 for what works element by element
     */
    default long getBaseMultiplyAdds(Shape input) {
        return 0;
    }

    /**
     * Returns the number of parameters in the base model that training changes.
     *
     * @param input the shape of the first input of the base model's layer
     * @return the number
     */
    long getBaseParameterCount(Shape input);

    /**
     * Returns whether the multiply-adds are known: those of the user's own code are not.
     *
     * @return whether they can be counted
     */
    default boolean isCountable() {
        return true;
    }
}
