/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeName;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * A method of a builder, its own or inherited.
 *
 * @param element the method
 * @param variables what the type variables of the class that declares it are in the builder
 */
record BuilderMethod(ExecutableElement element, Map<String, TypeName> variables) {

    /** The methods of a builder, then those that it inherits and does not override. */
    static List<BuilderMethod> of(TypeElement builder) {
        List<BuilderMethod> methods = new ArrayList<>();
        Set<String> signatures = new HashSet<>();
        Renaming plain = Renaming.none(TypeRef.of(builder), ClassName.get(builder));
        TypeElement type = builder;
        Map<String, TypeName> variables = Map.of();
        while (!type.getQualifiedName().contentEquals("java.lang.Object")) {
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                BuilderMethod one = new BuilderMethod(method, variables);
                if (signatures.add(one.signature(plain))) {
                    methods.add(one);
                }
            }
            if (type.getSuperclass().getKind() != TypeKind.DECLARED) {
                break;
            }
            DeclaredType next = (DeclaredType) type.getSuperclass();
            type = (TypeElement) next.asElement();
            variables = variables(type, next, plain.with(variables));
        }
        return methods;
    }

    private static Map<String, TypeName> variables(
            TypeElement type, DeclaredType use, Renaming inside) {
        Map<String, TypeName> variables = new HashMap<>();
        for (int i = 0; i < type.getTypeParameters().size(); i++) {
            TypeParameterElement parameter = type.getTypeParameters().get(i);
            TypeName argument =
                    use.getTypeArguments().isEmpty()
                            ? erased(parameter.getBounds().get(0))
                            : inside.of(use.getTypeArguments().get(i));
            variables.put(parameter.getSimpleName().toString(), argument);
        }
        return variables;
    }

    private static TypeName erased(TypeMirror bound) {
        return bound instanceof DeclaredType declared
                ? ClassName.get((TypeElement) declared.asElement())
                : ClassName.OBJECT;
    }

    private String signature(Renaming plain) {
        List<String> parameters =
                element.getParameters().stream()
                        .map(one -> in(plain).of(one.asType()).toString())
                        .toList();
        return element.getSimpleName() + parameters.toString();
    }

    /** A renaming that knows the type variables, unless the method has its own of the name. */
    Renaming in(Renaming renaming) {
        Map<String, TypeName> known = new HashMap<>(variables);
        element.getTypeParameters().forEach(one -> known.remove(one.getSimpleName().toString()));
        return renaming.with(known);
    }
}
