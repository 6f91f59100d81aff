/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/** Constructors and methods with the signature of one of the model's constructors. */
final class Mirrored {

    /** Annotations of the user that matter to those who call the generated code. */
    private static final Set<String> ANNOTATIONS =
            Set.of("java.lang.Deprecated", "java.lang.SafeVarargs", "java.lang.SuppressWarnings");

    private Mirrored() {}

    /** A constructor like the model's. */
    static MethodSpec.Builder constructor(Constructor constructor, Renaming renaming) {
        MethodSpec.Builder builder = MethodSpec.constructorBuilder();
        if (constructor.element().isPresent()) {
            for (Modifier modifier : constructor.element().get().getModifiers()) {
                if (modifier == Modifier.PUBLIC || modifier == Modifier.PROTECTED) {
                    builder.addModifiers(modifier);
                }
            }
        }
        return signature(builder, constructor, renaming);
    }

    /** A static method of another type that makes something in the same way as the model. */
    static MethodSpec.Builder of(Way way, Model model, ClassName owner) {
        Constructor constructor = way.signature();
        MethodSpec.Builder builder = MethodSpec.methodBuilder(way.method());
        if (way.entry().isEmpty()) {
            builder.addTypeVariables(Types.variables(model));
        }
        boolean isPublic =
                constructor
                        .element()
                        .filter(element -> element.getModifiers().contains(Modifier.PUBLIC))
                        .isPresent();
        if (isPublic) {
            builder.addModifiers(Modifier.PUBLIC);
        }
        Renaming renaming = Renaming.none(model.type(), owner);
        return signature(builder.addModifiers(Modifier.STATIC), constructor, renaming);
    }

    private static MethodSpec.Builder signature(
            MethodSpec.Builder builder, Constructor constructor, Renaming renaming) {
        constructor.element().ifPresent(element -> signature(builder, element, renaming));
        return builder;
    }

    /** Adds the parameters of a constructor or method, and what belongs to them. */
    static MethodSpec.Builder signature(
            MethodSpec.Builder builder, ExecutableElement element, Renaming renaming) {
        for (TypeParameterElement parameter : element.getTypeParameters()) {
            builder.addTypeVariable(TypeVariableName.get(parameter));
        }
        for (VariableElement parameter : element.getParameters()) {
            builder.addParameter(parameter(parameter, renaming));
        }
        builder.varargs(element.isVarArgs());
        for (TypeMirror thrown : element.getThrownTypes()) {
            builder.addException(TypeName.get(thrown));
        }
        annotations(element).forEach(builder::addAnnotation);
        silenceVarargs(builder, element);
        return builder;
    }

    private static ParameterSpec parameter(VariableElement parameter, Renaming renaming) {
        ParameterSpec.Builder builder =
                ParameterSpec.builder(
                        renaming.of(parameter.asType()), parameter.getSimpleName().toString());
        for (AnnotationMirror annotation : parameter.getAnnotationMirrors()) {
            builder.addAnnotation(AnnotationSpec.get(annotation));
        }
        return builder.build();
    }

    /** Passing on what {@code @SafeVarargs} vouches for is a warning of its own. */
    private static void silenceVarargs(MethodSpec.Builder builder, ExecutableElement element) {
        if (element.getAnnotation(SafeVarargs.class) != null
                && element.getAnnotation(SuppressWarnings.class) == null) {
            builder.addAnnotation(
                    AnnotationSpec.builder(SuppressWarnings.class)
                            .addMember("value", "$S", "varargs")
                            .build());
        }
    }

    /** The annotations of a declaration of the user that its generated twin has as well. */
    static List<AnnotationSpec> annotations(Element element) {
        List<AnnotationSpec> annotations = new ArrayList<>();
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
            if (ANNOTATIONS.contains(type.getQualifiedName().toString())) {
                annotations.add(AnnotationSpec.get(annotation));
            }
        }
        return annotations;
    }

    /**
     * The annotations of a generated type. A class may use its own deprecated members without a
     * warning, and so may what is generated for it.
     */
    static List<AnnotationSpec> ofType(TypeElement model) {
        List<AnnotationSpec> annotations = annotations(model);
        if (!hasDeprecated(model)) {
            return annotations;
        }
        Set<String> silenced = new LinkedHashSet<>();
        SuppressWarnings own = model.getAnnotation(SuppressWarnings.class);
        if (own != null) {
            silenced.addAll(List.of(own.value()));
        }
        silenced.addAll(List.of("deprecation", "removal"));
        annotations.removeIf(one -> one.type().equals(ClassName.get(SuppressWarnings.class)));
        CodeBlock all =
                silenced.stream()
                        .map(warning -> CodeBlock.of("$S", warning))
                        .collect(CodeBlock.joining(", ", "{", "}"));
        annotations.add(
                AnnotationSpec.builder(SuppressWarnings.class).addMember("value", all).build());
        return annotations;
    }

    private static boolean hasDeprecated(Element type) {
        return type.getEnclosedElements().stream()
                .anyMatch(
                        member ->
                                member.getAnnotation(Deprecated.class) != null
                                        || member instanceof TypeElement && hasDeprecated(member));
    }
}
