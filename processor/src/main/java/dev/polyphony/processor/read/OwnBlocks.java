/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.Signature;
import dev.polyphony.processor.model.TypeRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Recognises how a body makes and uses blocks that have parameters of their own: where members have
 * one each, what stands for them is a block and no more.
 */
final class OwnBlocks {

    /** Methods of blocks that give their parts: the members' are none of the class's own. */
    private static final Set<String> PARTS =
            Set.of("getParameters", "getDirectParameters", "getChildren");

    private static final String CALL = "Call the constructor, in a lambda if need be.";

    private final Source source;
    private final Findings findings;
    private final Typer typer;
    private final OwnParameters parameters;
    private final Repeatable repeatable;

    OwnBlocks(
            Source source, Findings findings, Typer typer, Scope scope, OwnParameters parameters) {
        this.source = source;
        this.findings = findings;
        this.typer = typer;
        this.parameters = parameters;
        repeatable = new Repeatable(source, typer, scope);
    }

    /** A parameter is added to a block of a class; none if the class is a local one. */
    void added(Tree node, Optional<TypeElement> type) {
        String name = type.map(one -> one.getSimpleName().toString()).orElse("This block");
        String obstacle = type.map(parameters::obstacle).orElse("it is no static class");
        findings.add(node, new Fact.OwnParameter(name, obstacle, source.place(node)));
    }

    /** {@code new Scale(..)}. */
    void constructed(NewClassTree node) {
        Optional<TypeElement> type =
                typer.named(node.getIdentifier()).filter(one -> isUse(one, node));
        if (type.isPresent() && node.getClassBody() != null) {
            refuse(node, type.get(), "an anonymous class that extends it is none", CALL);
        } else if (type.isPresent()) {
            int start = source.start(node);
            findings.replace(start, start + "new".length(), new Piece.OwnStart(null));
            TypeRef made = TypeRef.of(type.get());
            findings.replace(node.getIdentifier(), new Piece.TypeUse(made));
            made(node, type.get(), node.getArguments());
        }
    }

    /** {@code Scale.of(..)}, where that gives a block of the class. */
    void called(MethodInvocationTree node, MemberSelectTree select) {
        ExpressionTree qualifier = select.getExpression();
        typer.namedUnlessVariable(qualifier)
                .filter(type -> isUse(type, node))
                .filter(type -> gives(type, select.getIdentifier().toString()))
                .ifPresent(
                        type -> {
                            findings.replace(qualifier, new Piece.OwnStart(TypeRef.of(type)));
                            made(node, type, node.getArguments());
                        });
    }

    private boolean gives(TypeElement type, String method) {
        return typer.methods(type, method).stream()
                .anyMatch(one -> isStatic(one) && typer.is(one.getReturnType(), TypeRef.of(type)));
    }

    private void made(Tree node, TypeElement type, List<? extends ExpressionTree> arguments) {
        int end = source.end(node);
        findings.replace(end - 1, end, new Piece.OwnEnd());
        for (ExpressionTree argument : arguments) {
            if (!repeatable.test(argument)) {
                refuse(
                        argument,
                        type,
                        "'%s' may be another value for each".formatted(source.slice(argument)),
                        "Put the value into a variable of its own that never changes, and make the"
                                + " block of that.");
            }
        }
    }

    /** {@code Scale::new}, or a reference to a method; true if nothing of it is left to look at. */
    boolean referenced(MemberReferenceTree node, TypeElement type) {
        if (!isUse(type, node)) {
            return false;
        }
        if (node.getMode() != MemberReferenceTree.ReferenceMode.NEW) {
            String name = node.getName().toString();
            boolean isOfAll = !gives(type, name) && isOfAll(type, type, name);
            if (!isOfAll) {
                refuseMember(node, type, name);
            }
            return false;
        }
        List<ExecutableElement> constructors =
                ElementFilter.constructorsIn(type.getEnclosedElements());
        if (constructors.size() == 1 && constructors.get(0).getParameters().isEmpty()) {
            findings.replace(node, new Piece.OwnReference(TypeRef.of(type)));
            findings.mentions.put(source.start(node), TypeRef.of(type));
        } else {
            refuse(node, type, "'%s' makes only one".formatted(source.slice(node)), CALL);
        }
        return true;
    }

    /** A member of a class, or of one nested in it, is selected. */
    void selected(Tree node, String name, TypeElement owner, boolean isCall) {
        Optional<TypeElement> type = parameters.around(owner).filter(one -> isUse(one, node));
        if (type.isEmpty()) {
            return;
        }
        boolean isOwn = type.get().equals(owner);
        boolean isOfAll =
                isCall ? isOfAll(type.get(), owner, name) : !isOwn || isConstant(owner, name);
        if (isOwn && !isOfAll) {
            refuseMember(node, type.get(), name);
        } else if (!isOfAll) {
            refuse(node, type.get(), "'%s' makes only one".formatted(name), CALL);
        }
    }

    private void refuseMember(Tree node, TypeElement type, String name) {
        refuse(
                node,
                type,
                "'%s' is a member of one of them".formatted(name),
                "Call what any block does as a whole, as forward, and let the block do the rest"
                        + " itself.");
    }

    /**
     * Whether a call neither takes nor gives a block of the class, or a part of one, or makes one
     * for each.
     */
    private boolean isOfAll(TypeElement type, TypeElement owner, String name) {
        boolean isOwn = type.equals(owner);
        TypeRef own = TypeRef.of(type);
        for (ExecutableElement method : typer.methods(owner, name)) {
            boolean takes =
                    Signature.of(method).types().stream()
                            .anyMatch(one -> TypeRef.of(one).equals(own));
            boolean isPlain =
                    isOwn
                            ? isStatic(method) || typer.isOfBlocks(method)
                            : !typer.is(method.getReturnType(), own);
            if (takes || !isPlain || isOwn && PARTS.contains(name)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isConstant(TypeElement owner, String name) {
        Stream<? extends Element> fields =
                owner.getEnclosedElements().stream()
                        .filter(member -> member.getKind() != ElementKind.METHOD);
        return fields.filter(member -> member.getSimpleName().contentEquals(name))
                .allMatch(OwnBlocks::isStatic);
    }

    private static boolean isStatic(Element member) {
        return member.getModifiers().contains(Modifier.STATIC)
                || member.getKind().isClass()
                || member.getKind().isInterface();
    }

    private boolean isUse(TypeElement type, Tree node) {
        return parameters.areApart(type) && !parameters.isInside(type, source.start(node));
    }

    private void refuse(Tree node, TypeElement type, String obstacle, String wayOut) {
        String block = type.getSimpleName().toString();
        findings.add(node, new Fact.OwnBlockUse(block, obstacle, wayOut, source.place(node)));
    }
}
