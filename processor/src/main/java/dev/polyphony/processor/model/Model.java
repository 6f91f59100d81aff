/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * A model class.
 *
 * @param element the class
 * @param type its name
 * @param constructors the constructors that the generated network mirrors, in source order
 * @param entries methods that make whole models, in source order
 * @param body the body; empty if no form needs it, or if it cannot be read
 */
public record Model(
        TypeElement element,
        TypeRef type,
        List<Constructor> constructors,
        List<EntryPoint> entries,
        Optional<Body> body) {

    /**
     * Returns the simple name.
     *
     * @return the simple name of the class
     */
    public String name() {
        return type.simpleName();
    }

    /**
     * Tells whether the generated types are public, as the model is.
     *
     * @return whether the class is public
     */
    public boolean isPublic() {
        return element.getModifiers().contains(Modifier.PUBLIC);
    }
}
