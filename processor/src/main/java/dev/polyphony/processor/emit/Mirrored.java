/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.polyphony.processor.model.Constructor;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;

/** Constructors and methods with the signature of one of the model's constructors. */
final class Mirrored {

    /** Annotations of the user that matter to those who call the generated code. */
    private static final Set<String> ANNOTATIONS =
            Set.of("java.lang.Deprecated", "java.lang.SafeVarargs", "java.lang.SuppressWarnings");

    private Mirrored() {}

    /** A constructor like the model's. */
    static MethodSpec.Builder constructor(Constructor constructor) {
        MethodSpec.Builder builder = MethodSpec.constructorBuilder();
        constructor
                .element()
                .ifPresent(
                        element -> {
                            Set<Modifier> modifiers = element.getModifiers();
                            modifiers.stream()
                                    .filter(Set.of(Modifier.PUBLIC, Modifier.PROTECTED)::contains)
                                    .forEach(builder::addModifiers);
                        });
        return signature(builder, constructor);
    }

    /** A static method {@code of} like the model's constructor. */
    static MethodSpec.Builder of(Constructor constructor) {
        MethodSpec.Builder builder = MethodSpec.methodBuilder("of");
        boolean isPublic =
                constructor
                        .element()
                        .filter(element -> element.getModifiers().contains(Modifier.PUBLIC))
                        .isPresent();
        if (isPublic) {
            builder.addModifiers(Modifier.PUBLIC);
        }
        return signature(builder.addModifiers(Modifier.STATIC), constructor);
    }

    private static MethodSpec.Builder signature(
            MethodSpec.Builder builder, Constructor constructor) {
        constructor.element().ifPresent(element -> signature(builder, element));
        return builder;
    }

    private static void signature(MethodSpec.Builder builder, ExecutableElement element) {
        element.getTypeParameters()
                .forEach(parameter -> builder.addTypeVariable(TypeVariableName.get(parameter)));
        element.getParameters().forEach(parameter -> builder.addParameter(parameter(parameter)));
        builder.varargs(element.isVarArgs());
        element.getThrownTypes().forEach(type -> builder.addException(TypeName.get(type)));
        annotations(element).forEach(builder::addAnnotation);
    }

    private static ParameterSpec parameter(VariableElement parameter) {
        ParameterSpec.Builder builder =
                ParameterSpec.builder(
                        TypeName.get(parameter.asType()), parameter.getSimpleName().toString());
        for (AnnotationMirror annotation : parameter.getAnnotationMirrors()) {
            builder.addAnnotation(AnnotationSpec.get(annotation));
        }
        return builder.build();
    }

    /** The annotations of a declaration of the user that its generated twin has as well. */
    static List<AnnotationSpec> annotations(Element element) {
        return element.getAnnotationMirrors().stream()
                .filter(
                        annotation ->
                                ANNOTATIONS.contains(
                                        ((TypeElement) annotation.getAnnotationType().asElement())
                                                .getQualifiedName()
                                                .toString()))
                .map(AnnotationSpec::get)
                .toList();
    }
}
