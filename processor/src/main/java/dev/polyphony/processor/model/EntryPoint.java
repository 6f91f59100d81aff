/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * A method that makes a whole model, beside or instead of constructors: a static method of the
 * model's class, or a method of a nested builder.
 *
 * @param signature the method as if it were a constructor
 */
public record EntryPoint(Constructor signature) {

    /**
     * Returns the method.
     *
     * @return the method
     */
    public ExecutableElement method() {
        return signature.element().orElseThrow();
    }

    /**
     * Tells whether it is a static method of the model's class.
     *
     * @return whether it is static; else it belongs to a nested builder
     */
    public boolean isStatic() {
        return method().getModifiers().contains(Modifier.STATIC);
    }

    /**
     * Returns the class that declares the method.
     *
     * @return the model's class or a nested one
     */
    public TypeElement owner() {
        return (TypeElement) method().getEnclosingElement();
    }

    /**
     * Returns the simple name.
     *
     * @return the name of the method
     */
    public String name() {
        return method().getSimpleName().toString();
    }
}
