/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Finds classes that do not keep to what their supertypes ask: abstract methods that they have not,
 * and methods that override none, or with less access.
 */
final class Contracts {

    private final Findings findings;
    private final Elements elements;
    private final Types types;
    private final AllMembers members;
    private final CertainTypes certain;

    Contracts(
            Findings findings,
            Elements elements,
            Types types,
            AllMembers members,
            CertainTypes certain) {
        this.findings = findings;
        this.elements = elements;
        this.types = types;
        this.members = members;
        this.certain = certain;
    }

    /** A class that is a member of the model, or the model itself. */
    void check(ClassTree tree, TypeElement type) {
        if (!certain.isWhole(type)) {
            return;
        }
        boolean isConcrete =
                (type.getKind() == ElementKind.CLASS || type.getKind() == ElementKind.RECORD)
                        && !type.getModifiers().contains(Modifier.ABSTRACT);
        if (isConcrete) {
            for (ExecutableElement method : ElementFilter.methodsIn(members.of(type))) {
                if (method.getModifiers().contains(Modifier.ABSTRACT)
                        && !isThere(method, type)
                        && !isOfObject(method.getSimpleName().toString())) {
                    findings.mistake(tree);
                }
            }
        }
        overriding(tree, type);
    }

    /** Compilers differ in whether they leave out what another inherited method overrides. */
    private boolean isThere(ExecutableElement method, TypeElement type) {
        for (ExecutableElement other : members.methods(type, method.getSimpleName().toString())) {
            if (!other.getModifiers().contains(Modifier.ABSTRACT)
                    && (elements.overrides(other, method, type) || isSame(other, method, type))) {
                return true;
            }
        }
        return false;
    }

    private boolean isSame(ExecutableElement one, ExecutableElement other, TypeElement type) {
        DeclaredType owner = (DeclaredType) type.asType();
        return types.isSubsignature(
                (ExecutableType) types.asMemberOf(owner, one),
                (ExecutableType) types.asMemberOf(owner, other));
    }

    private void overriding(ClassTree tree, TypeElement type) {
        Set<String> marked = new HashSet<>();
        for (Tree member : tree.getMembers()) {
            if (member instanceof MethodTree method && isMarked(method)) {
                marked.add(method.getName().toString());
            }
        }
        if (marked.isEmpty() || type.getKind() == ElementKind.RECORD) {
            return; // accessors of components are marked, too
        }
        Set<TypeElement> supertypes = new LinkedHashSet<>();
        addSupertypes(type.asType(), supertypes);
        supertypes.add(elements.getTypeElement("java.lang.Object"));
        List<ExecutableElement> candidates = new ArrayList<>();
        for (TypeElement one : supertypes) {
            for (ExecutableElement method : ElementFilter.methodsIn(one.getEnclosedElements())) {
                if (marked.contains(method.getSimpleName().toString())) {
                    candidates.add(method);
                }
            }
        }
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (isMarked(method)) {
                check(tree, method, type, candidates);
            }
        }
    }

    private static boolean isMarked(MethodTree method) {
        for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
            if (annotation.getAnnotationType().toString().equals("Override")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarked(ExecutableElement method) {
        for (AnnotationMirror annotation : method.getAnnotationMirrors()) {
            if (annotation.getAnnotationType().toString().equals("java.lang.Override")) {
                return true;
            }
        }
        return false;
    }

    private void check(
            ClassTree tree,
            ExecutableElement method,
            TypeElement type,
            List<ExecutableElement> candidates) {
        boolean isOverriding = false;
        boolean isHidden = false;
        for (ExecutableElement one : candidates) {
            if (one.getSimpleName().equals(method.getSimpleName())
                    && elements.overrides(method, one, type)) {
                isOverriding = true;
                isHidden |= access(one) > access(method);
            }
        }
        if (!isOverriding || isHidden) {
            findings.mistake(treeOf(tree, method));
        }
    }

    private static int access(ExecutableElement method) {
        Set<Modifier> modifiers = method.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                ? 3
                : modifiers.contains(Modifier.PROTECTED)
                        ? 2
                        : modifiers.contains(Modifier.PRIVATE) ? 0 : 1;
    }

    private static Tree treeOf(ClassTree tree, ExecutableElement method) {
        for (Tree member : tree.getMembers()) {
            if (member instanceof MethodTree one
                    && method.getSimpleName().contentEquals(one.getName())) {
                return one;
            }
        }
        return tree;
    }

    private void addSupertypes(TypeMirror type, Set<TypeElement> all) {
        for (TypeMirror one : types.directSupertypes(type)) {
            if (one instanceof DeclaredType declared
                    && all.add((TypeElement) declared.asElement())) {
                addSupertypes(one, all);
            }
        }
    }

    /** An anonymous class: what it declares is known by name alone. */
    void anonymous(NewClassTree node, TypeElement supertype) {
        if (!certain.isWhole(supertype)) {
            return;
        }
        Set<String> declared = new HashSet<>();
        for (Tree member : node.getClassBody().getMembers()) {
            if (member instanceof MethodTree method) {
                String name = method.getName().toString();
                declared.add(name);
                if (isMarked(method)
                        && members.methods(supertype, name).isEmpty()
                        && !isOfObject(name)) {
                    findings.mistake(method);
                }
            }
        }
        for (ExecutableElement method : ElementFilter.methodsIn(members.of(supertype))) {
            String name = method.getSimpleName().toString();
            if (method.getModifiers().contains(Modifier.ABSTRACT)
                    && !declared.contains(name)
                    && !isThere(method, supertype)
                    && !isOfObject(name)) {
                findings.mistake(node);
            }
        }
    }

    /** Interfaces repeat methods that every object has, as {@code Comparator.equals}. */
    private boolean isOfObject(String name) {
        return !members.methods(elements.getTypeElement("java.lang.Object"), name).isEmpty();
    }
}
