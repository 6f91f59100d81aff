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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.VariableElement;

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
        List<Way> all = new ArrayList<>();
        for (Constructor constructor : model.constructors()) {
            all.add(new Way(constructor, Optional.empty()));
        }
        for (EntryPoint entry : model.entries()) {
            if (entry.isStatic()) {
                all.add(new Way(entry.signature(), Optional.of(entry.name())));
            } else {
                own.add(TypeRef.of(entry.owner()));
            }
        }
        List<Way> ways = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Way way : all) {
            if (!way.takes(own) && taken.add(way.method() + way.parameters())) {
                ways.add(way);
            }
        }
        return List.copyOf(ways);
    }

    private List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        for (VariableElement parameter : signature.parameters()) {
            TypeName type = TypeName.get(parameter.asType()).withoutAnnotations();
            parameters.add(
                    type instanceof ParameterizedTypeName generic
                            ? generic.rawType().toString()
                            : type.toString());
        }
        return parameters;
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
