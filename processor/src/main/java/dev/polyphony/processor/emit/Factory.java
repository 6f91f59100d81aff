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
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Model;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.ElementFilter;

/** The nested factory of a network, which makes it from values by name. */
final class Factory {

    private static final String NAME = "Factory";
    private static final String BUILDER = "builder";
    private static final int INDENTATION = 12;

    private Factory() {}

    /** Adds the factory, if the model can be made from plain values. */
    static void add(TypeSpec.Builder type, Model model, FormPlan plan) {
        ClassName network = Types.name(plan.network());
        boolean isTaken =
                ElementFilter.typesIn(model.element().getEnclosedElements()).stream()
                        .anyMatch(nested -> nested.getSimpleName().contentEquals(NAME));
        Optional<CodeBlock> code = isTaken ? Optional.empty() : code(model, network);
        if (plan.isStub() || code.isEmpty()) {
            return;
        }
        type.addType(
                TypeSpec.classBuilder(NAME)
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc(
                                "$L",
                                new Javadoc(4)
                                        .paragraph(
                                                "Makes the network again when {@code Criteria}"
                                                        + " loads it.")
                                        .toString())
                        .superclass(Types.name(Runtime.ENSEMBLE_FACTORY))
                        .addField(
                                FieldSpec.builder(TypeName.LONG, "serialVersionUID")
                                        .addModifiers(
                                                Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                                        .initializer("1L")
                                        .build())
                        .addMethod(
                                MethodSpec.constructorBuilder()
                                        .addModifiers(Modifier.PUBLIC)
                                        .addJavadoc("Creates the factory, as DJL does.")
                                        .build())
                        .addMethod(
                                MethodSpec.methodBuilder("create")
                                        .addAnnotation(Override.class)
                                        .addModifiers(Modifier.PROTECTED)
                                        .returns(Types.any(network, model))
                                        .addParameter(Types.name(Runtime.ARGUMENTS), "arguments")
                                        .addCode(code.get())
                                        .build())
                        .build());
    }

    private static Optional<CodeBlock> code(Model model, ClassName network) {
        ArgumentCalls calls = new ArgumentCalls(model);
        if (!calls.isEmpty()) {
            CodeBlock callee = calls.callee(network, Types.creation(network, model));
            return Optional.of(calls.statements(callee, INDENTATION));
        }
        return BuilderCalls.of(model)
                .map(
                        builder ->
                                CodeBlock.builder()
                                        .add(builder.statements(List.of(BUILDER), List.of(network)))
                                        .addStatement("return $L.$L()", BUILDER, builder.build())
                                        .build());
    }
}
