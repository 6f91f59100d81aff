/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.WhileLoopTree;

/** Meets every condition of a body, with the names that are in scope there. */
abstract class Conditions extends TypePositions {

    Conditions(Scope scope) {
        super(scope);
    }

    /** Looks at a condition; null for none. */
    abstract void condition(ExpressionTree node);

    @Override
    public Void visitIf(IfTree node, Void unused) {
        condition(node.getCondition());
        return super.visitIf(node, null);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree node, Void unused) {
        condition(node.getCondition());
        return super.visitWhileLoop(node, null);
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree node, Void unused) {
        condition(node.getCondition());
        return super.visitDoWhileLoop(node, null);
    }

    @Override
    public Void visitForLoop(ForLoopTree node, Void unused) {
        open(node);
        scan(node.getInitializer(), null);
        condition(node.getCondition());
        scan(node.getCondition(), null);
        scan(node.getUpdate(), null);
        scan(node.getStatement(), null);
        close();
        return null;
    }

    @Override
    public Void visitConditionalExpression(ConditionalExpressionTree node, Void unused) {
        condition(node.getCondition());
        return super.visitConditionalExpression(node, null);
    }
}
