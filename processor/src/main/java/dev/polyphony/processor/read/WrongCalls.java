/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Finds members that a class of a certain type does not have, and calls that none of its methods
 * can take. Like {@linkplain UndefinedNames undefined names} they are mistakes that the compiler
 * reports in the model, and copies of the body would repeat. What is not certain is no mistake.
 */
final class WrongCalls {

    private static final Set<String> KEYWORDS = Set.of("class", "this", "super", "new");

    private final Source source;
    private final Findings findings;
    private final AllMembers members;
    private final CertainTypes types;
    private final Typer typer;
    private final Scope scope;
    private final TypeElement object;

    WrongCalls(
            Source source,
            Findings findings,
            Elements elements,
            AllMembers members,
            CertainTypes types,
            Typer typer,
            Scope scope) {
        this.source = source;
        this.findings = findings;
        this.members = members;
        this.types = types;
        this.typer = typer;
        this.scope = scope;
        this.object = elements.getTypeElement("java.lang.Object");
    }

    void called(MethodInvocationTree node) {
        if (node.getMethodSelect() instanceof MemberSelectTree select) {
            String name = select.getIdentifier().toString();
            primitive(select.getExpression(), name);
            types.receiver(select.getExpression())
                    .filter(type -> !KEYWORDS.contains(name))
                    .ifPresent(type -> check(methods(type, name), name, node.getArguments(), node));
        } else if (node.getMethodSelect() instanceof IdentifierTree identifier) {
            String name = identifier.getName().toString();
            if (name.equals("this") || name.equals("super")) {
                delegated(name, node);
                return;
            }
            List<TypeElement> owners = scope.allClasses();
            List<ExecutableElement> candidates = new ArrayList<>();
            owners.forEach(owner -> candidates.addAll(methods(owner, name)));
            // what no class around has is a static import or an undefined name
            if (!candidates.isEmpty() && owners.stream().allMatch(types::isWhole)) {
                check(candidates, name, node.getArguments(), node);
            }
        }
    }

    /** {@code this(...)} or {@code super(...)}. */
    private void delegated(String name, MethodInvocationTree node) {
        scope.innermostClass()
                .filter(type -> type.getKind() != ElementKind.ENUM) // its superclass takes others
                .filter(types::isWhole)
                .flatMap(
                        type ->
                                name.equals("this")
                                        ? Optional.of(type)
                                        : typer.declared(type.getSuperclass()))
                .ifPresent(type -> check(type, node.getArguments(), node));
    }

    /** A constructor that calls no other calls that of the superclass without arguments. */
    void constructor(MethodTree node) {
        for (StatementTree statement : node.getBody().getStatements()) {
            if (statement instanceof ExpressionStatementTree expression
                    && expression.getExpression() instanceof MethodInvocationTree call
                    && isConstructor(call.getMethodSelect())) {
                return;
            }
        }
        scope.innermostClass()
                .filter(type -> type.getKind() == ElementKind.CLASS)
                .filter(types::isWhole)
                .flatMap(type -> typer.declared(type.getSuperclass()))
                .ifPresent(type -> check(type, List.of(), node));
    }

    private static boolean isConstructor(ExpressionTree method) {
        String name =
                method instanceof IdentifierTree identifier
                        ? identifier.getName().toString()
                        : ((MemberSelectTree) method).getIdentifier().toString();
        return name.equals("this") || name.equals("super");
    }

    private List<ExecutableElement> methods(TypeElement type, String name) {
        return type.getKind().isInterface()
                ? Stream.of(type, object).flatMap(one -> typer.methods(one, name).stream()).toList()
                : typer.methods(type, name);
    }

    void constructed(NewClassTree node) {
        if (node.getEnclosingExpression() == null) {
            typer.named(node.getIdentifier())
                    .filter(type -> type.getKind() == ElementKind.CLASS)
                    .filter(types::isWhole)
                    .ifPresent(type -> check(type, node.getArguments(), node));
        }
    }

    private void check(TypeElement type, List<? extends ExpressionTree> arguments, Tree node) {
        List<ExecutableElement> constructors =
                ElementFilter.constructorsIn(type.getEnclosedElements());
        if (!constructors.isEmpty()) {
            check(constructors, type.getSimpleName().toString(), arguments, node);
        }
    }

    void referenced(MemberReferenceTree node) {
        selected(node.getQualifierExpression(), node.getName().toString(), node);
    }

    /** A field or nested class after a dot. */
    void selected(MemberSelectTree node) {
        selected(node.getExpression(), node.getIdentifier().toString(), node);
    }

    private void selected(ExpressionTree qualifier, String name, Tree node) {
        primitive(qualifier, name);
        types.receiver(qualifier)
                .filter(type -> !KEYWORDS.contains(name))
                .filter(type -> methods(type, name).isEmpty())
                .filter(type -> members.of(type).stream().noneMatch(one -> isNamed(one, name)))
                .ifPresent(type -> findings.unresolved.put(source.start(node), name));
    }

    /** A number has no members. */
    private void primitive(ExpressionTree qualifier, String name) {
        types.of(qualifier)
                .filter(type -> type.getKind().isPrimitive())
                .ifPresent(type -> findings.unresolved.put(source.start(qualifier), name));
    }

    private static boolean isNamed(Element member, String name) {
        return member.getSimpleName().contentEquals(name);
    }

    private void check(
            List<ExecutableElement> candidates,
            String name,
            List<? extends ExpressionTree> arguments,
            Tree node) {
        if (candidates.isEmpty()) {
            findings.unresolved.put(source.start(node), name);
        } else if (candidates.stream().noneMatch(one -> types.takes(one, arguments))) {
            String given =
                    arguments.stream()
                            .map(types::of)
                            .map(type -> type.flatMap(typer::declared))
                            .map(type -> type.map(one -> one.getSimpleName().toString()))
                            .map(type -> type.orElse("..."))
                            .collect(Collectors.joining(", "));
            findings.unresolved.put(source.start(node), "%s(%s)".formatted(name, given));
        }
    }
}
