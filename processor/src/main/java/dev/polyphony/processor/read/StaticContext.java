/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Types;

/** Finds uses of instances where there are none: in what is static, or comes before an instance. */
final class StaticContext {

    private final Findings findings;
    private final Types types;
    private final Typer typer;
    private final Scope scope;
    private final CertainTypes certain;

    /** The classes around a point, from the innermost. */
    private final Deque<Level> levels = new ArrayDeque<>();

    StaticContext(Findings findings, Types types, Typer typer, Scope scope, CertainTypes certain) {
        this.findings = findings;
        this.types = types;
        this.typer = typer;
        this.scope = scope;
        this.certain = certain;
    }

    /**
     * A class around a point.
     *
     * @param type the class; empty for a local or anonymous one
     * @param isStaticClass whether it has no instance of the class around it
     * @param isStatic whether the point is in a static member of the class
     * @param isEarly whether it comes before the instance, which those of classes around do not
     */
    private record Level(
            Optional<TypeElement> type, boolean isStaticClass, boolean isStatic, boolean isEarly) {

        boolean hasNone() {
            return isStatic || isEarly;
        }
    }

    void enterClass(ClassTree tree, Optional<TypeElement> type) {
        boolean isStaticClass =
                tree.getKind() != Tree.Kind.CLASS
                        || type.filter(one -> one.getModifiers().contains(Modifier.STATIC))
                                .isPresent();
        levels.push(new Level(type, isStaticClass, false, false));
    }

    void leaveClass() {
        levels.pop();
    }

    /** Enters a member. */
    void enter(boolean isStatic) {
        Level level = levels.pop();
        levels.push(new Level(level.type(), level.isStaticClass(), isStatic, false));
    }

    /** Enters or leaves the arguments of a call of a constructor by another. */
    void setEarly(boolean isEarly) {
        Level level = levels.pop();
        levels.push(new Level(level.type(), level.isStaticClass(), level.isStatic(), isEarly));
    }

    /** {@code this} or {@code super}. */
    void self(Tree node) {
        if (levels.element().hasNone()) {
            findings.mistake(node);
        }
    }

    /** A method that is called by its simple name. */
    void called(String name, Tree node) {
        boolean isStatic = false;
        for (Level level : levels) {
            isStatic |= level.isStatic();
            if (level.type().filter(certain::isWhole).isEmpty()) {
                return;
            }
            List<ExecutableElement> methods = typer.methods(level.type().get(), name);
            if (!methods.isEmpty()) {
                note(isStatic || level.isEarly(), methods, node);
                return;
            }
            isStatic |= level.isStaticClass();
        }
    }

    private void note(boolean isStatic, List<? extends Element> members, Tree node) {
        if (!isStatic) {
            return;
        }
        for (Element member : members) {
            if (member.getModifiers().contains(Modifier.STATIC)) {
                return;
            }
        }
        findings.mistake(node);
    }

    /** A variable that is named by its simple name. */
    void named(String name, Tree node) {
        if (scope.isLocal(name)) {
            return;
        }
        boolean isStatic = false;
        for (Level level : levels) {
            isStatic |= level.isStatic();
            if (level.type().filter(certain::isWhole).isEmpty()) {
                return;
            }
            Optional<VariableElement> field = scope.field(level.type().get(), name);
            if (field.isPresent()) {
                note(isStatic || level.isEarly(), List.of(field.get()), node);
                return;
            }
            isStatic |= level.isStaticClass();
        }
    }

    /** An instance of a class that is named by its simple name. */
    void constructed(TypeElement type, Tree node) {
        if (type.getKind() != ElementKind.CLASS
                || type.getModifiers().contains(Modifier.STATIC)
                || !(type.getEnclosingElement() instanceof TypeElement owner)
                || owner.getKind().isInterface()) {
            return;
        }
        boolean isStatic = false;
        for (Level level : levels) {
            isStatic |= level.isStatic();
            if (level.type().isEmpty()) {
                return;
            }
            if (types.isSubtype(
                    types.erasure(level.type().get().asType()), types.erasure(owner.asType()))) {
                note(isStatic || level.isEarly(), List.of(type), node);
                return;
            }
            isStatic |= level.isStaticClass();
        }
    }

    /** The types of members that have no instance around them. */
    static boolean isStatic(Set<Modifier> modifiers, Optional<TypeElement> owner) {
        return modifiers.contains(Modifier.STATIC)
                || owner.filter(type -> type.getKind().isInterface()).isPresent();
    }
}
