/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Types of expressions, as far as block-building code needs them: names, constructors and chains of
 * calls. Overloads are told apart by their number of parameters. Null stands for not known.
 */
final class Typer {

    private final Types types;
    private final AllMembers members;
    private final Imports imports;
    private final Scope scope;
    private final TypeMirror block;

    /** Types of calls: the receiver of each call in a chain is typed again and again. */
    private final Map<Tree, Optional<TypeMirror>> calls = new IdentityHashMap<>();

    private final Map<TypeElement, Boolean> blocks = new HashMap<>();
    private final Map<ExecutableElement, Boolean> sources = new HashMap<>();

    Typer(Elements elements, Types types, AllMembers members, Imports imports, Scope scope) {
        this.types = types;
        this.members = members;
        this.imports = imports;
        this.scope = scope;
        this.block = elements.getTypeElement("ai.djl.nn.Block").asType();
    }

    /** The class that an expression or type tree names; empty if it is no name of a known class. */
    Optional<TypeElement> named(Tree node) {
        if (node instanceof ParameterizedTypeTree generic) {
            return named(generic.getType());
        }
        if (node instanceof IdentifierTree identifier) {
            String name = identifier.getName().toString();
            return scope.type(name) instanceof Meaning.Type type
                    ? Optional.of(type.element())
                    : Optional.empty();
        }
        if (node instanceof MemberSelectTree select) {
            Optional<TypeElement> outer = named(select.getExpression());
            return outer.isPresent()
                    ? nested(outer.get(), select.getIdentifier())
                    : imports.qualified(select);
        }
        return Optional.empty();
    }

    private Optional<TypeElement> nested(TypeElement outer, CharSequence name) {
        for (TypeElement type : ElementFilter.typesIn(members.of(outer))) {
            if (type.getSimpleName().contentEquals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As {@link #named}, where the expression may also be a variable. */
    Optional<TypeElement> namedUnlessVariable(ExpressionTree node) {
        List<String> parts = Imports.flatten(node);
        return parts.isEmpty() || scope.variable(parts.get(0)).isPresent()
                ? Optional.empty()
                : named(node);
    }

    TypeMirror typeOf(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            return typeOf(inner.getExpression());
        }
        if (node instanceof IdentifierTree identifier) {
            Optional<Meaning.Variable> variable = scope.variable(identifier.getName().toString());
            return variable.isPresent() ? variable.get().type() : null;
        }
        if (node instanceof NewClassTree creation) {
            return erased(named(creation.getIdentifier()));
        }
        if (node instanceof TypeCastTree cast) {
            return erased(named(cast.getType()));
        }
        if (node instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof MemberSelectTree select) {
            Optional<TypeMirror> known = calls.get(call);
            if (known == null) {
                known = typeOf(call, select);
                calls.put(call, known);
            }
            return known.orElse(null);
        }
        return null;
    }

    private Optional<TypeMirror> typeOf(MethodInvocationTree call, MemberSelectTree select) {
        Optional<TypeElement> owner = receiver(select);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        String name = select.getIdentifier().toString();
        Optional<ExecutableElement> method = method(owner.get(), name, call.getArguments().size());
        return method.isPresent()
                ? Optional.of(returned(owner.get(), method.get()))
                : Optional.empty();
    }

    /** The class on which a method is called, statically or on an instance. */
    Optional<TypeElement> receiver(MemberSelectTree select) {
        Optional<TypeElement> named = namedUnlessVariable(select.getExpression());
        return named.isPresent() ? named : declared(typeOf(select.getExpression()));
    }

    /** The class of a type; empty if it is null or no class. */
    Optional<TypeElement> declared(TypeMirror type) {
        return type instanceof DeclaredType declared && type.getKind() == TypeKind.DECLARED
                ? Optional.of((TypeElement) declared.asElement())
                : Optional.empty();
    }

    /**
     * A method by its name and number of arguments, always the same one of several; -1 for any
     * number.
     */
    Optional<ExecutableElement> method(TypeElement type, String name, int arguments) {
        List<ExecutableElement> fitting = methods(type, name, arguments);
        return fitting.size() > 1
                ? fitting.stream().min(Comparator.comparing(this::parameterTypes))
                : fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(0));
    }

    /** Compilers give the members of a class in an order of their own. */
    private String parameterTypes(ExecutableElement method) {
        return method.getParameters().stream()
                .map(parameter -> types.erasure(parameter.asType()).toString())
                .collect(Collectors.joining(","));
    }

    /** All methods of a name that take a number of arguments; -1 for any number. */
    List<ExecutableElement> methods(TypeElement type, String name, int arguments) {
        List<ExecutableElement> fitting = new ArrayList<>();
        for (ExecutableElement method : methods(type, name)) {
            if (arguments < 0 || method.isVarArgs() || method.getParameters().size() == arguments) {
                fitting.add(method);
            }
        }
        return fitting;
    }

    /** Whether a method is one that all blocks have. */
    boolean isOfBlocks(ExecutableElement method) {
        return method(
                        (TypeElement) ((DeclaredType) block).asElement(),
                        method.getSimpleName().toString(),
                        method.getParameters().size())
                .isPresent();
    }

    /** All methods of a name. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        return members.methods(type, name);
    }

    /** Whether a type is the given class. */
    boolean is(TypeMirror type, TypeRef reference) {
        Optional<TypeElement> declared = declared(type);
        return declared.isPresent() && TypeRef.of(declared.get()).equals(reference);
    }

    private TypeMirror returned(TypeElement owner, ExecutableElement method) {
        // Seen from its own class, {@code T self()} of a builder gives the bound of T at least.
        TypeMirror member =
                ((ExecutableType) types.asMemberOf((DeclaredType) owner.asType(), method))
                        .getReturnType();
        return types.erasure(member);
    }

    /** The type that a variable is declared with, without type arguments. */
    TypeMirror declaredAs(Tree node) {
        return node instanceof PrimitiveTypeTree primitive
                        && primitive.getPrimitiveTypeKind() != TypeKind.VOID
                ? types.getPrimitiveType(primitive.getPrimitiveTypeKind())
                : erased(named(node));
    }

    TypeMirror erased(Optional<TypeElement> type) {
        return type.isPresent() ? types.erasure(type.get().asType()) : null;
    }

    boolean isBlock(TypeElement type) {
        Boolean isKnown = blocks.get(type);
        if (isKnown == null) {
            isKnown = types.isSubtype(types.erasure(type.asType()), block);
            blocks.put(type, isKnown);
        }
        return isKnown;
    }

    /**
     * Whether a method is declared to return a block: a type variable does not count. Some
     * compilers put types in the place of type variables, but not in the class itself.
     */
    boolean returnsBlock(ExecutableElement method) {
        return sources.computeIfAbsent(method, this::isDeclaredToReturnBlock);
    }

    private boolean isDeclaredToReturnBlock(ExecutableElement method) {
        Element owner = method.getEnclosingElement();
        for (ExecutableElement one : ElementFilter.methodsIn(owner.getEnclosedElements())) {
            if (one.getSimpleName().equals(method.getSimpleName())
                    && one.getParameters().size() == method.getParameters().size()) {
                // the compiler reads the class of a type that is asked about
                Optional<TypeElement> returned = declared(one.getReturnType());
                if (returned.isPresent() && isBlock(returned.get())) {
                    return true;
                }
            }
        }
        return false;
    }
}
