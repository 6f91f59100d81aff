/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Model;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the harness: the recipe of the form, bound to the network's constructors. */
final class HarnessWriter {

    private static final Modifier[] PUBLIC = {Modifier.PUBLIC, Modifier.STATIC};
    private static final Modifier[] PACKAGE = {Modifier.STATIC};

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
        Way.of(model).forEach(way -> type.addMethod(of(way)));
        if (Way.needsSuppliers(model)) {
            type.addMethod(of());
        }
        if (!plan.isStub()) {
            new Programs(model, harness, Types.name(Runtime.HARNESS_COMMAND))
                    .add(type, "the training", List.of("network"), List.of(network));
        }
        return new GeneratedFile(Emitter.file(plan.harness(), type.build()).build());
    }

    private MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(supplier(), "network")
                .addStatement(
                        "super($S, network, $T.of($T.FORM))",
                        plan.title(),
                        Types.name(Runtime.RECIPE),
                        network)
                .build();
    }

    /** The members of a deep ensemble can be trained in processes, which make their own. */
    private TypeName supplier() {
        TypeName made = Types.any(network, model);
        return isDeep()
                ? ParameterizedTypeName.get(Types.name(Runtime.NETWORK_SUPPLIER), made)
                : Types.supplierOf(made);
    }

    private boolean isDeep() {
        return !plan.form().isTransforming();
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
                : builder.addStatement("return new $T(() -> $L)", harness, way.make(network, model))
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
                                isDeep() ? "return new $T(network::get)" : "return new $T(network)",
                                harness)
                        .build();
    }
}
