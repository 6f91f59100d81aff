/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Finds what is wrong with local variables: two of a name, one that is read and never has a value,
 * or that changes though it is final or a lambda captures it. What depends on flow is left out, and
 * so is what local and anonymous classes make of the variables around them, since they inherit
 * others.
 */
final class LocalVariables extends BlockScopes {

    private final Findings findings;
    private final Deque<Frame> frames = new ArrayDeque<>();

    /** Variables that have a value when they come into scope. */
    private final Set<Tree> given = identities();

    /** Variables of patterns, whose scopes follow the flow. */
    private final Set<Tree> patterns = identities();

    /** Constants in a {@code switch}, which may be of an enum. */
    private final Set<Tree> labels = identities();

    private final Set<Tree> foreign = identities();

    LocalVariables(Findings findings) {
        this.findings = findings;
    }

    private static Set<Tree> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private record Frame(Tree node, Map<String, Local> locals) {}

    private record Local(
            VariableTree tree,
            boolean isGiven,
            boolean isPattern,
            List<Tree> uses,
            List<Tree> captures,
            List<Tree> changes) {}

    /** Identifiers that are no local variables in scope. */
    Set<Tree> foreign() {
        return foreign;
    }

    @Override
    void open(Tree node) {
        frames.push(new Frame(node, new HashMap<>()));
    }

    @Override
    void close() {
        frames.pop().locals().values().forEach(this::check);
    }

    private void check(Local local) {
        if (local.isPattern()) {
            return; // the name may mean another variable where it is not in scope
        }
        boolean isFinal = local.tree().getModifiers().getFlags().contains(Modifier.FINAL);
        if (local.isGiven() && isFinal) {
            local.changes().forEach(findings::mistake);
        }
        if (local.isGiven() && !local.changes().isEmpty()) {
            local.captures().forEach(findings::mistake);
        }
        if (!local.isGiven() && local.changes().isEmpty()) {
            local.uses().forEach(findings::mistake);
        }
    }

    @Override
    public Void visitClass(ClassTree node, Void unused) {
        open(node);
        scan(node.getMembers(), null);
        close();
        return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
        scan(node.getEnclosingExpression(), null);
        scan(node.getArguments(), null);
        return scan(node.getClassBody(), null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
        if (node.getMethodSelect() instanceof MemberSelectTree select) {
            scan(select, null);
        }
        return scan(node.getArguments(), null);
    }

    @Override
    public Void visitTypeCast(TypeCastTree node, Void unused) {
        return scan(node.getExpression(), null);
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree node, Void unused) {
        scan(node.getExpression(), null);
        return scan(node.getPattern(), null);
    }

    @Override
    public Void visitNewArray(NewArrayTree node, Void unused) {
        scan(node.getDimensions(), null);
        return scan(node.getInitializers(), null);
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        labels.addAll(node.getExpressions());
        return super.visitCase(node, null);
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
        return null; // no variables
    }

    @Override
    public Void visitMethod(MethodTree node, Void unused) {
        given.addAll(node.getParameters());
        return super.visitMethod(node, null);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
        given.addAll(node.getParameters());
        return super.visitLambdaExpression(node, null);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree node, Void unused) {
        given.add(node.getVariable());
        return super.visitEnhancedForLoop(node, null);
    }

    @Override
    public Void visitCatch(CatchTree node, Void unused) {
        given.add(node.getParameter());
        return super.visitCatch(node, null);
    }

    @Override
    public Void visitBindingPattern(BindingPatternTree node, Void unused) {
        patterns.add(node.getVariable());
        return super.visitBindingPattern(node, null);
    }

    @Override
    public Void visitVariable(VariableTree node, Void unused) {
        String name = node.getName().toString();
        boolean isUnnamed = name.isEmpty() || name.equals("_");
        if (!isUnnamed && !(frames.element().node() instanceof ClassTree)) {
            boolean isPattern = patterns.contains(node);
            Local same = find(name);
            if (same != null && !same.isPattern() && !isPattern) {
                findings.mistake(node);
            }
            boolean isGiven = isPattern || given.contains(node) || node.getInitializer() != null;
            Local local =
                    new Local(
                            node,
                            isGiven,
                            isPattern,
                            new ArrayList<>(),
                            new ArrayList<>(),
                            new ArrayList<>());
            frames.element().locals().put(name, local);
        }
        return scan(node.getInitializer(), null);
    }

    /** The local variable of a name in the innermost class. */
    private Local find(String name) {
        for (Frame frame : frames) {
            if (frame.node() instanceof ClassTree) {
                return null;
            }
            Local local = frame.locals().get(name);
            if (local != null) {
                return local;
            }
        }
        return null;
    }

    private boolean isCaptured(Local local) {
        String name = local.tree().getName().toString();
        for (Frame frame : frames) {
            if (frame.locals().get(name) == local) {
                return false;
            }
            if (frame.node() instanceof LambdaExpressionTree) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Void visitIdentifier(IdentifierTree node, Void unused) {
        Local local = find(node.getName().toString());
        if (local == null) {
            foreign.add(node);
        } else if (!labels.contains(node)) {
            local.uses().add(node);
            if (isCaptured(local)) {
                local.captures().add(node);
            }
        }
        return null;
    }

    @Override
    public Void visitAssignment(AssignmentTree node, Void unused) {
        if (!changes(node.getVariable())) {
            scan(node.getVariable(), null);
        }
        return scan(node.getExpression(), null);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree node, Void unused) {
        changes(node.getVariable());
        return super.visitCompoundAssignment(node, null);
    }

    @Override
    public Void visitUnary(UnaryTree node, Void unused) {
        switch (node.getKind()) {
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                    changes(node.getExpression());
            default -> {}
        }
        return super.visitUnary(node, null);
    }

    /** Notes that a variable changes, if it is a local one. */
    private boolean changes(ExpressionTree node) {
        Local local =
                node instanceof IdentifierTree identifier
                        ? find(identifier.getName().toString())
                        : null;
        if (local == null) {
            return false;
        }
        local.changes().add(node);
        if (isCaptured(local) && !local.isPattern()) {
            findings.mistake(node);
        }
        return true;
    }
}
