/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import dev.polyphony.processor.model.TypeRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.lang.model.type.TypeMirror;

/**
 * Types of the model as generated code has them: nested types that it has itself stand for those of
 * the model and of its file.
 *
 * @param model the model
 * @param ensemble the generated type
 * @param nested the nested types that the generated type has itself
 * @param variables what type variables stand for
 */
record Renaming(
        TypeRef model,
        ClassName ensemble,
        Collection<TypeRef> nested,
        Map<String, TypeName> variables) {

    Renaming(TypeRef model, ClassName ensemble, Collection<TypeRef> nested) {
        this(model, ensemble, nested, Map.of());
    }

    /** The types as they are. */
    static Renaming none(TypeRef model, ClassName ensemble) {
        return new Renaming(model, ensemble, List.of());
    }

    /** The same with other type variables. */
    Renaming with(Map<String, TypeName> others) {
        return new Renaming(model, ensemble, nested, others);
    }

    TypeName of(TypeMirror type) {
        return of(TypeName.get(type));
    }

    /** Whether something of a type is the generated type's own. */
    boolean changes(TypeMirror type) {
        return !of(type).equals(TypeName.get(type));
    }

    private TypeName of(TypeName type) {
        TypeName plain = renamed(type.withoutAnnotations());
        return type.isAnnotated() ? plain.annotated(type.annotations()) : plain;
    }

    private TypeName renamed(TypeName type) {
        if (type instanceof ClassName name) {
            return renamed(name);
        } else if (type instanceof ArrayTypeName array) {
            return ArrayTypeName.of(of(array.componentType()));
        } else if (type instanceof ParameterizedTypeName generic) {
            TypeName[] arguments =
                    generic.typeArguments().stream().map(this::of).toArray(TypeName[]::new);
            return ParameterizedTypeName.get(renamed(generic.rawType()), arguments);
        } else if (type instanceof WildcardTypeName wildcard) {
            return wildcard.lowerBounds().isEmpty()
                    ? WildcardTypeName.subtypeOf(of(wildcard.upperBounds().get(0)))
                    : WildcardTypeName.supertypeOf(of(wildcard.lowerBounds().get(0)));
        }
        return type instanceof TypeVariableName variable && variables.containsKey(variable.name())
                ? with(Map.of()).of(variables.get(variable.name()))
                : type;
    }

    private ClassName renamed(ClassName name) {
        TypeRef reference = new TypeRef(name.packageName(), name.simpleNames());
        if (nested.stream().noneMatch(one -> one.isAround(reference))) {
            return name;
        }
        ClassName result = ensemble;
        int first = reference.outermost().equals(model) ? 1 : 0;
        for (String part : reference.names().subList(first, reference.names().size())) {
            result = result.nestedClass(part);
        }
        return result;
    }
}
