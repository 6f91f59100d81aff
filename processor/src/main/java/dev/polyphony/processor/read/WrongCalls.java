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
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
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
            Optional<TypeElement> type = types.receiver(select.getExpression());
            if (type.isPresent() && !KEYWORDS.contains(name)) {
                check(methods(type.get(), name), name, node.getArguments(), node);
            }
        } else if (node.getMethodSelect() instanceof IdentifierTree identifier) {
            String name = identifier.getName().toString();
            if (name.equals("this") || name.equals("super")) {
                delegated(name, node);
                return;
            }
            List<ExecutableElement> candidates = new ArrayList<>();
            boolean areWhole = true;
            for (TypeElement owner : scope.allClasses()) {
                candidates.addAll(methods(owner, name));
                areWhole &= types.isWhole(owner);
            }
            // what no class around has is a static import or an undefined name
            if (!candidates.isEmpty() && areWhole) {
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
        Optional<TypeElement> type = scope.innermostClass();
        if (type.isPresent() && isWholeClass(type.get())) {
            Optional<TypeElement> superclass = typer.declared(type.get().getSuperclass());
            if (superclass.isPresent()) {
                check(superclass.get(), List.of(), node);
            }
        }
    }

    private boolean isWholeClass(TypeElement type) {
        return type.getKind() == ElementKind.CLASS && types.isWhole(type);
    }

    private static boolean isConstructor(ExpressionTree method) {
        String name =
                method instanceof IdentifierTree identifier
                        ? identifier.getName().toString()
                        : ((MemberSelectTree) method).getIdentifier().toString();
        return name.equals("this") || name.equals("super");
    }

    /** The methods of a name that can be called here. */
    private List<ExecutableElement> methods(TypeElement type, String name) {
        List<ExecutableElement> all = new ArrayList<>(typer.methods(type, name));
        if (type.getKind().isInterface()) {
            all.addAll(typer.methods(object, name));
        }
        all.removeIf(this::isHidden);
        return all;
    }

    /** Whether a member is private in another file, or in another class beside this one. */
    private boolean isHidden(Element member) {
        if (!member.getModifiers().contains(Modifier.PRIVATE)) {
            return false;
        }
        Element outermost = member;
        while (outermost.getEnclosingElement() instanceof TypeElement outer) {
            outermost = outer;
        }
        Optional<TypeElement> here = scope.outermostClass();
        return here.isPresent() && !here.get().equals(outermost);
    }

    void constructed(NewClassTree node) {
        if (node.getEnclosingExpression() == null) {
            Optional<TypeElement> type = typer.named(node.getIdentifier());
            if (type.isPresent() && isWholeClass(type.get())) {
                check(type.get(), node.getArguments(), node);
            }
        }
    }

    private void check(TypeElement type, List<? extends ExpressionTree> arguments, Tree node) {
        List<ExecutableElement> constructors =
                new ArrayList<>(ElementFilter.constructorsIn(type.getEnclosedElements()));
        if (!constructors.isEmpty()) {
            constructors.removeIf(this::isHidden);
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
        Optional<TypeElement> type = types.receiver(qualifier);
        if (type.isPresent()
                && !KEYWORDS.contains(name)
                && methods(type.get(), name).isEmpty()
                && !hasMember(type.get(), name)) {
            findings.unresolved.put(source.start(node), name);
        }
    }

    /** A number has no members. */
    private void primitive(ExpressionTree qualifier, String name) {
        Optional<TypeMirror> type = types.of(qualifier);
        if (type.isPresent() && type.get().getKind().isPrimitive()) {
            findings.unresolved.put(source.start(qualifier), name);
        }
    }

    private boolean hasMember(TypeElement type, String name) {
        for (Element member : members.of(type)) {
            if (member.getSimpleName().contentEquals(name) && !isHidden(member)) {
                return true;
            }
        }
        return false;
    }

    private void check(
            List<ExecutableElement> candidates,
            String name,
            List<? extends ExpressionTree> arguments,
            Tree node) {
        if (candidates.isEmpty()) {
            findings.unresolved.put(source.start(node), name);
        } else if (!canTake(candidates, arguments)) {
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

    private boolean canTake(
            List<ExecutableElement> candidates, List<? extends ExpressionTree> arguments) {
        for (ExecutableElement candidate : candidates) {
            if (types.takes(candidate, arguments)) {
                return true;
            }
        }
        return false;
    }
}
