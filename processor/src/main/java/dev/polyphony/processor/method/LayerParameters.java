/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Finds layers among what callers give to a model. In the copy of the body their ensemble twins
 * stand for them, which callers have none of.
 */
final class LayerParameters {

    private static final String WAY_OUT =
            "Take numbers such as widths, and build the layers inside; or use @DeepEnsemble.";

    private LayerParameters() {}

    /** Looks at the constructors, the entry points and the setters of builders. */
    static List<Problem> check(Model model) {
        Set<ExecutableElement> called = new LinkedHashSet<>();
        for (Constructor constructor : model.constructors()) {
            constructor.element().ifPresent(called::add);
        }
        Set<Element> builders = new LinkedHashSet<>();
        for (EntryPoint entry : model.entries()) {
            called.add(entry.method());
            if (!entry.isStatic()) {
                builders.add(entry.owner());
                setters(model, entry.owner()).forEach(called::add);
            }
        }
        ElementFilter.methodsIn(model.element().getEnclosedElements()).stream()
                .filter(method -> method.getModifiers().contains(Modifier.STATIC))
                .filter(model.target()::reaches)
                .filter(method -> builders.contains(elementOf(method.getReturnType())))
                .forEach(called::add);
        List<Problem> problems = new ArrayList<>();
        for (ExecutableElement method : called) {
            method.getParameters()
                    .forEach(one -> check(method, one, List.of(one.asType()), problems));
            for (TypeParameterElement one : method.getTypeParameters()) {
                check(method, one, one.getBounds(), problems);
            }
        }
        return problems;
    }

    private static void check(
            ExecutableElement method,
            Element at,
            List<? extends TypeMirror> types,
            List<Problem> problems) {
        types.stream()
                .flatMap(type -> Signature.of(type).stream())
                .map(TypeRef::of)
                .filter(type -> !Layer.substitute(type).equals(type))
                .findFirst()
                .ifPresent(
                        layer -> {
                            String what =
                                    "%s takes '%s', and the ensemble has layers of its own"
                                            .formatted(nameOf(method), layer.localName());
                            Place place = Place.of(at);
                            problems.add(new Problem(Code.COPIED_PARAMETER, what, WAY_OUT, place));
                        });
    }

    private static String nameOf(ExecutableElement method) {
        return method.getKind() == ElementKind.CONSTRUCTOR
                ? "The constructor"
                : "'" + method.getSimpleName() + "'";
    }

    /** Methods of a builder that give nothing but the builder, its own and inherited ones. */
    private static Stream<ExecutableElement> setters(Model model, TypeElement builder) {
        Set<Element> classes = new LinkedHashSet<>();
        for (Element one = builder;
                one instanceof TypeElement type;
                one = elementOf(type.getSuperclass())) {
            classes.add(one);
        }
        return classes.stream()
                .flatMap(one -> ElementFilter.methodsIn(one.getEnclosedElements()).stream())
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .filter(model.target()::reaches)
                .filter(method -> isSetter(method, classes));
    }

    private static boolean isSetter(ExecutableElement method, Set<Element> classes) {
        TypeMirror result = method.getReturnType();
        return result.getKind() == TypeKind.TYPEVAR
                || classes.contains(elementOf(result))
                || result.getKind() == TypeKind.VOID
                        && method.getModifiers().contains(Modifier.PUBLIC);
    }

    private static Element elementOf(TypeMirror type) {
        return type instanceof DeclaredType declared ? declared.asElement() : null;
    }
}
