/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;

/**
 * A constructor of the model.
 *
 * @param element the constructor; empty for the one of a type that has none
 * @param documentation the text of its Javadoc comment; empty if there is none
 */
public record Constructor(Optional<ExecutableElement> element, String documentation) {

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
