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
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                        .superclass(
                                Types.name(
                                        hasTasks() ? Runtime.TASK_COMPARISON : Runtime.COMPARISON));
        String more = hasTasks() ? ", " + TaskConstant.add(builder, model, plan.tasks()) : "";
        builder.addMethod(constructor(more));
        Way.of(model).forEach(way -> builder.addMethod(of(way)));
        if (Way.needsSuppliers(model)) {
            builder.addMethod(of());
        }
        if (plan.isModelUsable() && !hasTasks()) {
            new Programs(model, comparison, Types.name(Runtime.COMPARISON_COMMAND))
                    .add(
                            builder,
                            "the comparison",
                            variables(),
                            types(),
                            suppliers ->
                                    CodeBlock.builder()
                                            .addStatement(
                                                    "return of($L)",
                                                    CodeBlock.join(suppliers, ",$W"))
                                            .build());
        }
        return new GeneratedFile(Emitter.file(type, builder.build()).build());
    }

    /** What is compared, as the names of variables: the model, then its forms. */
    private List<String> variables() {
        return Stream.concat(
                        Stream.of("model"),
                        plan.forms().stream()
                                .map(form -> form.network().simpleName())
                                .map(Types::asVariable))
                .toList();
    }

    /** The tags of the method that takes suppliers. */
    private List<String> suppliers() {
        List<String> variables = variables();
        List<String> tags = new ArrayList<>();
        tags.add("@param %s makes the model".formatted(variables.get(0)));
        for (int i = 1; i < variables.size(); i++) {
            String type = plan.forms().get(i - 1).network().simpleName();
            tags.add("@param %s makes a {@link %s}".formatted(variables.get(i), type));
        }
        tags.add("@return the comparison");
        return tags;
    }

    private List<ClassName> types() {
        return Stream.concat(
                        Stream.of(Types.name(model.type())),
                        plan.forms().stream().map(form -> Types.name(form.network())))
                .toList();
    }

    private boolean hasTasks() {
        return plan.tasks().isNamed();
    }

    /** Takes more arguments for the superclass, after a comma. */
    private MethodSpec constructor(String more) {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Types.supplierOfAny(Types.BLOCK), "model")
                .addParameter(
                        ParameterizedTypeName.get(
                                ClassName.get(List.class),
                                WildcardTypeName.subtypeOf(
                                        Types.name(
                                                hasTasks()
                                                        ? Runtime.TASK_HARNESS
                                                        : Runtime.HARNESS))),
                        "forms")
                .addStatement("super($S, model, forms$L)", model.name(), more)
                .build();
    }

    private MethodSpec of(Way way) {
        MethodSpec.Builder builder =
                Mirrored.of(way, model, comparison)
                        .addJavadoc(
                                Tags.of(
                                        way,
                                        model,
                                        "A comparison for {@code %s}."
                                                .formatted(way.text(model.name())),
                                        "the comparison"))
                        .returns(comparison);
        if (!plan.isModelUsable()) {
            return builder.addCode(Emitter.nothingToRun(comparison)).build();
        }
        CodeBlock harnesses =
                harnesses(
                        form ->
                                CodeBlock.of(
                                        "$T.$L($L)",
                                        Types.name(form.harness()),
                                        way.method(),
                                        way.signature().arguments()));
        CodeBlock made = way.make(Types.name(model.type()), model);
        return builder.addStatement(
                        "return new $T(\n() -> $L,\n$T.of($L))",
                        comparison,
                        made,
                        List.class,
                        harnesses)
                .build();
    }

    /** For models that are made by a builder. */
    private MethodSpec of() {
        MethodSpec.Builder builder =
                MethodSpec.methodBuilder("of")
                        .addModifiers(Modifier.STATIC)
                        .addJavadoc(
                                "$L",
                                new Javadoc(4)
                                        .paragraph(
                                                "A comparison of what the suppliers make, new ones"
                                                        + " each time, which should have the same"
                                                        + " settings.")
                                        .tags(suppliers())
                                        .toString())
                        .returns(comparison);
        if (model.isPublic()) {
            builder.addModifiers(Modifier.PUBLIC);
        }
        List<String> variables = variables();
        builder.addParameter(Types.supplierOfAny(Types.BLOCK), variables.get(0));
        for (int i = 1; i < variables.size(); i++) {
            builder.addParameter(
                    Types.supplierOf(Types.any(types().get(i), model)), variables.get(i));
        }
        if (!plan.isModelUsable()) {
            return builder.addCode(Emitter.nothingToRun(comparison)).build();
        }
        CodeBlock harnesses =
                harnesses(
                        form ->
                                CodeBlock.of(
                                        "$T.of($L)",
                                        Types.name(form.harness()),
                                        variables.get(1 + plan.forms().indexOf(form))));
        return builder.addStatement(
                        "return new $T(\n$L,\n$T.of($L))",
                        comparison,
                        variables.get(0),
                        List.class,
                        harnesses)
                .build();
    }

    /** The harnesses as arguments, one a line if there are several. */
    private CodeBlock harnesses(Function<FormPlan, CodeBlock> harness) {
        CodeBlock calls = plan.forms().stream().map(harness).collect(CodeBlock.joining(",\n"));
        return plan.forms().size() < 2
                ? calls
                : CodeBlock.builder().add("\n$>$>").add(calls).add("$<$<").build();
    }
}
