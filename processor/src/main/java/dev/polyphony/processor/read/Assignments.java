/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** The names of all variables that change after their declaration. */
final class Assignments extends TreeScanner<Void, Void> {

    static final Set<Tree.Kind> STEPS =
            EnumSet.of(
                    Tree.Kind.PREFIX_INCREMENT,
                    Tree.Kind.PREFIX_DECREMENT,
                    Tree.Kind.POSTFIX_INCREMENT,
                    Tree.Kind.POSTFIX_DECREMENT);

    private final Set<String> names = new HashSet<>();
    private final boolean withFields;

    private Assignments(boolean withFields) {
        this.withFields = withFields;
    }

    static Set<String> in(Tree tree) {
        return in(tree, true);
    }

    /** The simple names alone: not those behind a dot, which are of fields. */
    static Set<String> ofSimpleNames(Tree tree) {
        return in(tree, false);
    }

    private static Set<String> in(Tree tree, boolean withFields) {
        Assignments scanner = new Assignments(withFields);
        scanner.scan(tree, null);
        return scanner.names;
    }

    private void add(ExpressionTree variable) {
        if (variable instanceof IdentifierTree identifier) {
            names.add(identifier.getName().toString());
        } else if (withFields && variable instanceof MemberSelectTree select) {
            names.add(select.getIdentifier().toString());
        }
    }

    @Override
    public Void visitAssignment(AssignmentTree node, Void unused) {
        add(node.getVariable());
        return super.visitAssignment(node, null);
    }

    @Override
    public Void visitCompoundAssignment(CompoundAssignmentTree node, Void unused) {
        add(node.getVariable());
        return super.visitCompoundAssignment(node, null);
    }

    @Override
    public Void visitUnary(UnaryTree node, Void unused) {
        if (STEPS.contains(node.getKind())) {
            add(node.getExpression());
        }
        return super.visitUnary(node, null);
    }
}
