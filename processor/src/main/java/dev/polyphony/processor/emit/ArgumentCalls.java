/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.polyphony.processor.model.Constructor;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Calls that take their arguments, by name, from the runtime's {@code Arguments}. */
final class ArgumentCalls {

    private static final Map<TypeName, String> GETTERS =
            Map.of(
                    TypeName.INT,
                    "getInt",
                    TypeName.LONG,
                    "getLong",
                    TypeName.FLOAT,
                    "getFloat",
                    TypeName.DOUBLE,
                    "getDouble",
                    TypeName.BOOLEAN,
                    "getBoolean",
                    TypeName.get(String.class),
                    "getString",
                    TypeName.get(int[].class),
                    "getInts");

    /** How long arguments may be together to stand in the line of the call. */
    private static final int ONE_LINE = 50;

    private final List<Constructor> constructors;

    /** Takes the constructors whose parameters can all be given as plain values. */
    ArgumentCalls(List<Constructor> constructors) {
        Set<Set<String>> names = new HashSet<>();
        this.constructors =
                constructors.stream()
                        .filter(ArgumentCalls::isPlain)
                        .filter(constructor -> names.add(names(constructor)))
                        .sorted(
                                Comparator.comparing(
                                        (Constructor constructor) ->
                                                -constructor.parameters().size()))
                        .toList();
    }

    boolean isEmpty() {
        return constructors.isEmpty();
    }

    /** Whether one constructor is all there is, so that a single expression does. */
    boolean isSingle() {
        return constructors.size() == 1;
    }

    /** The only call, as an expression. */
    CodeBlock single(CodeBlock callee) {
        return call(callee, constructors.get(0));
    }

    /** Statements that return the call for which the arguments are there, most parameters first. */
    CodeBlock statements(CodeBlock callee) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Constructor constructor : constructors.subList(0, constructors.size() - 1)) {
            CodeBlock names =
                    constructor.parameters().stream()
                            .map(parameter -> CodeBlock.of("$S", name(parameter)))
                            .collect(CodeBlock.joining(",$W"));
            code.beginControlFlow("if (arguments.has($L))", names);
            code.addStatement("return $L", call(callee, constructor));
            code.endControlFlow();
        }
        Constructor last = constructors.get(constructors.size() - 1);
        return code.addStatement("return $L", call(callee, last)).build();
    }

    private static CodeBlock call(CodeBlock callee, Constructor constructor) {
        List<CodeBlock> arguments =
                constructor.parameters().stream()
                        .map(parameter -> argument(parameter).orElseThrow())
                        .toList();
        int length = arguments.stream().mapToInt(argument -> argument.toString().length()).sum();
        if (arguments.size() > 1 && length > ONE_LINE) {
            return CodeBlock.builder()
                    .add("$L(\n", callee)
                    .add(CodeBlock.join(arguments, ",\n"))
                    .add(")")
                    .build();
        }
        return CodeBlock.of("$L($L)", callee, CodeBlock.join(arguments, ", "));
    }

    private static Optional<CodeBlock> argument(VariableElement parameter) {
        TypeMirror type = parameter.asType();
        TypeName typeName = TypeName.get(type).withoutAnnotations();
        if (GETTERS.containsKey(typeName)) {
            return Optional.of(
                    CodeBlock.of("arguments.$L($S)", GETTERS.get(typeName), name(parameter)));
        }
        if (type instanceof DeclaredType declared
                && declared.asElement().getKind() == ElementKind.ENUM) {
            return Optional.of(
                    CodeBlock.of("arguments.getEnum($S, $T.class)", name(parameter), typeName));
        }
        return Optional.empty();
    }

    private static boolean isPlain(Constructor constructor) {
        return constructor.parameters().stream()
                .allMatch(parameter -> argument(parameter).isPresent());
    }

    private static Set<String> names(Constructor constructor) {
        return constructor.parameters().stream()
                .map(ArgumentCalls::name)
                .collect(Collectors.toSet());
    }

    private static String name(VariableElement parameter) {
        return parameter.getSimpleName().toString();
    }
}
