/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Walks through a class for mistakes in Java. The compiler reports them in the model, and copies of
 * the body would repeat them; so what is not certain is no mistake here.
 */
final class MistakeScanner extends Conditions {

    private final Source source;
    private final Findings findings;
    private final Typer typer;
    private final CertainTypes certain;
    private final WrongCalls calls;
    private final WrongValues values;
    private final UncaughtExceptions exceptions;
    private final StaticContext statics;
    private final Contracts contracts;
    private final FinalFields finals;

    /** Labels of a {@code switch}, which may be constants of an enum. */
    private final Set<Tree> labels = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Whether the code runs when an instance or the class is made. */
    private boolean isConstruction;

    /** What the method returns; null if that is not known, or in a lambda. */
    private TypeMirror returned;

    MistakeScanner(
            Source source,
            Findings findings,
            ProcessingEnvironment environment,
            AllMembers members,
            CertainTypes certain,
            Typer typer,
            Scope scope) {
        super(scope);
        Elements elements = environment.getElementUtils();
        Types types = environment.getTypeUtils();
        this.source = source;
        this.findings = findings;
        this.typer = typer;
        this.certain = certain;
        this.calls = new WrongCalls(source, findings, elements, members, certain, typer, scope);
        this.values = new WrongValues(findings, types, certain);
        this.exceptions = new UncaughtExceptions(findings, elements, types, typer, certain);
        this.statics = new StaticContext(findings, types, typer, scope, certain);
        this.finals = new FinalFields(findings, typer, scope);
        this.contracts = new Contracts(findings, elements, types, members, certain);
    }

    /** Walks through the members of a class. */
    void scanMember(TypeElement type) {
        inClass(source.tree(), Optional.of(type), List.of());
    }

    @Override
    public Void visitClass(ClassTree node, Void unused) {
        String name = node.getSimpleName().toString();
        Optional<TypeElement> element = scope.memberOfInnermost(name);
        if (element.isEmpty() && !name.isEmpty()) {
            scope.declareType(name);
        }
        List<TypeElement> supertypes =
                Stream.concat(
                                Stream.ofNullable(node.getExtendsClause()),
                                node.getImplementsClause().stream())
                        .flatMap(clause -> typer.named(clause).stream())
                        .toList();
        return inClass(node, element, supertypes);
    }

    private Void inClass(
            ClassTree node, Optional<TypeElement> element, List<TypeElement> supertypes) {
        TypeMirror outer = returned;
        boolean wasConstruction = isConstruction;
        returned = null;
        scope.push(node, element, supertypes);
        finals.enterClass(node);
        statics.enterClass(node, element);
        element.ifPresent(type -> contracts.check(node, type));
        boolean isTyped =
                element.filter(type -> type.getKind() == ElementKind.CLASS).isPresent()
                        && node.getMembers().stream().noneMatch(MistakeScanner::isConstructor);
        for (Tree member : node.getMembers()) {
            boolean isStatic = isStatic(member, element);
            statics.enter(isStatic);
            isConstruction = true;
            // what constructors declare goes out of initialisers, too
            if (member instanceof MethodTree) {
                scan(member, null);
            } else {
                if (isStatic || isTyped) {
                    exceptions.enter(List.of());
                } else {
                    exceptions.enterUnknown();
                }
                if (member instanceof BlockTree initializer) {
                    Completion.initializer(initializer, source, findings);
                }
                scan(member, null);
                exceptions.leave();
            }
        }
        statics.leaveClass();
        finals.leaveClass();
        scope.pop();
        isConstruction = wasConstruction;
        returned = outer;
        return null;
    }

    /** A written one: the compiler adds others. */
    private static boolean isConstructor(Tree member) {
        return member instanceof MethodTree method
                && method.getName().contentEquals("<init>")
                && !method.getThrows().isEmpty();
    }

    private static boolean isStatic(Tree member, Optional<TypeElement> owner) {
        if (member instanceof MethodTree method) {
            return method.getModifiers().getFlags().contains(Modifier.STATIC);
        } else if (member instanceof VariableTree field) {
            return StaticContext.isStatic(field.getModifiers().getFlags(), owner);
        }
        return member instanceof BlockTree block && block.isStatic();
    }

    @Override
    public Void visitMethod(MethodTree node, Void unused) {
        TypeMirror outer = returned;
        boolean isPlain = node.getReturnType() != null && node.getTypeParameters().isEmpty();
        returned = isPlain ? typer.declaredAs(node.getReturnType()) : null;
        BlockTree body = node.getBody();
        if (body != null && source.end(body) > source.start(body)) {
            boolean isVoid =
                    node.getReturnType() == null || node.getReturnType().toString().equals("void");
            Completion.method(body, isVoid, source, findings);
        }
        if (node.getName().contentEquals("<init>") && body != null) {
            calls.constructor(node);
        }
        isConstruction = node.getName().contentEquals("<init>");
        exceptions.enter(node.getThrows());
        super.visitMethod(node, null);
        exceptions.leave();
        returned = outer;
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
        TypeMirror outer = returned;
        boolean wasConstruction = isConstruction;
        returned = null;
        isConstruction = false;
        if (node.getBody() instanceof BlockTree body) {
            Completion.lambda(body, source, findings);
        }
        exceptions.enterUnknown();
        super.visitLambdaExpression(node, null);
        exceptions.leave();
        isConstruction = wasConstruction;
        returned = outer;
        return null;
    }

    @Override
    public Void visitTypeParameter(TypeParameterTree node, Void unused) {
        scope.declareType(node);
        return null;
    }

    @Override
    public Void visitVariable(VariableTree node, Void unused) {
        TypeMirror declared =
                node.getType() == null
                        ? Optional.ofNullable(node.getInitializer()).map(typer::typeOf).orElse(null)
                        : typer.declaredAs(node.getType());
        scope.declare(node.getName().toString(), declared);
        if (node.getType() != null && source.end(node.getType()) > source.start(node.getType())) {
            values.assigned(declared, node.getInitializer());
        }
        if (node.getInitializer() instanceof MethodInvocationTree call && certain.isVoid(call)) {
            findings.mistake(call);
        }
        return scan(node.getInitializer(), null);
    }

    @Override
    public Void visitAssignment(AssignmentTree node, Void unused) {
        certain.of(node.getVariable())
                .ifPresent(type -> values.assigned(type, node.getExpression()));
        finals.changed(node.getVariable(), isConstruction);
        return super.visitAssignment(node, null);
    }

    @Override
    public Void visitReturn(ReturnTree node, Void unused) {
        values.assigned(returned, node.getExpression());
        return super.visitReturn(node, null);
    }

    @Override
    void condition(ExpressionTree node) {
        values.condition(node);
    }

    @Override
    public Void visitBinary(BinaryTree node, Void unused) {
        values.operands(node);
        return super.visitBinary(node, null);
    }

    @Override
    public Void visitThrow(ThrowTree node, Void unused) {
        exceptions.thrown(node.getExpression());
        return super.visitThrow(node, null);
    }

    @Override
    public Void visitTry(TryTree node, Void unused) {
        exceptions.enter(node);
        open(node);
        scan(node.getResources(), null);
        scan(node.getBlock(), null);
        close();
        exceptions.leave();
        scan(node.getCatches(), null);
        return scan(node.getFinallyBlock(), null);
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
        return null;
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        labels.addAll(node.getExpressions());
        return super.visitCase(node, null);
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
        calls.constructed(node);
        scan(node.getEnclosingExpression(), null);
        scan(node.getArguments(), null);
        Optional<TypeElement> type =
                node.getEnclosingExpression() == null
                        ? typer.named(node.getIdentifier())
                        : Optional.empty();
        type.ifPresent(one -> constructed(one, node));
        if (node.getClassBody() != null) {
            inClass(node.getClassBody(), Optional.empty(), type.stream().toList());
        }
        return null;
    }

    private void constructed(TypeElement type, NewClassTree node) {
        if (node.getClassBody() == null && type.getModifiers().contains(Modifier.ABSTRACT)) {
            findings.mistake(node);
        }
        statics.constructed(type, node);
        if (node.getClassBody() != null) {
            contracts.anonymous(node, type);
        }
        if (certain.isWhole(type)) {
            exceptions.called(fitting(type, node.getArguments().size()), node);
        }
    }

    private static List<ExecutableElement> fitting(TypeElement type, int arguments) {
        List<ExecutableElement> all = new ArrayList<>();
        for (ExecutableElement one : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (one.isVarArgs() || one.getParameters().size() == arguments) {
                all.add(one);
            }
        }
        return all;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
        calls.called(node);
        exceptions.called(certain.methods(node), node);
        ExpressionTree method = node.getMethodSelect();
        if (method instanceof MemberSelectTree select) {
            scan(select.getExpression(), null);
            scan(node.getArguments(), null);
            return null;
        }
        String name = method instanceof IdentifierTree one ? one.getName().toString() : "";
        if (!Set.of("this", "super").contains(name)) {
            statics.called(name, method);
            return scan(node.getArguments(), null);
        }
        statics.setEarly(true);
        scan(node.getArguments(), null);
        statics.setEarly(false);
        return null;
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree node, Void unused) {
        calls.referenced(node);
        return scan(node.getQualifierExpression(), null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree node, Void unused) {
        if (isType(node) || typer.namedUnlessVariable(node).isPresent()) {
            return null;
        }
        calls.selected(node);
        return scan(node.getExpression(), null);
    }

    @Override
    public Void visitIdentifier(IdentifierTree node, Void unused) {
        String name = node.getName().toString();
        if (name.equals("this") || name.equals("super")) {
            statics.self(node);
        } else if (!isType(node) && !labels.contains(node)) {
            statics.named(name, node);
        }
        return null;
    }
}
