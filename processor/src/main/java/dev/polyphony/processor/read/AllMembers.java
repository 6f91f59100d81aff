/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * The members of classes, inherited ones included. Compilers collect them anew for every question,
 * and a body asks about the same few classes at each call.
 */
final class AllMembers {

    private final Elements elements;
    private final Map<TypeElement, List<? extends Element>> members = new HashMap<>();
    private final Map<TypeElement, Map<String, List<ExecutableElement>>> methods = new HashMap<>();

    AllMembers(Elements elements) {
        this.elements = elements;
    }

    List<? extends Element> of(TypeElement type) {
        return members.computeIfAbsent(type, this::visible);
    }

    /** Compilers also give the fields and classes that others of the name hide. */
    private List<Element> visible(TypeElement type) {
        List<Element> all = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Element member : elements.getAllMembers(type)) {
            if (member instanceof ExecutableElement) {
                all.add(member);
                continue;
            }
            String key = member.getSimpleName() + (member instanceof TypeElement ? "." : "");
            Integer place = places.get(key);
            if (place == null) {
                places.put(key, all.size());
                all.add(member);
            } else if (elements.hides(member, all.get(place))) {
                all.set(place, member);
            }
        }
        return List.copyOf(all);
    }

    /** All methods of a name, in the compiler's order. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        return methods.computeIfAbsent(type, this::byName).getOrDefault(name, List.of());
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
