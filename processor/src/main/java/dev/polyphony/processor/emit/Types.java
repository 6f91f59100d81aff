/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;

/** What all generated types have in common. */
final class Types {

    static final ClassName BLOCK = ClassName.get("ai.djl.nn", "Block");

    private static final ClassName GENERATED =
            ClassName.get("javax.annotation.processing", "Generated");
    private static final String PROCESSOR = "dev.polyphony.processor.PolyphonyProcessor";

    private Types() {}

    static ClassName name(TypeRef type) {
        String[] nested = type.names().stream().skip(1).toArray(String[]::new);
        return ClassName.get(type.packageName(), type.names().get(0), nested);
    }

    /** A name that begins as those of variables do. */
    static String asVariable(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static TypeName supplierOf(TypeName type) {
        return ParameterizedTypeName.get(ClassName.get(Supplier.class), type);
    }

    static TypeName supplierOfAny(TypeName type) {
        return supplierOf(WildcardTypeName.subtypeOf(type));
    }

    /** The type variables of a generic model, which its networks have as well. */
    static List<TypeVariableName> variables(Model model) {
        return model.element().getTypeParameters().stream().map(TypeVariableName::get).toList();
    }

    /** A network or the model itself, of any type arguments. */
    static TypeName any(ClassName type, Model model) {
        TypeName[] any =
                variables(model).stream()
                        .map(variable -> WildcardTypeName.subtypeOf(Object.class))
                        .toArray(TypeName[]::new);
        return any.length == 0 ? type : ParameterizedTypeName.get(type, any);
    }

    /** {@code new} of a network or of the model itself; type arguments follow from the context. */
    static CodeBlock creation(ClassName type, Model model) {
        return CodeBlock.of(variables(model).isEmpty() ? "new $T" : "new $T<>", type);
    }

    /** A generated class: final, and public if the model is. */
    static TypeSpec.Builder generated(TypeRef type, Model model) {
        TypeSpec.Builder builder =
                TypeSpec.classBuilder(name(type))
                        .addOriginatingElement(model.target().holder())
                        .addAnnotation(
                                AnnotationSpec.builder(GENERATED)
                                        .addMember("value", "$S", PROCESSOR)
                                        .build());
        if (model.isPublic()) {
            builder.addModifiers(Modifier.PUBLIC);
        }
        Mirrored.ofType(model.element()).forEach(builder::addAnnotation);
        return builder.addModifiers(Modifier.FINAL);
    }
}
