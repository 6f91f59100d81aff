/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import java.util.List;
import java.util.Optional;

/**
 * The outputs that {@code @Task} names.
 *
 * @param marks the outputs in order; none for a model of one task, which is not named
 * @param isValid whether all of them make sense
 */
public record Tasks(List<Mark> marks, boolean isValid) {

    /**
     * An output, as it is annotated.
     *
     * @param name its name
     * @param kind the constant of its kind
     * @param loss the constant of its loss, unless it is the usual one
     * @param metric the constant of its metric, unless it is the usual one
     * @param weight its weight
     */
    public record Mark(
            String name,
            String kind,
            Optional<String> loss,
            Optional<String> metric,
            double weight) {}

    /**
     * Tells whether the model has tasks that are named.
     *
     * @return whether there is a mark
     */
    public boolean isNamed() {
        return !marks.isEmpty();
    }
}
