/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.method.Tasks;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the harness: the recipe of the form, bound to the network's constructors. */
final class HarnessWriter {

    private static final Modifier[] PUBLIC = {Modifier.PUBLIC, Modifier.STATIC};
    private static final Modifier[] PACKAGE = {Modifier.STATIC};

    /** The columns before a statement of a method. */
    private static final int INDENTATION = 8;

    private final Model model;
    private final FormPlan plan;
    private final Tasks tasks;
    private final ClassName network;
    private final ClassName harness;
    private final ArgumentCalls calls;

    HarnessWriter(Model model, FormPlan plan, Tasks tasks) {
        this.model = model;
        this.plan = plan;
        this.tasks = tasks;
        this.network = Types.name(plan.network());
        this.harness = Types.name(plan.harness());
        this.calls = new ArgumentCalls(model);
    }

    GeneratedFile write() {
        TypeSpec.Builder type =
                Types.generated(plan.harness(), model)
                        .addJavadoc(
                                "$L",
                                new Javadoc(0)
                                        .paragraph(
                                                "Trains and evaluates {@link %s}%s."
                                                        .formatted(network.simpleName(), inTasks()))
                                        .toString())
                        .superclass(
                                Types.name(
                                        tasks.isNamed() ? Runtime.TASK_HARNESS : Runtime.HARNESS));
        String more = tasks.isNamed() ? ", " + TaskConstant.add(type, model, tasks) : "";
        constructors(more).forEach(type::addMethod);
        Way.of(model).forEach(way -> type.addMethod(of(way)));
        if (Way.needsSuppliers(model)) {
            type.addMethod(of());
        }
        if (!plan.isStub()) {
            addProgram(type);
        }
        return new GeneratedFile(Emitter.file(plan.harness(), type.build()).build());
    }

    /** A harness of several tasks does not start from a plain model, and makes none. */
    private void addProgram(TypeSpec.Builder type) {
        boolean isOfTasks = tasks.isNamed();
        new Programs(
                        model,
                        harness,
                        Types.name(isOfTasks ? Runtime.TASK_COMMAND : Runtime.HARNESS_COMMAND))
                .add(
                        type,
                        "the training",
                        isOfTasks ? List.of("network") : List.of("network", "model"),
                        isOfTasks ? List.of(network) : List.of(network, Types.name(model.type())),
                        this::ofBuilders);
    }

    private String inTasks() {
        return tasks.isNamed() ? " in the tasks " + TaskConstant.names(tasks) : "";
    }

    /** One for networks of plain values, which model folders keep, and one for all others. */
    private List<MethodSpec> constructors(String more) {
        List<MethodSpec> constructors = new ArrayList<>();
        boolean isStub = plan.isStub();
        if (isStub
                || Way.needsSuppliers(model)
                || !Way.of(model).stream().allMatch(this::isPlain)) {
            constructors.add(constructor(more, false));
        }
        if (!isStub && Way.of(model).stream().anyMatch(this::isPlain)) {
            constructors.add(constructor(more, true));
        }
        return constructors;
    }

    private boolean isPlain(Way way) {
        return calls.take(way);
    }

    /** Takes more arguments for the superclass, after a comma. */
    private MethodSpec constructor(String more, boolean hasArguments) {
        MethodSpec.Builder builder =
                MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(supplier(), "network");
        if (hasArguments && !tasks.isNamed()) {
            builder.addParameter(modelSupplier(), "model");
        }
        if (hasArguments) {
            builder.addParameter(Types.name(Runtime.ARGUMENTS), "arguments");
        }
        String all = more + (tasks.isNamed() ? ", arguments" : ", model, arguments");
        return builder.addStatement(
                        "super($S, network, $T.of($T.FORM)$L)",
                        plan.title(),
                        Types.name(Runtime.RECIPE),
                        network,
                        hasArguments ? all : more)
                .build();
    }

    /** The members of a deep ensemble can be trained in processes, which make their own. */
    private TypeName supplier() {
        TypeName made = Types.any(network, model);
        return isInProcesses()
                ? ParameterizedTypeName.get(Types.name(Runtime.NETWORK_SUPPLIER), made)
                : Types.supplierOf(made);
    }

    /** Those of a vectorized one are trained there as what they are made of. */
    private TypeName modelSupplier() {
        return plan.form().isVectorized() && !tasks.isNamed()
                ? ParameterizedTypeName.get(
                        Types.name(Runtime.NETWORK_SUPPLIER),
                        WildcardTypeName.subtypeOf(Types.BLOCK))
                : Types.supplierOfAny(Types.BLOCK);
    }

    private boolean isInProcesses() {
        return !plan.form().isTransforming() && !tasks.isNamed();
    }

    private MethodSpec of(Way way) {
        MethodSpec.Builder builder =
                Mirrored.of(way, model, harness)
                        .addJavadoc(
                                Tags.of(
                                        way,
                                        model,
                                        "A harness for {@code %s}."
                                                .formatted(way.text(network.simpleName())),
                                        "the harness"))
                        .returns(harness);
        return plan.isStub()
                ? builder.addCode(Emitter.nothingToRun(harness)).build()
                : builder.addStatement(made(way)).build();
    }

    private CodeBlock made(Way way) {
        CodeBlock network = way.make(this.network, model);
        ClassName plain = Types.name(model.type());
        if (!isPlain(way)) {
            return CodeBlock.of("return new $T(() -> $L)", harness, network);
        }
        CodeBlock arguments =
                way.signature().parameters().stream()
                        .map(one -> CodeBlock.of("$S, $L", one.getSimpleName(), one))
                        .collect(CodeBlock.joining(", "));
        List<CodeBlock> given = new ArrayList<>();
        given.add(CodeBlock.of("() -> $L", network));
        if (!tasks.isNamed()) {
            given.add(CodeBlock.of("() -> $L", way.make(plain, model)));
        }
        given.add(CodeBlock.of("$T.of($L)", Types.name(Runtime.ARGUMENTS), arguments));
        return CodeBlock.of(
                "return $L",
                ArgumentCalls.returned(CodeBlock.of("new $T", harness), given, INDENTATION));
    }

    /** Tells the harness how the plain model is made, too, if it wants to know. */
    private CodeBlock ofBuilders(List<CodeBlock> suppliers) {
        if (tasks.isNamed()) {
            return CodeBlock.builder().addStatement("return of($L)", suppliers.get(0)).build();
        }
        return CodeBlock.builder()
                .addStatement("$T harness = of($L)", harness, suppliers.get(0))
                .addStatement("harness.optPlainModel($L)", suppliers.get(1))
                .addStatement("return harness")
                .build();
    }

    /** For networks that are made by a builder. */
    private MethodSpec of() {
        MethodSpec.Builder builder =
                MethodSpec.methodBuilder("of")
                        .addModifiers(model.isPublic() ? PUBLIC : PACKAGE)
                        .addJavadoc(
                                "$L",
                                new Javadoc(4)
                                        .paragraph(
                                                "A harness for the networks that a supplier makes,"
                                                        + " a new one each time.")
                                        .tags(
                                                List.of(
                                                        "@param network makes a network",
                                                        "@return the harness"))
                                        .toString())
                        .addParameter(Types.supplierOf(Types.any(network, model)), "network")
                        .returns(harness);
        return plan.isStub()
                ? builder.addCode(Emitter.nothingToRun(harness)).build()
                : builder.addStatement(
                                isInProcesses()
                                        ? "return new $T(network::get)"
                                        : "return new $T(network)",
                                harness)
                        .build();
    }
}
