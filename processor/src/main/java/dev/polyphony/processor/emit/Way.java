/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.EntryPoint;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A way to make the model and its ensembles with the same arguments: a constructor or a static
 * entry point.
 *
 * @param signature the constructor, or the entry point as if it were one
 * @param entry the name of the entry point; empty for a constructor
 */
record Way(Constructor signature, Optional<String> entry) {

    /**
     * All ways that take no type of which the ensembles have copies of their own. A constructor
     * comes before a static method {@code of} with the same parameters.
     */
    static List<Way> of(Model model) {
        Set<TypeRef> own = new HashSet<>();
        model.body().filter(body -> body.isSplit()).ifPresent(body -> own.addAll(body.copied()));
        model.entries().stream()
                .filter(entry -> !entry.isStatic())
                .forEach(entry -> own.add(TypeRef.of(entry.owner())));
        Set<String> taken = new HashSet<>();
        return Stream.concat(
                        model.constructors().stream()
                                .map(constructor -> new Way(constructor, Optional.empty())),
                        model.entries().stream()
                                .filter(EntryPoint::isStatic)
                                .map(
                                        entry ->
                                                new Way(
                                                        new Constructor(
                                                                Optional.of(entry.method()), ""),
                                                        Optional.of(entry.name()))))
                .filter(way -> !way.takes(own))
                .filter(way -> taken.add(way.method() + way.parameters()))
                .toList();
    }

    private List<String> parameters() {
        return signature.parameters().stream()
                .map(parameter -> TypeName.get(parameter.asType()).withoutAnnotations())
                .map(
                        type ->
                                type instanceof ParameterizedTypeName generic
                                        ? generic.rawType().toString()
                                        : type.toString())
                .toList();
    }

    /** Whether some ways are not the same for the model and its ensembles, as by a builder. */
    static boolean needsSuppliers(Model model) {
        return of(model).size() < model.constructors().size() + model.entries().size();
    }

    private boolean takes(Set<TypeRef> types) {
        return signature.element().stream()
                .flatMap(element -> Signature.of(element).types().stream())
                .map(TypeRef::of)
                .anyMatch(type -> types.stream().anyMatch(own -> own.isAround(type)));
    }

    /** The name of the method that takes this way in harnesses and comparisons. */
    String method() {
        return entry.orElse("of");
    }

    /** The expression that makes something of a type. */
    CodeBlock make(ClassName type, Model model) {
        String arguments = signature.arguments();
        return entry.map(name -> CodeBlock.of("$T.$L($L)", type, name, arguments))
                .orElse(CodeBlock.of("$L($L)", Types.creation(type, model), arguments));
    }

    /** The expression for readers. */
    String text(String type) {
        String arguments = signature.arguments();
        return entry.map(name -> "%s.%s(%s)".formatted(type, name, arguments))
                .orElse("new %s(%s)".formatted(type, arguments));
    }
}
