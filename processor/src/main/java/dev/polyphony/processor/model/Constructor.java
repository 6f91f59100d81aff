/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/**
 * A constructor of the model.
 *
 * @param element the constructor; empty for the one of a type that has none
 * @param documentation the text of its Javadoc comment; empty if there is none
 * @param links the classes that the comment refers to, by their names there
 */
public record Constructor(
        Optional<ExecutableElement> element, String documentation, Map<String, TypeRef> links) {

    /** Copies the links. */
    public Constructor {
        links = Map.copyOf(links);
    }

    /**
     * A constructor with a comment whose references are not known.
     *
     * @param element the constructor; empty for the one of a type that has none
     * @param documentation the text of its Javadoc comment; empty if there is none
     */
    public Constructor(Optional<ExecutableElement> element, String documentation) {
        this(element, documentation, Map.of());
    }

    /** The constructor of a type that has none. */
    public static final Constructor IMPLICIT = new Constructor(Optional.empty(), "");

    /**
     * Tells whether the compiler knows all types of the signature.
     *
     * @return false if a type is missing (so far)
     */
    public boolean isResolved() {
        return element.map(Signature::of).map(Signature::isResolved).orElse(true);
    }

    /**
     * Returns the parameters.
     *
     * @return the parameters, in order
     */
    public List<? extends VariableElement> parameters() {
        return element.<List<? extends VariableElement>>map(ExecutableElement::getParameters)
                .orElse(List.of());
    }

    /**
     * Returns the parameters as the arguments of a call.
     *
     * @return the names of the parameters, joined by commas
     */
    public String arguments() {
        return parameters().stream()
                .map(parameter -> parameter.getSimpleName().toString())
                .collect(Collectors.joining(", "));
    }
}
