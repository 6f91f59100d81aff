/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.diagnose;

import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * Finds repeated annotations in the source. The compiler's messager does not know where they are:
 * it sees only the container that the compiler puts around them.
 */
public interface AnnotationPlaces {

    /**
     * An annotation, or one of its attributes, in the source.
     *
     * @param order the index of the annotation among all of the class
     * @param place where it is
     */
    record Found(int order, Place place) {}

    /**
     * Finds an annotation.
     *
     * @param type the annotated type
     * @param annotation the simple name of the annotation
     * @param index which of several annotations of this name, from 0
     * @param attribute the attribute to point at; empty for the annotation itself
     * @return the place; empty if the source does not show it
     */
    Optional<Found> find(TypeElement type, String annotation, int index, String attribute);
}
