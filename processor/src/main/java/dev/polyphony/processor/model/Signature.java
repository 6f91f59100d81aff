/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.LinkedHashSet;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** The classes in the signature of a constructor. */
public final class Signature extends SimpleTypeVisitor14<Void, Void> {

    private final Set<TypeElement> types = new LinkedHashSet<>();
    private boolean resolved = true;

    private Signature() {}

    /**
     * Looks at a signature: parameters, type parameters and exceptions.
     *
     * @param constructor the constructor
     * @return its signature
     */
    public static Signature of(ExecutableElement constructor) {
        Signature signature = new Signature();
        constructor.getParameters().forEach(parameter -> signature.visit(parameter.asType()));
        constructor.getThrownTypes().forEach(signature::visit);
        constructor
                .getTypeParameters()
                .forEach(parameter -> parameter.getBounds().forEach(signature::visit));
        return signature;
    }

    /**
     * Looks at a type.
     *
     * @param type the type
     * @return the classes that it mentions, in order
     */
    public static Set<TypeElement> of(TypeMirror type) {
        Signature signature = new Signature();
        signature.visit(type);
        return signature.types;
    }

    /**
     * Returns the classes that are mentioned.
     *
     * @return the classes, in order
     */
    public Set<TypeElement> types() {
        return types;
    }

    /**
     * Tells whether the compiler knows all classes.
     *
     * @return false if a class is missing (so far)
     */
    public boolean isResolved() {
        return resolved;
    }

    @Override
    public Void visitDeclared(DeclaredType type, Void unused) {
        types.add((TypeElement) type.asElement());
        type.getTypeArguments().forEach(this::visit);
        return null;
    }

    @Override
    public Void visitError(ErrorType type, Void unused) {
        resolved = false;
        return null;
    }

    @Override
    public Void visitArray(ArrayType type, Void unused) {
        return visit(type.getComponentType());
    }

    @Override
    public Void visitWildcard(WildcardType type, Void unused) {
        visitBound(type.getExtendsBound());
        visitBound(type.getSuperBound());
        return null;
    }

    private void visitBound(TypeMirror bound) {
        if (bound != null) {
            visit(bound);
        }
    }

    @Override
    public Void visitTypeVariable(TypeVariable type, Void unused) {
        return null; // its bounds are visited where it is declared
    }
}
