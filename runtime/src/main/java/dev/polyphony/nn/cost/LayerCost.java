/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import dev.polyphony.nn.form.Role;
import java.util.Objects;
import java.util.Optional;

/**
 * What a layer costs in the base model and in the ensemble.
 *
 * @param name what users call the layer
 * @param role where it stands in its network; empty for the layers of copies of the base model
 * @param plainWidth its features in the base model
 * @param memberWidth its features in one member
 * @param plain what it costs in the base model
 * @param ensemble what it costs for all members
 * @param isCountable whether its multiply-adds are known; if not, they count as 0
 */
public record LayerCost(
        String name,
        Optional<Role> role,
        Width plainWidth,
        Width memberWidth,
        Count plain,
        Count ensemble,
        boolean isCountable) {

    /** Requires that nothing is missing. */
    public LayerCost {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(plainWidth, "plainWidth");
        Objects.requireNonNull(memberWidth, "memberWidth");
        Objects.requireNonNull(plain, "plain");
        Objects.requireNonNull(ensemble, "ensemble");
    }

    /**
     * The features of a layer.
     *
     * @param inputs the features of its input; 0 where it has no axis of features, as that of ids
     * @param outputs the features of its output
     */
    public record Width(long inputs, long outputs) {

        /** {@inheritDoc} */
        @Override
        public String toString() {
            return inputs == 0 ? "ids -> " + outputs : inputs + " -> " + outputs;
        }
    }
}
