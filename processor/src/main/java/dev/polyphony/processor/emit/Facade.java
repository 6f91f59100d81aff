/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The entry points of the model in a type that calls them: for ensembles of whole models, which
 * need no copy of the model's code. Builders are wrapped in builders of the same methods.
 */
final class Facade {

    private static final String WRAPPED = "builder";

    private final Model model;
    private final ClassName ensemble;
    private final Function<CodeBlock, CodeBlock> made;
    private final Map<TypeRef, TypeElement> builders = new LinkedHashMap<>();
    private final Renaming renaming;

    /**
     * Prepares the entry points.
     *
     * @param model the model
     * @param ensemble the generated type, which the entry points return
     * @param made the statement of an entry point, given a supplier of models
     */
    Facade(Model model, ClassName ensemble, Function<CodeBlock, CodeBlock> made) {
        this.model = model;
        this.ensemble = ensemble;
        this.made = made;
        for (EntryPoint entry : model.entries()) {
            if (!entry.isStatic()) {
                addBuilders(entry.owner());
            }
        }
        this.renaming = new Renaming(model.type(), ensemble, builders.keySet());
    }

    /** A class that makes models, if it can be wrapped, and those that extend it. */
    private void addBuilders(TypeElement owner) {
        if (owner.getTypeParameters().isEmpty() && !isAbstract(owner)) {
            builders.put(TypeRef.of(owner), owner);
        }
        for (TypeElement other : ElementFilter.typesIn(model.element().getEnclosedElements())) {
            if (other.getSuperclass() instanceof DeclaredType above
                    && above.asElement().equals(owner)
                    && other.getModifiers().contains(Modifier.STATIC)
                    && model.target().reaches(other)) {
                addBuilders(other);
            }
        }
    }

    private static boolean isAbstract(TypeElement type) {
        return type.getModifiers().contains(Modifier.ABSTRACT);
    }

    void addTo(TypeSpec.Builder type) {
        CodeBlock self = CodeBlock.of("$T", Types.name(model.type()));
        for (ExecutableElement method :
                ElementFilter.methodsIn(model.element().getEnclosedElements())) {
            boolean isVisible = model.target().reaches(method);
            if (isEntry(method)) {
                CodeBlock call = CodeBlock.of("() -> $L", call(self, method));
                type.addMethod(
                        mirrored(method).returns(ensemble).addStatement(made.apply(call)).build());
            } else if (isVisible && isStatic(method) && isBuilder(method.getReturnType())) {
                type.addMethod(
                        mirrored(method)
                                .returns(renaming.of(method.getReturnType()))
                                .addStatement(
                                        "return new $T($L)",
                                        renaming.of(method.getReturnType()),
                                        call(self, method))
                                .build());
            }
        }
        builders.values().forEach(builder -> type.addType(builder(builder)));
    }

    private TypeSpec builder(TypeElement builder) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(builder.getSimpleName().toString())
                        .addJavadoc(
                                "The settings of {@link $T}, for an ensemble.",
                                ClassName.get(builder))
                        .addModifiers(access(builder.getModifiers()))
                        .addModifiers(Modifier.STATIC, Modifier.FINAL)
                        .addField(
                                FieldSpec.builder(ClassName.get(builder), WRAPPED, Modifier.PRIVATE)
                                        .build())
                        .addMethod(
                                MethodSpec.constructorBuilder()
                                        .addModifiers(Modifier.PRIVATE)
                                        .addParameter(ClassName.get(builder), WRAPPED)
                                        .addStatement("this.$1L = $1L", WRAPPED)
                                        .build());
        for (ExecutableElement constructor :
                ElementFilter.constructorsIn(builder.getEnclosedElements())) {
            if (model.target().reaches(constructor)) {
                type.addMethod(
                        Mirrored.signature(MethodSpec.constructorBuilder(), constructor, renaming)
                                .addJavadoc("As the model's own.$L", tags(constructor, ""))
                                .addModifiers(access(constructor.getModifiers()))
                                .addStatement(
                                        "this(new $T($L))",
                                        ClassName.get(builder),
                                        arguments(constructor, renaming))
                                .build());
            }
        }
        for (BuilderMethod one : BuilderMethod.of(builder)) {
            ExecutableElement method = one.element();
            boolean isInherited = !method.getEnclosingElement().equals(builder);
            boolean isVisible =
                    model.target().reaches(method)
                            || isInherited && method.getModifiers().contains(Modifier.PUBLIC);
            if (isVisible && !isStatic(method)) {
                type.addMethod(ofBuilder(one, builder));
            }
        }
        return type.build();
    }

    private MethodSpec ofBuilder(BuilderMethod one, TypeElement builder) {
        ExecutableElement method = one.element();
        Renaming renaming = one.in(this.renaming);
        MethodSpec.Builder code = mirrored(method, builder, renaming);
        CodeBlock call = call(CodeBlock.of(WRAPPED), method, renaming);
        boolean isOwn = renaming.of(method.getReturnType()).equals(renaming.of(builder.asType()));
        boolean isModel =
                method.getReturnType().getKind() == TypeKind.TYPEVAR
                        && renaming.of(method.getReturnType()).equals(Types.name(model.type()));
        if (isEntry(method) || isModel) {
            CodeBlock supplier =
                    method.getParameters().isEmpty()
                            ? CodeBlock.of("$L::$L", WRAPPED, method.getSimpleName())
                            : CodeBlock.of("() -> $L", call);
            return code.returns(ensemble).addStatement(made.apply(supplier)).build();
        } else if (isOwn) {
            return code.returns(renaming.of(builder.asType()))
                    .addStatement("$L = $L", WRAPPED, call)
                    .addStatement("return this")
                    .build();
        }
        boolean isVoid = method.getReturnType().getKind() == TypeKind.VOID;
        return code.returns(renaming.of(method.getReturnType()))
                .addStatement(
                        "$L$L",
                        isVoid ? "" : "return ",
                        isWrapped(renaming.of(method.getReturnType()))
                                ? CodeBlock.of(
                                        "new $T($L)", renaming.of(method.getReturnType()), call)
                                : call)
                .build();
    }

    private MethodSpec.Builder mirrored(ExecutableElement method) {
        return mirrored(method, model.element(), renaming);
    }

    private MethodSpec.Builder mirrored(
            ExecutableElement method, TypeElement owner, Renaming renaming) {
        MethodSpec.Builder builder =
                MethodSpec.methodBuilder(method.getSimpleName().toString())
                        .addModifiers(access(method.getModifiers()));
        if (isStatic(method)) {
            builder.addModifiers(Modifier.STATIC);
        }
        boolean isVoid = method.getReturnType().getKind() == TypeKind.VOID;
        builder.addJavadoc(
                "As {@link $T#$L}.$L",
                ClassName.get(owner),
                method.getSimpleName(),
                tags(method, isVoid ? "" : isEntry(method) ? "the ensemble" : "as there"));
        return Mirrored.signature(builder, method, renaming);
    }

    /** Parameters of entry points are described as by the user. */
    private CodeBlock tags(ExecutableElement method, String result) {
        Constructor signature =
                model.entries().stream()
                        .filter(entry -> entry.method().equals(method))
                        .map(EntryPoint::signature)
                        .findFirst()
                        .orElse(new Constructor(Optional.of(method), ""));
        List<String> tags = Tags.of(method, signature.documentation(), result);
        String all = tags.isEmpty() ? "" : "\n\n" + String.join("\n", tags);
        return new Links(model.element())
                .rewrite(new Constructor(signature.element(), all, signature.links()));
    }

    private CodeBlock call(CodeBlock receiver, ExecutableElement method) {
        return call(receiver, method, renaming);
    }

    private CodeBlock call(CodeBlock receiver, ExecutableElement method, Renaming renaming) {
        return CodeBlock.of(
                "$L.$L($L)", receiver, method.getSimpleName(), arguments(method, renaming));
    }

    /** The parameters, of wrapped builders what they wrap. */
    private String arguments(ExecutableElement method, Renaming renaming) {
        return method.getParameters().stream()
                .map(
                        one ->
                                one.getSimpleName()
                                        + (isWrapped(renaming.of(one.asType()))
                                                ? "." + WRAPPED
                                                : ""))
                .collect(Collectors.joining(", "));
    }

    /** Whether a type as generated is one of the builders around builders. */
    private boolean isWrapped(TypeName type) {
        return builders.values().stream()
                .map(builder -> renaming.of(builder.asType()))
                .anyMatch(type::equals);
    }

    private boolean isBuilder(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && renaming.changes(type);
    }

    private boolean isEntry(ExecutableElement method) {
        return model.entries().stream().anyMatch(entry -> entry.method().equals(method));
    }

    private static boolean isStatic(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.STATIC);
    }

    private static Modifier[] access(Set<Modifier> modifiers) {
        return modifiers.stream()
                .filter(List.of(Modifier.PUBLIC, Modifier.PROTECTED)::contains)
                .toArray(Modifier[]::new);
    }
}
