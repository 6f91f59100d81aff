/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/**
 * A model and the place of its ensembles.
 *
 * @param holder the annotated type: the ensembles are in its package
 * @param model the model; the annotated type itself, unless the annotation names another class
 */
public record Target(TypeElement holder, TypeElement model) {

    /**
     * Tells whether the annotation names another class as the model.
     *
     * @return whether the model is not the annotated type
     */
    public boolean isElsewhere() {
        return !holder.equals(model);
    }

    /**
     * Returns the name that the model would have beside its ensembles.
     *
     * @return the simple name of the model in the package of the annotated type
     */
    public TypeRef home() {
        return TypeRef.of(TypeRef.of(holder).packageName(), TypeRef.of(model).simpleName());
    }

    /**
     * Tells whether the ensembles and the model are in one package.
     *
     * @return whether package access reaches from one to the other
     */
    public boolean isSamePackage() {
        return home().packageName().equals(TypeRef.of(model).packageName());
    }

    /**
     * Tells whether the ensembles may use a class or member.
     *
     * @param element a class, or a member of one
     * @return whether it can be reached from the package of the ensembles
     */
    public boolean reaches(Element element) {
        Element outer = element.getEnclosingElement();
        return (isIn(element) ? !has(element, Modifier.PRIVATE) : has(element, Modifier.PUBLIC))
                && (!(outer instanceof TypeElement) || reaches(outer));
    }

    /**
     * Tells whether the ensembles may use a member of the model's own class.
     *
     * @param modifiers the modifiers of the member
     * @return whether it can be reached from the package of the ensembles
     */
    public boolean reaches(Set<Modifier> modifiers) {
        return isSamePackage()
                ? !modifiers.contains(Modifier.PRIVATE)
                : modifiers.contains(Modifier.PUBLIC);
    }

    private boolean isIn(Element element) {
        Element type = element;
        while (!(type instanceof TypeElement)) {
            type = type.getEnclosingElement();
        }
        return TypeRef.of((TypeElement) type).packageName().equals(home().packageName());
    }

    private static boolean has(Element element, Modifier modifier) {
        return element.getModifiers().contains(modifier);
    }
}
