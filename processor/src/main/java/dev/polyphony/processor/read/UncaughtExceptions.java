/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds checked exceptions that are certainly thrown, and neither caught nor declared. */
final class UncaughtExceptions {

    private final Findings findings;
    private final Types types;
    private final Typer typer;
    private final CertainTypes certain;
    private final TypeMirror throwable;
    private final List<TypeMirror> unchecked;

    /** What is handled at a point; null in the place of a type that may be any. */
    private final Deque<List<TypeMirror>> handled = new ArrayDeque<>();

    UncaughtExceptions(
            Findings findings, Elements elements, Types types, Typer typer, CertainTypes certain) {
        this.findings = findings;
        this.types = types;
        this.typer = typer;
        this.certain = certain;
        this.throwable = elements.getTypeElement("java.lang.Throwable").asType();
        this.unchecked =
                List.of(
                        elements.getTypeElement("java.lang.RuntimeException").asType(),
                        elements.getTypeElement("java.lang.Error").asType());
    }

    /** Enters code from which exceptions of these types go out. */
    void enter(List<? extends ExpressionTree> declared) {
        handled.push(mirrors(declared));
    }

    /** Enters code of which it is not known what goes out. */
    void enterUnknown() {
        handled.push(Collections.singletonList(null));
    }

    /** Enters the block of a {@code try}. */
    void enter(TryTree node) {
        List<TypeMirror> all = new ArrayList<>(handled.element());
        for (CatchTree one : node.getCatches()) {
            Tree type = one.getParameter().getType();
            all.addAll(
                    mirrors(
                            type instanceof UnionTypeTree union
                                    ? union.getTypeAlternatives()
                                    : List.of(type)));
        }
        handled.push(all);
    }

    void leave() {
        handled.pop();
    }

    private List<TypeMirror> mirrors(List<? extends Tree> declared) {
        List<TypeMirror> all = new ArrayList<>();
        for (Tree one : declared) {
            Optional<TypeElement> type = typer.named(one).filter(certain::isWhole);
            all.add(typer.erased(type));
        }
        return all;
    }

    /** {@code throw} of a value; of what a {@code catch} caught it depends on the block. */
    void thrown(ExpressionTree value) {
        if (value instanceof IdentifierTree || value instanceof ParenthesizedTree) {
            return;
        }
        certain.of(value)
                .filter(type -> typer.declared(type).filter(certain::isWhole).isPresent())
                .filter(this::isUncaught)
                .ifPresent(type -> findings.mistake(value));
    }

    /** A call of one of several methods or constructors. */
    void called(List<ExecutableElement> candidates, Tree node) {
        if (candidates.isEmpty()) {
            return;
        }
        for (ExecutableElement one : candidates) {
            if (one.getThrownTypes().stream().noneMatch(this::isUncaught)) {
                return;
            }
        }
        findings.mistake(node);
    }

    private boolean isUncaught(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED
                || !types.isSubtype(type, throwable)
                || unchecked.stream().anyMatch(one -> types.isSubtype(type, one))) {
            return false;
        }
        for (TypeMirror one : handled.element()) {
            if (one == null || types.isSubtype(type, one)) {
                return false;
            }
        }
        return true;
    }
}
