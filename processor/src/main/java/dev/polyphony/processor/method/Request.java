/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Target;
import java.util.List;

/**
 * The ensembles of one model that an annotated type asks for.
 *
 * @param target the model, and where its ensembles belong
 * @param forms the annotations that name the model, in their order
 * @param tasks the outputs that the annotated type names
 * @param problems attributes that make no sense
 * @param place where the model is named
 */
public record Request(
        Target target, List<Form> forms, Tasks tasks, List<Problem> problems, Place place) {

    /**
     * Moves problems of a model that has no place in this compilation to where it is named.
     *
     * @param found problems of the model
     * @return the problems, where the compiler can point
     */
    public List<Problem> located(List<Problem> found) {
        return !target.isElsewhere()
                ? found
                : found.stream().map(problem -> problem.seenFrom(place)).toList();
    }
}
