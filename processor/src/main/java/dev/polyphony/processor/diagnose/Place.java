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
     * Returns this place as it can be shown where the model is not compiled, but named.
     *
     * @param name where the model is named
     * @return this place, or the name if the compiler cannot point at this place
     */
    default Place seenFrom(Place name) {
        return this;
    }

    /**
     * A declaration.
     *
     * @param element the declared element
     * @return the place
     */
    static Place of(Element element) {
        return new Declaration(element);
    }

    /**
     * A declaration.
     *
     * @param element the declared element
     */
    record Declaration(Element element) implements Place {

        @Override
        public void print(Messager messager, Diagnostic.Kind kind, String message) {
            messager.printMessage(kind, message, element);
        }

        @Override
        public Place seenFrom(Place name) {
            return name;
        }
    }

    /**
     * A line of a file that the compiler does not compile.
     *
     * @param where the place in words, such as {@code Net.java:12}
     */
    record OtherFile(String where) implements Place {

        @Override
        public void print(Messager messager, Diagnostic.Kind kind, String message) {
            messager.printMessage(kind, placed(message));
        }

        @Override
        public Place seenFrom(Place name) {
            return (messager, kind, message) -> name.print(messager, kind, placed(message));
        }

        /** The first line says what is wrong; the place belongs to it. */
        private String placed(String message) {
            String[] lines = message.split("\n", 2);
            String first = "%s (%s)".formatted(lines[0], where);
            return lines.length == 1 ? first : first + "\n" + lines[1];
        }
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
