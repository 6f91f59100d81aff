/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.method;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Finds builders of the model whose {@code build()} stands in another file: it gives the model, and
 * would in a copy of the builder.
 */
final class InheritedBuilds {

    private InheritedBuilds() {}

    static List<Problem> find(Model model) {
        List<Problem> problems = new ArrayList<>();
        for (TypeElement nested : ElementFilter.typesIn(model.element().getEnclosedElements())) {
            boolean isBuilder =
                    nested.getSimpleName().toString().endsWith("Builder")
                            && nested.getModifiers().contains(Modifier.STATIC)
                            && !nested.getModifiers().contains(Modifier.ABSTRACT);
            if (isBuilder) {
                build(nested)
                        .filter(method -> !isIn(model, method))
                        .filter(method -> isModel(model, method.getReturnType()))
                        .ifPresent(method -> problems.add(problem(nested, method)));
            }
        }
        return problems;
    }

    private static Optional<ExecutableElement> build(TypeElement builder) {
        for (ExecutableElement method : ElementFilter.methodsIn(builder.getEnclosedElements())) {
            if (method.getSimpleName().contentEquals("build") && method.getParameters().isEmpty()) {
                return Optional.of(method);
            }
        }
        return builder.getSuperclass() instanceof DeclaredType above
                ? build((TypeElement) above.asElement())
                : Optional.empty();
    }

    private static boolean isIn(Model model, ExecutableElement method) {
        return TypeRef.of((TypeElement) method.getEnclosingElement())
                .outermost()
                .equals(model.type());
    }

    private static boolean isModel(Model model, TypeMirror type) {
        return type instanceof DeclaredType declared
                && TypeRef.of((TypeElement) declared.asElement()).equals(model.type());
    }

    private static Problem problem(TypeElement builder, ExecutableElement method) {
        String name = builder.getSimpleName().toString();
        String what =
                "'build()' of '%s' stands in '%s', of another file, and makes the model itself"
                        .formatted(name, method.getEnclosingElement().getSimpleName());
        String wayOut =
                "Declare 'build()' in '%s', and make it abstract where it is; or use @DeepEnsemble."
                        .formatted(name);
        return new Problem(Code.SELF_TYPE, what, wayOut, Place.of(builder));
    }
}
