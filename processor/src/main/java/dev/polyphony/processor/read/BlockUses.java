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
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Fact;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Recognises how a body makes and uses blocks. */
final class BlockUses {

    private static final Set<String> FORWARD = Set.of("forward", "forwardInternal");
    private static final TypeRef LIST = TypeRef.of("ai.djl.ndarray", "NDList");
    private final Source source;
    private final Findings findings;
    private final Names names;
    private final Typer typer;
    private final Scope scope;
    private final Builders builders;
    private final OwnBlocks own;
    private final Handovers handovers;

    BlockUses(
            Source source,
            Findings findings,
            Names names,
            Typer typer,
            Scope scope,
            OwnParameters parameters) {
        this.source = source;
        this.findings = findings;
        this.names = names;
        this.typer = typer;
        this.scope = scope;
        builders = new Builders(source, findings, names, typer, scope);
        own = new OwnBlocks(source, findings, typer, scope, parameters);
        handovers = new Handovers(source, findings, names, typer);
    }

    /** A method of a block that overrides the forward pass with labels. */
    void declared(MethodTree node) {
        boolean isForward =
                FORWARD.contains(node.getName().toString()) && node.getParameters().size() == 4;
        if (isForward && lists(node) == 2) {
            findings.add(node, new Fact.ReadLabels(source.place(node)));
        }
    }

    private int lists(MethodTree node) {
        int lists = 0;
        for (VariableTree parameter : node.getParameters()) {
            lists += isList(parameter.getType()) ? 1 : 0;
        }
        return lists;
    }

    private boolean isList(Tree type) {
        Optional<TypeElement> named = typer.named(type);
        return named.isPresent() && TypeRef.of(named.get()).equals(LIST);
    }

    /** The superclass of a nested class, or of an anonymous one. */
    void extended(Tree clause) {
        typer.named(clause)
                .filter(builders::isForeignBlock)
                .ifPresent(
                        type ->
                                findings.add(
                                        clause,
                                        new Fact.Extended(TypeRef.of(type), source.place(clause))));
    }

    /**
     * {@code new Layer(..)}, {@code new Layer.Builder()} or {@code new Nested(..)}; true if nothing
     * of it is left to look at.
     */
    boolean constructed(NewClassTree node) {
        if (builders.constructed(node)) {
            return true;
        }
        Optional<TypeElement> named = typer.named(node.getIdentifier());
        if (named.isPresent()) {
            constructed(node, named.get());
        }
        own.constructed(node);
        return false;
    }

    private void constructed(NewClassTree node, TypeElement type) {
        TypeRef name = TypeRef.of(type);
        findings.constructed.put(source.start(node), name);
        if (node.getClassBody() == null) {
            names.reach().constructor(node, type);
        }
        handovers.constructed(type, node);
        if (name.isOfDjl() && builders.isForeignBlock(type)) {
            arguments(node, name);
        }
        Optional<TypeElement> block = blockAround(type);
        if (block.isPresent()) {
            findings.add(node, made(node, TypeRef.of(block.get())));
        }
    }

    private void arguments(NewClassTree node, TypeRef type) {
        int open = source.text().indexOf('(', source.end(node.getIdentifier()));
        if (open >= 0 && open < source.end(node)) {
            boolean hasArguments = !node.getArguments().isEmpty();
            findings.replace(open, open + 1, new Piece.ConstructorCall(type, hasArguments));
        }
    }

    private Fact made(NewClassTree node, TypeRef type) {
        return node.getClassBody() == null
                ? new Fact.Constructed(type, false, source.place(node))
                : new Fact.Extended(type, source.place(node));
    }

    /** Whether a method reference can only be one to a static method. */
    boolean isStatic(MemberReferenceTree node) {
        return typer.namedUnlessVariable(node.getQualifierExpression())
                .flatMap(type -> typer.method(type, node.getName().toString(), -1))
                .filter(method -> method.getModifiers().contains(Modifier.STATIC))
                .isPresent();
    }

    /** A method reference; true if nothing of it is left to look at. */
    boolean referenced(MemberReferenceTree node) {
        Optional<TypeElement> named = typer.namedUnlessVariable(node.getQualifierExpression());
        String name = node.getName().toString();
        findings.selections.add(new Findings.Selection(source.start(node), null, name, true));
        if (isSelf(node.getQualifierExpression())) {
            findings.calls.add(new Findings.Call(node, null, name, -1));
        } else {
            named.or(() -> referenced(node, name))
                    .ifPresent(
                            type -> {
                                findings.calls.add(
                                        new Findings.Call(node, TypeRef.of(type), name, -1));
                                handovers.referenced(type, node);
                            });
        }
        if (named.isEmpty() || !names.isForeign(named.get())) {
            return named.isPresent() && own.referenced(node, named.get());
        }
        TypeElement type = named.get();
        names.reach().member(node, type, name.equals("new") ? "<init>" : name);
        if (builders.referenced(node, type)) {
            return true;
        }
        if (node.getMode() == MemberReferenceTree.ReferenceMode.NEW) {
            blockAround(type)
                    .ifPresent(
                            block ->
                                    findings.add(
                                            node,
                                            new Fact.Constructed(
                                                    TypeRef.of(block), true, source.place(node))));
            return false;
        }
        if (uses(type, name, -1, node)) {
            maker(node.getQualifierExpression(), type);
        }
        return false;
    }

    /** A reference to a method of an object, whose class may be known. */
    private Optional<TypeElement> referenced(MemberReferenceTree node, String name) {
        Optional<TypeElement> type = typer.declared(typer.typeOf(node.getQualifierExpression()));
        type.ifPresent(owner -> own.selected(node, name, owner, true));
        return type;
    }

    /** A method call; true if nothing of its receiver is left to look at. */
    boolean called(MethodInvocationTree node) {
        if (node.getMethodSelect() instanceof IdentifierTree identifier) {
            return calledByName(node, identifier);
        }
        MemberSelectTree select = (MemberSelectTree) node.getMethodSelect();
        String name = select.getIdentifier().toString();
        int arguments = node.getArguments().size();
        Optional<TypeElement> owner = typer.receiver(select);
        if (isSelf(select.getExpression())) {
            findings.calls.add(new Findings.Call(node, null, name, arguments));
        } else if (owner.isPresent()) {
            TypeRef type = TypeRef.of(owner.get());
            findings.calls.add(new Findings.Call(node, type, name, arguments));
        }
        if (builders.called(node, select)) {
            return true;
        }
        if (name.equals("addParameter") && isSelf(select.getExpression())) {
            own.added(node, scope.innermostClass());
        }
        own.called(node, select);
        if (owner.isPresent() && names.isForeign(owner.get())) {
            TypeElement type = owner.get();
            if (uses(type, name, arguments, node)) {
                maker(select.getExpression(), type);
            }
            handovers.called(type, name, node);
        }
        return false;
    }

    /** A member is selected, of an object or of a class. */
    void selected(MemberSelectTree node, Optional<TypeElement> owner, boolean isCall) {
        String name = node.getIdentifier().toString();
        Optional<TypeElement> type =
                owner.isPresent() ? owner : typeOfOwnField(node.getExpression());
        if (type.isPresent()) {
            own.selected(node, name, type.get(), isCall);
        }
    }

    /** The class of {@code this.field}. */
    private Optional<TypeElement> typeOfOwnField(ExpressionTree node) {
        return node instanceof MemberSelectTree select && isSelf(select.getExpression())
                ? scope.innermostClass()
                        .flatMap(type -> scope.field(type, select.getIdentifier().toString()))
                        .flatMap(field -> typer.declared(field.asType()))
                : Optional.empty();
    }

    private boolean calledByName(MethodInvocationTree node, IdentifierTree identifier) {
        String name = identifier.getName().toString();
        findings.calls.add(new Findings.Call(node, null, name, node.getArguments().size()));
        if (name.equals("addParameter") && scope.hasMethod(name)) {
            own.added(node, scope.innermostClass());
        }
        Optional<TypeElement> owner = names.staticMethod(identifier);
        if (owner.isPresent()
                && names.isForeign(owner.get())
                && !builders.calledByName(node, identifier, owner.get())
                && uses(owner.get(), name, node.getArguments().size(), node)
                && names.isUsers(owner.get())) {
            findings.staticImports.remove(source.start(identifier));
            findings.replace(identifier, new Piece.Maker(TypeRef.of(owner.get()), "." + name));
        }
        return true;
    }

    /** A class whose method makes a block: its ensemble has that method, too. */
    private void maker(ExpressionTree qualifier, TypeElement type) {
        if (names.isUsers(type)
                && typer.namedUnlessVariable(qualifier).filter(type::equals).isPresent()) {
            findings.replace(qualifier, new Piece.Maker(TypeRef.of(type), ""));
        }
    }

    /**
     * A method of a class that is not ours: a layer's function, or a source of blocks; true if it
     * makes one.
     */
    private boolean uses(TypeElement type, String name, int arguments, Tree node) {
        if (names.isUsers(type) && makesBuilder(type, name, arguments)) {
            findings.add(node, new Fact.Obtained(TypeRef.of(type), name, source.place(node)));
            return true;
        }
        boolean isUnit = names.isForeignUnit(type);
        List<ExecutableElement> candidates = new ArrayList<>();
        boolean isStatic = false;
        boolean isOfObject = false;
        for (ExecutableElement method : typer.methods(type, name, arguments)) {
            if (!isUnit || concernsLayers(method)) {
                candidates.add(method);
                isStatic |= isStatic(method);
                isOfObject |= !isStatic(method);
            }
        }
        TypeRef owner = TypeRef.of(type);
        if (isUnit && isOfObject) {
            findings.add(node, new Fact.Invoked(owner, name, source.place(node)));
        } else if (typer.isBlock(type) && isStatic) {
            findings.add(node, new Fact.Called(owner, name, source.place(node)));
            return true;
        } else if ((isStatic || blockAround(type).isEmpty()) && returnBlock(candidates)) {
            findings.add(node, new Fact.Obtained(owner, name, source.place(node)));
            return true;
        }
        return false;
    }

    private boolean returnBlock(List<ExecutableElement> methods) {
        for (ExecutableElement method : methods) {
            if (typer.returnsBlock(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean makesBuilder(TypeElement type, String name, int arguments) {
        for (ExecutableElement method : typer.methods(type, name, arguments)) {
            if (isStatic(method) && makesBuilder(method, type)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a method of a class gives a builder of blocks that is nested in it. */
    private boolean makesBuilder(ExecutableElement method, TypeElement type) {
        return typer.declared(method.getReturnType())
                .filter(given -> given.getEnclosingElement().equals(type))
                .filter(given -> !typer.isBlock(given))
                .filter(
                        given ->
                                ElementFilter.methodsIn(given.getEnclosedElements()).stream()
                                        .anyMatch(typer::returnsBlock))
                .isPresent();
    }

    /** Whether a method of a block class of another file is more than all blocks have. */
    private boolean concernsLayers(ExecutableElement method) {
        return isStatic(method) ? typer.returnsBlock(method) : !typer.isOfBlocks(method);
    }

    private static boolean isStatic(ExecutableElement method) {
        return method.getModifiers().contains(Modifier.STATIC);
    }

    /** The block class that a foreign class is, or in DJL is nested in, as builders are. */
    private Optional<TypeElement> blockAround(TypeElement type) {
        if (builders.isForeignBlock(type)) {
            return Optional.of(type);
        }
        return type.getEnclosingElement() instanceof TypeElement outer && TypeRef.of(type).isOfDjl()
                ? blockAround(outer)
                : Optional.empty();
    }

    static boolean isSelf(ExpressionTree node) {
        return node instanceof IdentifierTree name
                && (name.getName().contentEquals("this") || name.getName().contentEquals("super"));
    }
}
