/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import javax.lang.model.element.Modifier;

/** Writes the harness: the recipe of the form, bound to the network's constructors. */
final class HarnessWriter {

    private final Model model;
    private final FormPlan plan;
    private final ClassName network;
    private final ClassName harness;

    HarnessWriter(Model model, FormPlan plan) {
        this.model = model;
        this.plan = plan;
        this.network = Types.name(plan.network());
        this.harness = Types.name(plan.harness());
    }

    GeneratedFile write() {
        TypeSpec.Builder type =
                Types.generated(plan.harness(), model)
                        .addJavadoc(
                                "$L",
                                new Javadoc(0)
                                        .paragraph(
                                                "Trains and evaluates {@link %s}."
                                                        .formatted(network.simpleName()))
                                        .toString())
                        .superclass(Types.name(Runtime.HARNESS))
                        .addMethod(constructor());
        for (Constructor constructor : model.constructors()) {
            type.addMethod(of(constructor));
        }
        if (!plan.isStub()) {
            Programs.add(type, model, harness, Types.name(Runtime.HARNESS_COMMAND), "the training");
        }
        return new GeneratedFile(Emitter.file(plan.harness(), type.build()).build());
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Types.supplierOf(network), "network")
                .addStatement(
                        "super($S, network, $T.of($T.FORM))",
                        plan.title(),
                        Types.name(Runtime.RECIPE),
                        network)
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
                                                "A harness for {@code new %s(%s)}."
                                                        .formatted(network.simpleName(), arguments))
                                        .toString())
                        .returns(harness);
        return plan.isStub()
                ? builder.addCode(Emitter.nothingToRun(harness)).build()
                : builder.addStatement(
                                "return new $T($L)",
                                harness,
                                CodeBlock.of("() -> new $T($L)", network, arguments))
                        .build();
    }
}
