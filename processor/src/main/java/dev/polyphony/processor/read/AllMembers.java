/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * The members of classes, inherited ones included. Compilers collect them anew for every question,
 * and a body asks about the same few classes at each call.
 */
final class AllMembers {

    private final Elements elements;
    private final Map<TypeElement, List<? extends Element>> members = new HashMap<>();
    private final Map<TypeElement, Map<String, Element>> named = new HashMap<>();
    private final Map<TypeElement, Map<String, List<ExecutableElement>>> methods = new HashMap<>();

    AllMembers(Elements elements) {
        this.elements = elements;
    }

    List<? extends Element> of(TypeElement type) {
        List<? extends Element> known = members.get(type);
        if (known == null) {
            known = collect(type);
            members.put(type, known);
        }
        return known;
    }

    private List<Element> collect(TypeElement type) {
        List<Element> all = new ArrayList<>(named(type).values());
        for (Element member : elements.getAllMembers(type)) {
            if (member instanceof ExecutableElement) {
                all.add(member);
            }
        }
        return List.copyOf(all);
    }

    /**
     * The fields and classes that a class has by their names (JLS 8.3, 8.5). Compilers also give
     * those that others of the name hide, be it in between and private.
     */
    private Map<String, Element> named(TypeElement type) {
        Map<String, Element> known = named.get(type);
        if (known != null) {
            return known;
        }
        Map<String, Element> all = new LinkedHashMap<>();
        named.put(type, all); // before its supertypes, which may be itself in broken code
        for (Element member : type.getEnclosedElements()) {
            if (member.getKind().isField()) {
                all.put(member.getSimpleName().toString(), member);
            } else if (member instanceof TypeElement) {
                all.put(member.getSimpleName() + ".", member);
            }
        }
        for (TypeMirror supertype : supertypes(type)) {
            if (supertype instanceof DeclaredType declared
                    && supertype.getKind() == TypeKind.DECLARED) {
                named((TypeElement) declared.asElement())
                        .forEach(
                                (key, member) -> {
                                    if (isInherited(member, type)) {
                                        all.putIfAbsent(key, member);
                                    }
                                });
            }
        }
        return all;
    }

    private static List<TypeMirror> supertypes(TypeElement type) {
        List<TypeMirror> all = new ArrayList<>();
        all.add(type.getSuperclass());
        all.addAll(type.getInterfaces());
        return all;
    }

    /** Whether a member of a supertype is one of a class, too, by its access. */
    boolean isInherited(Element member, TypeElement type) {
        Set<Modifier> modifiers = member.getModifiers();
        return modifiers.contains(Modifier.PUBLIC)
                || modifiers.contains(Modifier.PROTECTED)
                || !modifiers.contains(Modifier.PRIVATE)
                        && elements.getPackageOf(member).equals(elements.getPackageOf(type));
    }

    /** All methods of a name, in the compiler's order. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        Map<String, List<ExecutableElement>> byName = methods.get(type);
        if (byName == null) {
            byName = byName(type);
            methods.put(type, byName);
        }
        return byName.getOrDefault(name, List.of());
    }

    private Map<String, List<ExecutableElement>> byName(TypeElement type) {
        Map<String, List<ExecutableElement>> byName = new HashMap<>();
        for (ExecutableElement method : ElementFilter.methodsIn(of(type))) {
            byName.computeIfAbsent(method.getSimpleName().toString(), key -> new ArrayList<>())
                    .add(method);
        }
        return byName;
    }
}
