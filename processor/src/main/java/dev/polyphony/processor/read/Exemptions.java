/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** Recognises methods whose layers are exempt from what forms add. */
final class Exemptions {

    private final Source source;
    private final Findings findings;
    private final Typer typer;
    private final TypeRef model;
    private final Set<Tree> exemptions = Collections.newSetFromMap(new IdentityHashMap<>());

    Exemptions(Source source, Findings findings, Typer typer, TypeRef model) {
        this.source = source;
        this.findings = findings;
        this.typer = typer;
        this.model = model;
    }

    /** A method before what it builds is known: its annotation is left out of the copy. */
    void declared(MethodTree node) {
        for (AnnotationTree annotation : node.getModifiers().getAnnotations()) {
            Optional<TypeElement> type = typer.named(annotation.getAnnotationType());
            if (type.isPresent()
                    && TypeRef.of(type.get()).qualifiedName().equals(BodyReader.EXEMPT)) {
                exemptions.add(annotation);
            }
        }
    }

    /** Whether an annotation is ours, on a method. */
    boolean contain(AnnotationTree node) {
        return exemptions.contains(node);
    }

    /** A method of which all is known that it builds. */
    void scanned(MethodTree node) {
        for (AnnotationTree annotation : node.getModifiers().getAnnotations()) {
            if (exemptions.contains(annotation)) {
                exempt(node, annotation);
            }
        }
    }

    private void exempt(MethodTree method, AnnotationTree annotation) {
        Map<TypeRef, ExpressionTree> forms = new LinkedHashMap<>();
        for (ExpressionTree argument : annotation.getArguments()) {
            collect(
                    argument instanceof AssignmentTree named ? named.getExpression() : argument,
                    forms);
        }
        List<TypeRef> blocks = blocks(method);
        if (forms.isEmpty()) {
            add(method, Optional.empty(), blocks, annotation);
        }
        forms.forEach((form, tree) -> add(method, Optional.of(form), blocks, tree));
        boolean isBuilding = method.getBody() != null;
        Piece start =
                isBuilding
                        ? new Piece.ExemptStart(List.copyOf(forms.keySet()))
                        : new Piece.Text("");
        findings.replace(source.start(annotation), endOf(annotation), start);
        if (isBuilding) {
            int brace = source.end(method.getBody()) - 1;
            findings.replace(brace, brace + 1, new Piece.ExemptEnd());
        }
    }

    private void add(MethodTree method, Optional<TypeRef> form, List<TypeRef> blocks, Tree named) {
        String name = method.getName().toString();
        boolean isOfModel = model.simpleName().contentEquals(source.tree().getSimpleName());
        findings.add(named, new Fact.Exempted(name, isOfModel, form, blocks, source.place(named)));
    }

    /** With the white space behind, if there is some before: words stay apart. */
    private int endOf(AnnotationTree annotation) {
        int end = source.end(annotation);
        if (Character.isWhitespace(source.text().charAt(source.start(annotation) - 1))) {
            while (Character.isWhitespace(source.text().charAt(end))) {
                end++;
            }
        }
        return end;
    }

    /** {@code Form.class}, or several in braces. */
    private void collect(ExpressionTree node, Map<TypeRef, ExpressionTree> forms) {
        if (node instanceof NewArrayTree array) {
            array.getInitializers().forEach(one -> collect(one, forms));
        } else if (node instanceof MemberSelectTree select) {
            typer.named(select.getExpression())
                    .ifPresent(type -> forms.putIfAbsent(TypeRef.of(type), node));
        }
    }

    private List<TypeRef> blocks(MethodTree method) {
        int start = source.start(method);
        int end = source.end(method);
        List<TypeRef> blocks = new ArrayList<>();
        for (Findings.Located located : findings.facts) {
            if (start <= located.offset() && located.offset() < end) {
                if (located.fact() instanceof Fact.Built built) {
                    blocks.add(built.type());
                } else if (located.fact() instanceof Fact.Constructed made) {
                    blocks.add(made.type());
                }
            }
        }
        return blocks;
    }
}
