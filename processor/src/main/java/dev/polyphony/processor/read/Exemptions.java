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
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** Recognises methods whose layers are exempt from what forms add. */
final class Exemptions {

    private static final TypeRef ANNOTATION = TypeRef.of("dev.polyphony", "Exempt");

    private final Source source;
    private final Findings findings;
    private final Typer typer;

    Exemptions(Source source, Findings findings, Typer typer) {
        this.source = source;
        this.findings = findings;
        this.typer = typer;
    }

    /** Whether an annotation is ours, which the copy has no use for. */
    boolean isExemption(AnnotationTree node) {
        Optional<TypeElement> type = typer.named(node.getAnnotationType());
        return type.isPresent() && TypeRef.of(type.get()).equals(ANNOTATION);
    }

    /** A method of which all is known that it builds. */
    void scanned(MethodTree node) {
        for (AnnotationTree annotation : node.getModifiers().getAnnotations()) {
            if (isExemption(annotation)) {
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
        boolean builds = buildsLayers(method);
        String name = method.getName().toString();
        forms.forEach(
                (form, tree) ->
                        findings.add(
                                tree, new Fact.Exempted(name, form, builds, source.place(tree))));
        int end = source.end(annotation);
        while (Character.isWhitespace(source.text().charAt(end))) {
            end++;
        }
        if (method.getBody() == null) {
            findings.replace(source.start(annotation), end, Members.NOTHING);
            return;
        }
        Piece start = new Piece.ExemptStart(List.copyOf(forms.keySet()));
        findings.replace(source.start(annotation), end, start);
        int brace = source.end(method.getBody()) - 1;
        findings.replace(brace, brace + 1, new Piece.ExemptEnd());
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

    private boolean buildsLayers(MethodTree method) {
        int start = source.start(method);
        int end = source.end(method);
        return findings.facts.stream()
                .filter(located -> start <= located.offset() && located.offset() < end)
                .map(Findings.Located::fact)
                .anyMatch(Exemptions::isLayer);
    }

    /** Any block of DJL's that is built: which ones have parameters is not known here. */
    private static boolean isLayer(Fact fact) {
        return fact instanceof Fact.Built built && built.type().isOfDjl()
                || fact instanceof Fact.Constructed made && made.type().isOfDjl();
    }
}
