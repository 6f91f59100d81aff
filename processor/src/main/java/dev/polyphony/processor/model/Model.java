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
 * @param target the class, and where its ensembles belong
 * @param type its name
 * @param constructors the constructors that the generated network mirrors, in source order
 * @param entries methods that make whole models, in source order
 * @param body the body; empty if no form needs it, or if it cannot be read
 */
public record Model(
        Target target,
        TypeRef type,
        List<Constructor> constructors,
        List<EntryPoint> entries,
        Optional<Body> body) {

    /**
     * Returns the class.
     *
     * @return the class
     */
    public TypeElement element() {
        return target.model();
    }

    /**
     * Returns the model with other constructors and entry points.
     *
     * @param otherConstructors the constructors
     * @param otherEntries the entry points
     * @return the model
     */
    public Model with(List<Constructor> otherConstructors, List<EntryPoint> otherEntries) {
        return new Model(target, type, otherConstructors, otherEntries, body);
    }

    /**
     * Returns the simple name.
     *
     * @return the simple name of the class
     */
    public String name() {
        return type.simpleName();
    }

    /**
     * Returns the class as a link in the documentation of the generated types.
     *
     * @return the Javadoc tag
     */
    public String link() {
        return target.isSamePackage()
                ? "{@link %s}".formatted(name())
                : "{@link %s %s}".formatted(type, name());
    }

    /**
     * Tells whether the generated types are public, as the annotated type is.
     *
     * @return whether the annotated type is public
     */
    public boolean isPublic() {
        return target.holder().getModifiers().contains(Modifier.PUBLIC);
    }
}
