/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                    "getInts",
                    ClassName.get("ai.djl.ndarray.types", "Shape"),
                    "getShape");

    private static final int COLUMNS = 100;
    private static final int CONTINUATION = 8;

    private final List<Constructor> constructors;

    private final Optional<String> entry;

    /**
     * Takes the constructors whose parameters can all be given as plain values; if there are none,
     * the static entry points of one name.
     */
    ArgumentCalls(Model model) {
        List<Constructor> plain = plain(model.constructors());
        this.entry =
                plain.isEmpty()
                        ? staticEntries(model)
                                .filter(one -> isPlain(one.constructor()))
                                .findFirst()
                                .map(StaticEntry::name)
                        : Optional.empty();
        this.constructors =
                entry.isEmpty()
                        ? plain
                        : plain(
                                staticEntries(model)
                                        .filter(one -> one.name().equals(entry.get()))
                                        .map(StaticEntry::constructor)
                                        .toList());
    }

    private record StaticEntry(String name, Constructor constructor) {}

    private static Stream<StaticEntry> staticEntries(Model model) {
        return model.entries().stream()
                .filter(EntryPoint::isStatic)
                .map(one -> new StaticEntry(one.name(), one.signature()));
    }

    private static List<Constructor> plain(List<Constructor> constructors) {
        Set<Set<String>> names = new HashSet<>();
        return constructors.stream()
                .filter(ArgumentCalls::isPlain)
                .filter(constructor -> names.add(names(constructor)))
                .sorted(
                        Comparator.comparing(
                                (Constructor constructor) -> -constructor.parameters().size()))
                .toList();
    }

    /**
     * What is called.
     *
     * @param type the class that has the constructors or the entry points; null for this one
     * @param constructor the call of a constructor
     */
    CodeBlock callee(ClassName type, CodeBlock constructor) {
        return entry.map(
                        name ->
                                type == null
                                        ? CodeBlock.of("$L", name)
                                        : CodeBlock.of("$T.$L", type, name))
                .orElse(constructor);
    }

    boolean isEmpty() {
        return constructors.isEmpty();
    }

    /** Whether these calls make what a way makes, of values with the names of its parameters. */
    boolean take(Way way) {
        return entry.equals(way.entry()) && constructors.contains(way.signature());
    }

    /** Whether one constructor is all there is, so that a single expression does. */
    boolean isSingle() {
        return constructors.size() == 1;
    }

    /**
     * Statements that return the call for which the arguments are there, most parameters first.
     *
     * @param indentation the columns before the statements
     */
    CodeBlock statements(CodeBlock callee, int indentation) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (Constructor constructor : constructors.subList(0, constructors.size() - 1)) {
            CodeBlock names =
                    constructor.parameters().stream()
                            .map(parameter -> CodeBlock.of("$S", name(parameter)))
                            .collect(CodeBlock.joining(",$W"));
            code.beginControlFlow("if (arguments.has($L))", names);
            code.addStatement("return $L", returned(callee, constructor, indentation + 4));
            code.endControlFlow();
        }
        Constructor last = constructors.get(constructors.size() - 1);
        return code.addStatement("return $L", returned(callee, last, indentation)).build();
    }

    private static CodeBlock call(CodeBlock callee, Constructor constructor) {
        return CodeBlock.of("$L($L)", callee, CodeBlock.join(arguments(constructor), ", "));
    }

    private static List<CodeBlock> arguments(Constructor constructor) {
        return constructor.parameters().stream()
                .map(parameter -> argument(parameter).orElseThrow())
                .toList();
    }

    private static CodeBlock returned(CodeBlock callee, Constructor constructor, int indentation) {
        return returned(callee, arguments(constructor), indentation);
    }

    /**
     * A call to return, its arguments in the same line, in the next, or in one each, as it fits.
     *
     * @param callee what is called
     * @param arguments the arguments
     * @param indentation the columns before the statement
     */
    static CodeBlock returned(CodeBlock callee, List<CodeBlock> arguments, int indentation) {
        CodeBlock call = CodeBlock.of("$L($L)", callee, CodeBlock.join(arguments, ", "));
        if (indentation + "return ".length() + columns(call) + 1 <= COLUMNS) {
            return call;
        }
        return CodeBlock.of("$L(\n$L)", callee, lines(arguments, indentation + CONTINUATION, 2));
    }

    /** The arguments in one line if they fit there with what follows, else one a line. */
    private static CodeBlock lines(List<CodeBlock> arguments, int indentation, int after) {
        CodeBlock line = CodeBlock.join(arguments, ", ");
        return indentation + columns(line) + after <= COLUMNS
                ? line
                : CodeBlock.join(arguments, ",\n");
    }

    /**
     * A statement's call that gets a function from arguments to the only call.
     *
     * @param method the method to call
     * @param indentation the columns before the statement
     */
    CodeBlock handedTo(CodeBlock method, CodeBlock callee, int indentation) {
        Constructor constructor = constructors.get(0);
        CodeBlock call = call(callee, constructor);
        CodeBlock both = CodeBlock.of("args, arguments -> $L", call);
        int columns = indentation + columns(both) + 2;
        if (columns + columns(method) + 1 <= COLUMNS) {
            return CodeBlock.of("$L($L)", method, both);
        }
        if (columns + CONTINUATION <= COLUMNS) {
            return CodeBlock.of("$L(\n$L)", method, both);
        }
        int function = indentation + 2 * CONTINUATION;
        if (function + columns(call) + 2 <= COLUMNS) {
            return CodeBlock.of("$L(\nargs,\narguments ->\n$>$>$L$<$<)", method, call);
        }
        return CodeBlock.of(
                "$L(\nargs,\narguments ->\n$>$>$L(\n$>$>$L$<$<$<$<))",
                method,
                callee,
                lines(arguments(constructor), function + CONTINUATION, 3));
    }

    /** How long code is when its classes are imported. */
    private static int columns(CodeBlock code) {
        return code.toString().replaceAll("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])", "").length();
    }

    private static Optional<CodeBlock> argument(VariableElement parameter) {
        return argument(parameter, name(parameter));
    }

    /** The value of a parameter, by the given name; empty if it cannot be given as text. */
    static Optional<CodeBlock> argument(VariableElement parameter, String name) {
        TypeMirror type = parameter.asType();
        TypeName typeName = TypeName.get(type).withoutAnnotations();
        if (GETTERS.containsKey(typeName)) {
            return Optional.of(CodeBlock.of("arguments.$L($S)", GETTERS.get(typeName), name));
        }
        if (type instanceof DeclaredType declared
                && declared.asElement().getKind() == ElementKind.ENUM) {
            return Optional.of(CodeBlock.of("arguments.getEnum($S, $T.class)", name, typeName));
        }
        return Optional.empty();
    }

    private static boolean isPlain(Constructor constructor) {
        return constructor.parameters().stream().allMatch(ArgumentCalls::isPlain);
    }

    /** Whether a parameter can be given as text. */
    static boolean isPlain(VariableElement parameter) {
        return argument(parameter).isPresent();
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
