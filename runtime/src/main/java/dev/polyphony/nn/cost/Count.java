/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

/**
 * What a layer or a network costs.
 *
 * @param parameters the numbers that training changes
 * @param multiplyAdds the products of features with weights for one example and all members; what
 *     works element by element, as biases, normalisation, activations, fast weights and masks, is
 *     not among them, nor are products of features with features, as in the scores of attention
 * @param activations the numbers that the layers read and write for one example and all members
 */
public record Count(long parameters, long multiplyAdds, long activations) {

    /** Nothing. */
    public static final Count NONE = new Count(0, 0, 0);

    /**
     * Adds another count.
     *
     * @param other the other count
     * @return the sum
     */
    public Count plus(Count other) {
        return new Count(
                parameters + other.parameters,
                multiplyAdds + other.multiplyAdds,
                activations + other.activations);
    }

    /**
     * Returns the count of copies.
     *
     * @param copies how many there are
     * @return what all cost together
     */
    public Count times(long copies) {
        return new Count(parameters * copies, multiplyAdds * copies, activations * copies);
    }
}
