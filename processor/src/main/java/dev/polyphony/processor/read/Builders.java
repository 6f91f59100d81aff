/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** Recognises the builders of layers, and the one method of DJL that makes a layer without. */
final class Builders {

    private static final String BUILDER = "builder";
    private static final Set<String> WIDTHS =
            Set.of("setUnits", "setFilters", "setStateSize", "setEmbeddingSize");

    /** The only method of DJL that makes a block with parameters and is no builder. */
    private static final String PRELU_BLOCK = "preluBlock";

    private static final TypeRef PRELU = TypeRef.of("ai.djl.nn.core", "Prelu");

    private final Source source;
    private final Findings findings;
    private final Names names;
    private final Typer typer;
    private final Constants constants;

    Builders(Source source, Findings findings, Names names, Typer typer, Scope scope) {
        this.source = source;
        this.findings = findings;
        this.names = names;
        this.typer = typer;
        this.constants = new Constants(scope);
    }

    /** {@code new Layer.Builder()}; false for all other constructors. */
    boolean constructed(NewClassTree node) {
        Optional<TypeRef> layer = newBuilder(node).map(TypeRef::of);
        layer.ifPresent(
                type -> {
                    findings.replace(node, new Piece.NewBuilder(type));
                    findings.built(node, type);
                });
        return layer.isPresent();
    }

    /** A reference to a builder, its constructor, or a layer's that takes nothing. */
    boolean referenced(MemberReferenceTree node, TypeElement type) {
        boolean isNew = node.getMode() == MemberReferenceTree.ReferenceMode.NEW;
        String name = node.getName().toString();
        if (isNew ? TypeRef.of(type).equals(PRELU) : isPrelu(type, name)) {
            prelu(node, true);
            return true;
        }
        Optional<TypeElement> layer =
                isNew
                        ? layerOfBuilder(type)
                        : Optional.of(type)
                                .filter(block -> typer.isBlock(block) && name.equals(BUILDER));
        layer.map(TypeRef::of)
                .ifPresent(
                        built -> {
                            findings.replace(node, new Piece.BuilderReference(built));
                            findings.add(node, new Fact.Built(built, source.place(node)));
                        });
        return layer.isPresent();
    }

    /** A call that makes a builder; notes what is called on one. */
    boolean called(MethodInvocationTree node, MemberSelectTree select) {
        Optional<TypeElement> owner = typer.namedUnlessVariable(select.getExpression());
        if (isBuilderCall(node)) {
            built(node, owner.orElseThrow(), source.end(select.getExpression()));
            return true;
        }
        String name = select.getIdentifier().toString();
        if (owner.filter(type -> isPrelu(type, name)).isPresent()) {
            prelu(node, false);
            return true;
        }
        builderOf(select.getExpression()).ifPresent(root -> chained(root, node, select));
        return false;
    }

    /** A call of a statically imported method that makes a builder. */
    boolean calledByName(MethodInvocationTree node, IdentifierTree identifier, TypeElement owner) {
        String name = identifier.getName().toString();
        boolean isBuilder = typer.isBlock(owner) && name.equals(BUILDER);
        if (!isBuilder && !isPrelu(owner, name)) {
            return false;
        }
        findings.staticImports.remove(source.start(identifier));
        if (isBuilder) {
            built(node, owner, source.start(node));
        } else {
            prelu(node, false);
        }
        return true;
    }

    /** A block class of DJL's, or of another file. */
    boolean isForeignBlock(TypeElement type) {
        return names.isForeign(type) && typer.isBlock(type);
    }

    /** The layer of a {@code new Layer.Builder()}, which some of DJL's layers have. */
    private Optional<TypeElement> newBuilder(Tree node) {
        return node instanceof NewClassTree made
                        && made.getArguments().isEmpty()
                        && made.getClassBody() == null
                ? typer.named(made.getIdentifier()).flatMap(this::layerOfBuilder)
                : Optional.empty();
    }

    private Optional<TypeElement> layerOfBuilder(TypeElement builder) {
        return builder.getSimpleName().contentEquals("Builder")
                        && TypeRef.of(builder).isOfDjl()
                        && builder.getEnclosingElement() instanceof TypeElement layer
                        && isForeignBlock(layer)
                ? Optional.of(layer)
                : Optional.empty();
    }

    private static boolean isPrelu(TypeElement owner, String method) {
        return method.equals(PRELU_BLOCK) && TypeRef.of(owner).isOfDjl();
    }

    private void prelu(Tree node, boolean isReference) {
        findings.replace(node, new Piece.Made(PRELU, isReference));
        findings.add(node, new Fact.Constructed(PRELU, false, source.place(node)));
    }

    /** A call of a builder; what follows its class begins at an offset. */
    private void built(MethodInvocationTree node, TypeElement type, int from) {
        TypeRef reference = TypeRef.of(type);
        int form = Comments.indexOf('(', source.text(), source.end(node.getMethodSelect())) + 1;
        String call = source.text().substring(from, form);
        String rest = source.text().substring(form, source.end(node)).stripLeading();
        boolean isBare = from == source.start(node);
        findings.replace(node, new Piece.BuilderCall(reference, isBare ? "." + call : call, rest));
        findings.built(node, reference);
    }

    /** A call further down the chain of a builder: its width, and where the line may be broken. */
    private void chained(Tree root, MethodInvocationTree node, MemberSelectTree select) {
        String name = select.getIdentifier().toString();
        if (WIDTHS.contains(name) && node.getArguments().size() == 1) {
            ExpressionTree width = node.getArguments().get(0);
            String text = source.slice(width).replaceAll("\\s+", " ");
            findings.width(root, new Findings.Width(text, constants.of(width)));
        }
        int dot = source.end(select) - name.length() - 1;
        if (dot == source.end(select.getExpression()) && source.text().charAt(dot) == '.') {
            findings.replace(dot, dot, new Piece.ChainBreak());
        }
    }

    private Optional<Tree> builderOf(ExpressionTree node) {
        if (newBuilder(node).isPresent()) {
            return Optional.of(node);
        }
        if (!(node instanceof MethodInvocationTree call)) {
            return Optional.empty();
        }
        if (isBuilderCall(call)) {
            return Optional.of(call);
        }
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? builderOf(select.getExpression())
                : Optional.empty();
    }

    private boolean isBuilderCall(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                && call.getArguments().isEmpty()
                && select.getIdentifier().contentEquals(BUILDER)
                && typer.namedUnlessVariable(select.getExpression())
                        .filter(this::isForeignBlock)
                        .isPresent();
    }
}
