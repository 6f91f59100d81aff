/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the comparison of a model's forms with the model itself. */
final class ComparisonWriter {

    private final Plan plan;
    private final Model model;
    private final TypeRef type;
    private final ClassName comparison;

    ComparisonWriter(Plan plan, TypeRef type) {
        this.plan = plan;
        this.model = plan.model();
        this.type = type;
        this.comparison = Types.name(type);
    }

    GeneratedFile write() {
        String forms =
                plan.forms().stream()
                        .map(form -> "{@link %s}".formatted(form.network().simpleName()))
                        .collect(Collectors.joining(", "));
        TypeSpec.Builder builder =
                Types.generated(type, model)
                        .addJavadoc(
                                "$L",
                                new Javadoc(0)
                                        .paragraph(
                                                "Compares %s with its ensembles: %s."
                                                        .formatted(model.link(), forms))
                                        .toString())
                        .superclass(Types.name(Runtime.COMPARISON))
                        .addMethod(constructor());
        for (Constructor constructor : model.constructors()) {
            builder.addMethod(of(constructor));
        }
        if (plan.isModelUsable()) {
            Programs.add(
                    builder,
                    model,
                    comparison,
                    Types.name(Runtime.COMPARISON_COMMAND),
                    "the comparison");
        }
        return new GeneratedFile(Emitter.file(type, builder.build()).build());
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Types.supplierOfAny(Types.BLOCK), "model")
                .addParameter(
                        ParameterizedTypeName.get(
                                ClassName.get(List.class),
                                WildcardTypeName.subtypeOf(Types.name(Runtime.HARNESS))),
                        "forms")
                .addStatement("super($S, model, forms)", model.name())
                .build();
    }

    private MethodSpec of(Constructor constructor) {
        String arguments = constructor.arguments();
        MethodSpec.Builder builder =
                Mirrored.of(constructor)
                        .addJavadoc(
                                "$L",
                                new Javadoc(4)
                                        .paragraph(
                                                "A comparison for {@code new %s(%s)}."
                                                        .formatted(model.name(), arguments))
                                        .toString())
                        .returns(comparison);
        if (!plan.isModelUsable()) {
            return builder.addCode(Emitter.nothingToRun(comparison)).build();
        }
        return builder.addStatement(
                        "return new $T(\n() -> new $T($L),\n$T.of($L))",
                        comparison,
                        Types.name(model.type()),
                        arguments,
                        List.class,
                        harnesses(arguments))
                .build();
    }

    /** The harnesses as arguments, one a line if there are several. */
    private CodeBlock harnesses(String arguments) {
        CodeBlock calls =
                plan.forms().stream()
                        .map(form -> harness(form, arguments))
                        .collect(CodeBlock.joining(",\n"));
        return plan.forms().size() < 2
                ? calls
                : CodeBlock.builder().add("\n$>$>").add(calls).add("$<$<").build();
    }

    private static CodeBlock harness(FormPlan form, String arguments) {
        return CodeBlock.of("$T.of($L)", Types.name(form.harness()), arguments);
    }
}
