/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.Layer;
import dev.polyphony.processor.method.Plan.FormPlan;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/** Writes the network: the model's constructors around a copy of its body. */
final class NetworkWriter {

    private static final String FORM = "FORM";
    private static final int COLUMNS = 100;
    private static final int CONTINUATION = 12;

    private final Model model;
    private final FormPlan plan;
    private final ClassName network;

    NetworkWriter(Model model, FormPlan plan) {
        this.model = model;
        this.plan = plan;
        this.network = Types.name(plan.network());
    }

    GeneratedFile write() {
        Optional<Body> body =
                model.body().filter(any -> !plan.isStub() && plan.form().isTransforming());
        String copy = body.map(this::copyName).orElse("");
        TypeSpec.Builder type =
                Types.generated(plan.network(), model)
                        .addJavadoc("$L", new NetworkDoc(model, plan.form()).text())
                        .addTypeVariables(Types.variables(model))
                        .superclass(Types.name(Runtime.ENSEMBLE))
                        .addField(form());
        Renaming renaming =
                new Renaming(
                        model.type(),
                        network,
                        body.filter(Body::isSplit).map(Body::copied).orElse(Set.of()));
        for (Constructor constructor : model.constructors()) {
            type.addMethod(constructor(constructor, copy, renaming));
        }
        if (!model.entries().isEmpty()) {
            addEntries(type, body);
        }
        if (plan.isStub()) {
            type.addMethod(missing());
        }
        body.ifPresent(code -> addBody(type, code, copy));
        Factory.add(type, model, plan);
        body.ifPresent(code -> type.alwaysQualify(notImported(code)));
        return new GeneratedFile(file(type.build(), body));
    }

    /** What entry points need: in a copy of the body a constructor, else all of them. */
    private void addEntries(TypeSpec.Builder type, Optional<Body> body) {
        if (body.isPresent()) {
            type.addMethod(wrapper(Types.BLOCK, "network"));
            return;
        }
        if (!plan.isStub()) {
            type.addMethod(wrapper(Types.supplierOfAny(Types.BLOCK), "model"));
        } else if (model.constructors().isEmpty()) {
            type.addMethod(
                    MethodSpec.constructorBuilder()
                            .addModifiers(Modifier.PRIVATE)
                            .addStatement("super($L, missing())", FORM)
                            .build());
        }
        CodeBlock missing =
                CodeBlock.of("throw new $T($S)", UnsupportedOperationException.class, stub());
        new Facade(
                        model,
                        network,
                        supplier ->
                                plan.isStub()
                                        ? missing
                                        : CodeBlock.of("return new $T($L)", network, supplier))
                .addTo(type);
    }

    private static MethodSpec wrapper(TypeName type, String parameter) {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(type, parameter)
                .addStatement("super($L, $L)", FORM, parameter)
                .build();
    }

    private void addBody(TypeSpec.Builder type, Body body, String copy) {
        String form = form(body.variables().contains(FORM));
        BodyCode code =
                new BodyCode(
                        model, body, network.simpleName(), copy, plan.form(), form, plan.parts());
        if (body.isSplit()) {
            GeneratedFile.addMethods(type, code.statics());
        }
        if (!body.beside().pieces().isEmpty()) {
            GeneratedFile.addMethods(type, code.beside());
        }
        if (!body.pieces().isEmpty()) {
            type.addType(copy(code, copy, new Renaming(model.type(), network, body.copied())));
        }
    }

    /** Names that mean something else in the body: its own types, and variables like our types. */
    private String[] notImported(Body body) {
        Stream<String> ours =
                Stream.concat(
                        Stream.of(model.name(), Runtime.BLOCK.simpleName()),
                        Stream.of(Layer.values()).map(layer -> layer.getTwin().simpleName()));
        return Stream.concat(body.plainNames().stream(), ours.filter(body.variables()::contains))
                .toArray(String[]::new);
    }

    private JavaFile file(TypeSpec type, Optional<Body> body) {
        JavaFile.Builder file = Emitter.file(plan.network(), type);
        body.stream()
                .flatMap(code -> code.staticImports().stream())
                .forEach(one -> file.addStaticImport(Types.name(one.type()), one.member()));
        return file.build();
    }

    /** A name for the nested class that no type in the body has. */
    private String copyName(Body body) {
        return Stream.of("Network", "Copy", model.name() + "Network")
                .filter(name -> !body.plainNames().contains(name))
                .filter(name -> !body.variables().contains(name))
                .findFirst()
                .orElse(model.name() + "Copy");
    }

    private FieldSpec form() {
        ClassName type = Types.name(plan.form().method().getFormType());
        List<CodeBlock> calls = new ArrayList<>();
        calls.add(CodeBlock.of("$T.of($L)", type, plan.form().members()));
        for (Form.Setting setting : plan.form().settings()) {
            CodeBlock value =
                    setting.value() instanceof Form.EnumValue constant
                            ? CodeBlock.of("$T.$L", Types.name(constant.type()), constant)
                            : CodeBlock.of("$L", setting.value());
            calls.add(CodeBlock.of("$L($L)", setting.name(), value));
        }
        return FieldSpec.builder(type, FORM, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "The form and its settings, as annotated on {@link $L}.",
                        TypeRef.of(model.target().holder()).localName())
                .initializer(chain(type, calls))
                .build();
    }

    /** A chain of calls: in one line, on a line of its own, or one call a line, as it fits. */
    private CodeBlock chain(ClassName type, List<CodeBlock> calls) {
        int length =
                plan.form().settings().stream()
                        .mapToInt(setting -> setting.name().length() + 3 + printedLength(setting))
                        .reduce(type.simpleName().length() + ".of(nn);".length(), Integer::sum);
        int declaration = "    public static final  FORM = ".length() + type.simpleName().length();
        if (declaration + length <= COLUMNS) {
            return CodeBlock.join(calls, ".");
        }
        String separator = CONTINUATION + length <= COLUMNS ? "." : "\n$>$>.$<$<";
        CodeBlock.Builder code = CodeBlock.builder().add("\n$>$>");
        for (int i = 0; i < calls.size(); i++) {
            code.add(i == 0 ? "" : separator).add(calls.get(i));
        }
        return code.add("$<$<").build();
    }

    private static int printedLength(Form.Setting setting) {
        return setting.value() instanceof Form.EnumValue constant
                ? constant.type().localName().length() + 1 + constant.constant().length()
                : setting.value().toString().length();
    }

    private MethodSpec constructor(Constructor constructor, String copy, Renaming renaming) {
        String arguments = constructor.arguments();
        MethodSpec.Builder builder =
                Mirrored.constructor(constructor, renaming).addJavadoc(documentation(constructor));
        return builder.addStatement(
                        "super($L, $L)", form(isHidden(constructor)), source(copy, arguments))
                .build();
    }

    private CodeBlock documentation(Constructor constructor) {
        if (!constructor.documentation().isEmpty()) {
            return new Links(model.element()).rewrite(constructor);
        }
        String text =
                "Creates {@code new %s(%s)} as an ensemble."
                        .formatted(model.name(), constructor.arguments());
        return CodeBlock.of("$L", new Javadoc(4).paragraph(text).toString());
    }

    private static boolean isHidden(Constructor constructor) {
        return constructor.parameters().stream()
                .anyMatch(parameter -> parameter.getSimpleName().contentEquals(FORM));
    }

    /** The expression of the form where it may be hidden by a variable of the user's. */
    private String form(boolean isHidden) {
        boolean isNetworkHidden =
                model.body().map(Body::variables).orElse(Set.of()).contains(network.simpleName());
        String qualifier = isNetworkHidden ? network.canonicalName() : network.simpleName();
        return isHidden ? qualifier + "." + FORM : FORM;
    }

    /** What the ensemble is made of: the copy, or for a deep ensemble the models themselves. */
    private CodeBlock source(String copy, String arguments) {
        CodeBlock block =
                plan.isStub()
                        ? CodeBlock.of("missing()")
                        : CodeBlock.of("$L($L)", creation(copy), arguments);
        return isDeep() ? CodeBlock.of("() -> $L", block) : block;
    }

    private CodeBlock creation(String copy) {
        ClassName made = isDeep() ? Types.name(model.type()) : network.nestedClass(copy);
        return Types.creation(made, model);
    }

    private boolean isDeep() {
        return !plan.form().isTransforming();
    }

    private MethodSpec missing() {
        return MethodSpec.methodBuilder("missing")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(Types.BLOCK)
                .addStatement("throw new $T($S)", UnsupportedOperationException.class, stub())
                .build();
    }

    private String stub() {
        return network.simpleName() + " was not generated: see the compiler's messages";
    }

    private TypeSpec copy(BodyCode code, String name, Renaming renaming) {
        TypeSpec.Builder type =
                TypeSpec.classBuilder(name)
                        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .addTypeVariables(Types.variables(model))
                        .superclass(TypeName.get(model.element().getSuperclass()));
        for (TypeMirror implemented : model.element().getInterfaces()) {
            type.addSuperinterface(renaming.of(implemented));
        }
        GeneratedFile.addMembers(type, code.network());
        return type.build();
    }
}
