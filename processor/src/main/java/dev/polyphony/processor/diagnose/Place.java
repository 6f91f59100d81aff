/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.diagnose;

import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Where in the user's source a problem is: an expression, a declaration or an annotation value. */
@FunctionalInterface
public interface Place {

    /**
     * Prints a message that points here.
     *
     * @param messager prints for places that the compiler's messager can point at
     * @param kind the kind of message
     * @param message the message
     */
    void print(Messager messager, Diagnostic.Kind kind, String message);

    /**
     * A declaration.
     *
     * @param element the declared element
     * @return the place
     */
    static Place of(Element element) {
        return (messager, kind, message) -> messager.printMessage(kind, message, element);
    }

    /**
     * An annotation.
     *
     * @param element the annotated element
     * @param annotation the annotation on it
     * @return the place
     */
    static Place of(Element element, AnnotationMirror annotation) {
        return (messager, kind, message) ->
                messager.printMessage(kind, message, element, annotation);
    }

    /**
     * An attribute of an annotation.
     *
     * @param element the annotated element
     * @param annotation the annotation on it
     * @param value the value of the attribute
     * @return the place
     */
    static Place of(Element element, AnnotationMirror annotation, AnnotationValue value) {
        return (messager, kind, message) ->
                messager.printMessage(kind, message, element, annotation, value);
    }
}
