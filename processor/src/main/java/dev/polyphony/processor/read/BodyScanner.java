/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Walks through a class body: which names are types, and what is done with blocks. */
final class BodyScanner extends TypePositions {

    private final Source source;
    private final Findings findings;
    private final Names names;
    private final Typer typer;
    private final BlockUses blocks;
    private final NumberUses numbers;
    private final Exemptions exemptions;
    private final Set<Tree> staticQualifiers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tree> labels = Collections.newSetFromMap(new IdentityHashMap<>());
    private final KnownValues values;

    BodyScanner(
            Source source,
            Findings findings,
            Names names,
            Typer typer,
            Scope scope,
            OwnParameters parameters) {
        super(scope);
        this.source = source;
        this.findings = findings;
        this.names = names;
        this.typer = typer;
        this.blocks = new BlockUses(source, findings, names, typer, scope, parameters);
        this.values = new KnownValues(source, scope);
        this.numbers = new NumberUses(source, findings, typer);
        this.exemptions = new Exemptions(source, findings, typer, names.model());
    }

    /** Walks through the members of the model. */
    void scanModel(TypeElement model) {
        ClassTree tree = source.tree();
        scope.push(tree, Optional.of(model), List.of());
        values.constants(tree);
        scan(tree.getMembers(), null);
        scope.pop();
    }

    /** Walks through another class of the file. */
    void scanNeighbour(TypeElement type) {
        ClassTree tree = source.tree();
        findings.plainNames.put(source.start(tree), tree.getSimpleName().toString());
        inClass(tree, Optional.of(type), header(tree));
    }

    @Override
    public Void visitClass(ClassTree node, Void unused) {
        String name = node.getSimpleName().toString();
        if (!name.isEmpty()) {
            findings.plainNames.put(source.start(node), name);
        }
        Optional<TypeElement> element = scope.memberOfInnermost(name);
        if (element.isEmpty() && !name.isEmpty()) {
            scope.declareType(name);
        }
        return inClass(node, element, header(node));
    }

    /** The header of a class: its supertypes, as far as they are known. */
    private List<TypeElement> header(ClassTree node) {
        type(node.getExtendsClause());
        types(node.getImplementsClause());
        types(node.getPermitsClause());
        if (node.getExtendsClause() != null) {
            blocks.extended(node.getExtendsClause());
        }
        return Stream.concat(
                        Stream.ofNullable(node.getExtendsClause()),
                        node.getImplementsClause().stream())
                .flatMap(clause -> typer.named(clause).stream())
                .toList();
    }

    private Void inClass(
            ClassTree node, Optional<TypeElement> element, List<TypeElement> supertypes) {
        scope.push(node, element, supertypes);
        values.constants(node);
        super.visitClass(node, null);
        scope.pop();
        return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
        if (blocks.constructed(node)) {
            return null;
        }
        types(node.getTypeArguments());
        if (node.getEnclosingExpression() == null) {
            type(node.getIdentifier());
            scan(node.getIdentifier(), null);
        } else {
            scan(node.getEnclosingExpression(), null); // the name is of a member of its class
        }
        scan(node.getTypeArguments(), null);
        scan(node.getArguments(), null);
        if (node.getClassBody() != null) {
            List<TypeElement> supertypes = typer.named(node.getIdentifier()).stream().toList();
            inClass(node.getClassBody(), Optional.empty(), supertypes);
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree node, Void unused) {
        type(node.getType());
        String name = node.getName().toString();
        findings.variables.add(name);
        TypeMirror declared =
                node.getType() == null
                        ? Optional.ofNullable(node.getInitializer()).map(typer::typeOf).orElse(null)
                        : typer.declaredAs(node.getType());
        scope.declare(name, declared);
        values.declared(node);
        numbers.given(node.getType(), node.getInitializer());
        return super.visitVariable(node, null);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree node, Void unused) {
        values.loop(node);
        return super.visitEnhancedForLoop(node, null);
    }

    @Override
    public Void visitMethod(MethodTree node, Void unused) {
        type(node.getReturnType());
        types(node.getThrows());
        blocks.declared(node);
        parameters(node);
        exemptions.declared(node);
        super.visitMethod(node, null);
        exemptions.scanned(node);
        return null;
    }

    /** The parameters of a method, where they follow its name in one line. */
    private void parameters(MethodTree node) {
        if (node.getReturnType() == null || node.getParameters().isEmpty()) {
            return;
        }
        int open = Comments.indexOf('(', source.text(), source.end(node.getReturnType()));
        VariableTree last = node.getParameters().get(node.getParameters().size() - 1);
        boolean isOneLine =
                open >= 0
                        && open < source.end(last)
                        && source.text().substring(open, source.end(last)).indexOf('\n') < 0;
        if (isOneLine) {
            findings.replace(open, open + 1, new Piece.ParametersStart());
        }
    }

    @Override
    public Void visitTypeParameter(TypeParameterTree node, Void unused) {
        scope.declareType(node);
        types(node.getBounds());
        return super.visitTypeParameter(node, null);
    }

    /** The names of attributes are no names in scope. */
    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
        if (exemptions.contain(node)) {
            return null;
        }
        type(node.getAnnotationType());
        scan(node.getAnnotationType(), null);
        for (ExpressionTree argument : node.getArguments()) {
            scan(argument instanceof AssignmentTree named ? named.getExpression() : argument, null);
        }
        return null;
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        labels.addAll(node.getExpressions());
        return super.visitCase(node, null);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void unused) {
        String text = source.slice(node);
        if (text.startsWith("\"\"\"")) {
            findings.replace(node, new Piece.TextBlock(text));
        }
        return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree node, Void unused) {
        numbers.referenced(node);
        if (!blocks.referenced(node)) {
            boolean isStatic =
                    node.getMode() == MemberReferenceTree.ReferenceMode.INVOKE
                            && (scope.isStaticMethodOf(names.model(), node.getName().toString())
                                    || blocks.isStatic(node));
            qualifier(node.getQualifierExpression(), isStatic);
        }
        if (node.getTypeArguments() != null) {
            types(node.getTypeArguments());
            scan(node.getTypeArguments(), null);
        }
        return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
        types(node.getTypeArguments());
        scan(node.getTypeArguments(), null);
        numbers.called(node);
        if (passesReference(node)) {
            method(node).ifPresent(method -> numbers.given(method, node.getArguments()));
        }
        if (!blocks.called(node) && node.getMethodSelect() instanceof MemberSelectTree select) {
            selected(select, true);
            qualifier(select.getExpression(), true);
        }
        scan(node.getArguments(), null);
        return null;
    }

    private static boolean passesReference(MethodInvocationTree node) {
        for (ExpressionTree argument : node.getArguments()) {
            if (argument instanceof MemberReferenceTree) {
                return true;
            }
        }
        return false;
    }

    private Optional<ExecutableElement> method(MethodInvocationTree node) {
        ExpressionTree method = node.getMethodSelect();
        Optional<TypeElement> owner =
                method instanceof MemberSelectTree select
                        ? typer.receiver(select)
                        : scope.innermostClass();
        String name =
                method instanceof MemberSelectTree select
                        ? select.getIdentifier().toString()
                        : method.toString();
        return owner.flatMap(type -> typer.method(type, name, node.getArguments().size()));
    }

    @Override
    public Void visitTypeCast(TypeCastTree node, Void unused) {
        numbers.given(node.getType(), node.getExpression());
        return super.visitTypeCast(node, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree node, Void unused) {
        boolean isType = isType(node);
        if (isType || typer.namedUnlessVariable(node).isPresent()) {
            name(node, isType);
            return null;
        }
        selected(node, false);
        fieldOfModel(node);
        boolean isStatic = !Set.of("this", "class").contains(node.getIdentifier().toString());
        return qualifier(node.getExpression(), isStatic);
    }

    private void selected(MemberSelectTree node, boolean isCall) {
        Optional<TypeElement> owner = typer.receiver(node);
        owner.ifPresent(type -> names.reach().member(node, type, node.getIdentifier().toString()));
        blocks.selected(node, owner, isCall);
        TypeRef receiver = owner.map(TypeRef::of).orElse(null);
        List<String> parts = Imports.flatten(node.getExpression());
        if (!parts.isEmpty() && parts.get(parts.size() - 1).equals("this")) {
            receiver = names.model();
        }
        findings.selections.add(
                new Findings.Selection(
                        source.start(node), receiver, node.getIdentifier().toString(), isCall));
    }

    /** {@code Model.field}, {@code this.field} or {@code Model.this.field} of a static field. */
    private void fieldOfModel(MemberSelectTree node) {
        List<String> parts = Imports.flatten(node.getExpression());
        boolean isThis = !parts.isEmpty() && parts.get(parts.size() - 1).equals("this");
        Optional<TypeElement> owner =
                isThis && parts.size() == 1
                        ? scope.innermostClass()
                        : isThis
                                ? typer.named(
                                        ((MemberSelectTree) node.getExpression()).getExpression())
                                : typer.namedUnlessVariable(node.getExpression());
        String name = node.getIdentifier().toString();
        if (owner.filter(type -> Scope.isStaticField(type, names.model(), name)).isPresent()) {
            findings.fieldUses.put(
                    source.start(node), new Findings.FieldUse(source.end(node), name));
        }
    }

    private void fieldOfModel(IdentifierTree node) {
        String name = node.getName().toString();
        if (scope.isStaticFieldOf(names.model(), name)) {
            findings.fieldUses.putIfAbsent(
                    source.start(node), new Findings.FieldUse(source.end(node), name));
        }
    }

    /**
     * Something before a dot: a variable, a type, a package or any expression.
     *
     * @param isStatic whether a static member is selected if it is a type
     */
    private Void qualifier(ExpressionTree node, boolean isStatic) {
        if (isStatic) {
            staticQualifiers.add(node);
        }
        if (node instanceof IdentifierTree identifier) {
            String name = identifier.getName().toString();
            fieldOfModel(identifier);
            if (scope.variable(name).isEmpty() && !name.equals("this") && !name.equals("super")) {
                name(node, Character.isUpperCase(name.charAt(0)));
            }
            return null;
        }
        if (isStatic && typer.namedUnlessVariable(node).isPresent()) {
            names.useQualifier(node, true);
            return null;
        }
        return scan(Objects.requireNonNull(node), null);
    }

    /** A name that stands for a class, perhaps only to reach its static members. */
    private void name(ExpressionTree node, boolean mustBeType) {
        if (staticQualifiers.contains(node)) {
            names.useQualifier(node, mustBeType);
        } else {
            names.use(node, mustBeType);
        }
    }

    @Override
    public Void visitIdentifier(IdentifierTree node, Void unused) {
        String name = node.getName().toString();
        if (isType(node)) {
            names.use(node, true);
        } else if (scope.variable(name).isEmpty()) {
            names.usePattern(node);
        } else if (labels.contains(node)) {
            label(name);
        } else {
            fieldOfModel(node);
        }
        return null;
    }

    /**
     * A label that may be an enum constant, which must not be qualified, or a constant of the
     * model: with a copy of that the simple name does for both.
     */
    private void label(String name) {
        if (scope.isConstantOf(names.model(), name)) {
            findings.labels.add(name);
        }
    }
}
