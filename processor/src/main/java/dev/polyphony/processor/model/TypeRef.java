/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/**
 * The name of a class.
 *
 * @param packageName its package; empty for the unnamed package
 * @param names the simple names, from the top-level class to the class itself
 */
public record TypeRef(String packageName, List<String> names) {

    /** Copies the names. */
    public TypeRef {
        names = List.copyOf(names);
    }

    /**
     * The name of a class.
     *
     * @param packageName its package
     * @param names the simple names, from the top-level class to the class itself
     * @return the name
     */
    public static TypeRef of(String packageName, String... names) {
        return new TypeRef(packageName, List.of(names));
    }

    /**
     * The name of a class that the compiler knows.
     *
     * @param type the class
     * @return its name
     */
    public static TypeRef of(TypeElement type) {
        List<String> names = new ArrayList<>();
        Element element = type;
        while (!(element instanceof PackageElement)) {
            if (element instanceof TypeElement) {
                names.add(0, element.getSimpleName().toString());
            }
            element = element.getEnclosingElement();
        }
        return new TypeRef(((PackageElement) element).getQualifiedName().toString(), names);
    }

    /**
     * Returns the simple name of the class itself.
     *
     * @return the simple name
     */
    public String simpleName() {
        return names.get(names.size() - 1);
    }

    /**
     * Returns the name as written within the package.
     *
     * @return the simple names, joined by dots
     */
    public String localName() {
        return String.join(".", names);
    }

    /**
     * Returns the canonical name.
     *
     * @return package and simple names, joined by dots
     */
    public String qualifiedName() {
        return packageName.isEmpty() ? localName() : packageName + "." + localName();
    }

    /**
     * Tells whether this is a class of DJL's API. Others are users' own, and models of DJL's model
     * zoo are like them.
     *
     * @return whether the package is one of the API
     */
    public boolean isOfDjl() {
        return (packageName + ".").startsWith("ai.djl.")
                && !(packageName + ".").startsWith("ai.djl.basicmodelzoo.");
    }

    /**
     * Returns the top-level class.
     *
     * @return the name of the top-level class
     */
    public TypeRef outermost() {
        return new TypeRef(packageName, names.subList(0, 1));
    }

    /**
     * Returns a class nested in this one.
     *
     * @param simpleName its simple name
     * @return the name
     */
    public TypeRef nested(String simpleName) {
        List<String> nested = new ArrayList<>(names);
        nested.add(simpleName);
        return new TypeRef(packageName, nested);
    }

    /**
     * Tells whether another class is this one or nested in it.
     *
     * @param other the other class
     * @return whether it is
     */
    public boolean isAround(TypeRef other) {
        return packageName.equals(other.packageName)
                && other.names.size() >= names.size()
                && other.names.subList(0, names.size()).equals(names);
    }

    /**
     * Returns another top-level class of the same package.
     *
     * @param simpleName its simple name
     * @return the name
     */
    public TypeRef sibling(String simpleName) {
        return of(packageName, simpleName);
    }

    /**
     * Written out, as is the hash: names are compared at each call, and those of records start
     * slow.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof TypeRef type
                && packageName.equals(type.packageName)
                && names.equals(type.names);
    }

    @Override
    public int hashCode() {
        return 31 * packageName.hashCode() + names.hashCode();
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
