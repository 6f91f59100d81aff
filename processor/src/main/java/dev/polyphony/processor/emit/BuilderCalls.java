/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Calls of a nested builder's setters with values, by name, from the runtime's {@code Arguments}.
 */
final class BuilderCalls {

    private static final Pattern SETTER = Pattern.compile("(?:set|opt|with)(\\p{Lu}\\w*)");

    private final Model model;
    private final EntryPoint entry;
    private final Optional<ExecutableElement> start;

    private BuilderCalls(Model model, EntryPoint entry, Optional<ExecutableElement> start) {
        this.model = model;
        this.entry = entry;
        this.start = start;
    }

    /**
     * The calls of the model's builder: of the first that builds a model without parameters.
     *
     * @return the calls; empty if there is no builder that can be made without values
     */
    static Optional<BuilderCalls> of(Model model) {
        return model.entries().stream()
                .filter(entry -> !entry.isStatic())
                .filter(entry -> entry.method().getParameters().isEmpty())
                .filter(entry -> entry.owner().getTypeParameters().isEmpty())
                .flatMap(entry -> of(model, entry).stream())
                .findFirst();
    }

    private static Optional<BuilderCalls> of(Model model, EntryPoint entry) {
        Optional<ExecutableElement> start =
                ElementFilter.methodsIn(model.element().getEnclosedElements()).stream()
                        .filter(method -> method.getModifiers().contains(Modifier.STATIC))
                        .filter(method -> isPlain(model, method))
                        .filter(method -> isOwner(method.getReturnType(), entry))
                        .findFirst();
        boolean hasConstructor =
                ElementFilter.constructorsIn(entry.owner().getEnclosedElements()).stream()
                        .anyMatch(method -> isPlain(model, method));
        return start.isPresent() || hasConstructor
                ? Optional.of(new BuilderCalls(model, entry, start))
                : Optional.empty();
    }

    private static boolean isPlain(Model model, ExecutableElement method) {
        return method.getParameters().isEmpty() && model.target().reaches(method);
    }

    private static boolean isOwner(TypeMirror type, EntryPoint entry) {
        return type instanceof DeclaredType declared
                && type.getKind() == TypeKind.DECLARED
                && declared.asElement().equals(entry.owner());
    }

    /** The name of the method that builds. */
    String build() {
        return entry.name();
    }

    /**
     * Statements that declare builders and set what the arguments have.
     *
     * @param variables the names of the builders
     * @param types the class that each builder is nested in, the model or a generated type
     */
    CodeBlock statements(List<String> variables, List<ClassName> types) {
        CodeBlock.Builder code = CodeBlock.builder();
        String builder = entry.owner().getSimpleName().toString();
        for (int i = 0; i < variables.size(); i++) {
            ClassName type = types.get(i);
            CodeBlock made =
                    start.map(method -> CodeBlock.of("$T.$L()", type, method.getSimpleName()))
                            .orElse(CodeBlock.of("new $T.$L()", type, builder));
            code.addStatement("$T.$L $L = $L", type, builder, variables.get(i), made);
        }
        for (Setter setter : setters()) {
            code.beginControlFlow("if (arguments.has($S))", setter.property());
            for (String variable : variables) {
                CodeBlock call =
                        CodeBlock.of(
                                "$L.$L($L)",
                                variable,
                                setter.method().getSimpleName(),
                                setter.value());
                code.addStatement(setter.isWith() ? CodeBlock.of("$L = $L", variable, call) : call);
            }
            code.endControlFlow();
        }
        return code.build();
    }

    private record Setter(ExecutableElement method, String property, CodeBlock value) {

        /** Builders with such names are often immutable. */
        boolean isWith() {
            return method.getSimpleName().toString().startsWith("with");
        }
    }

    private List<Setter> setters() {
        List<Setter> setters = new ArrayList<>();
        Set<String> properties = new HashSet<>();
        Renaming plain = Renaming.none(model.type(), Types.name(model.type()));
        for (BuilderMethod one : BuilderMethod.of(entry.owner())) {
            ExecutableElement method = one.element();
            Matcher name = SETTER.matcher(method.getSimpleName());
            boolean isSetter =
                    name.matches()
                            && method.getParameters().size() == 1
                            && model.target().reaches(method)
                            && !method.getModifiers().contains(Modifier.STATIC)
                            && (method.getReturnType().getKind() == TypeKind.VOID
                                    || one.in(plain)
                                            .of(method.getReturnType())
                                            .equals(ClassName.get(entry.owner())));
            if (!isSetter) {
                continue;
            }
            String property = Types.asVariable(name.group(1));
            VariableElement parameter = method.getParameters().get(0);
            ArgumentCalls.argument(parameter, property)
                    .filter(value -> properties.add(property))
                    .ifPresent(value -> setters.add(new Setter(method, property, value)));
        }
        return setters;
    }
}
