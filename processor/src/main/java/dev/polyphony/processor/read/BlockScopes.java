/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;

/** Opens a scope for every construct of the language in which variables live. */
abstract class BlockScopes extends TreeScanner<Void, Void> {

    /** Opens the scope of a construct. */
    abstract void open(Tree node);

    /** Closes the innermost scope. */
    abstract void close();

    @Override
    public Void visitMethod(MethodTree node, Void unused) {
        open(node);
        super.visitMethod(node, null);
        close();
        return null;
    }

    @Override
    public Void visitBlock(BlockTree node, Void unused) {
        open(node);
        super.visitBlock(node, null);
        close();
        return null;
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
        open(node);
        super.visitLambdaExpression(node, null);
        close();
        return null;
    }

    @Override
    public Void visitForLoop(ForLoopTree node, Void unused) {
        open(node);
        super.visitForLoop(node, null);
        close();
        return null;
    }

    /** The variable is not in scope in what is gone through. */
    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree node, Void unused) {
        scan(node.getExpression(), null);
        open(node);
        scan(node.getVariable(), null);
        scan(node.getStatement(), null);
        close();
        return null;
    }

    /** Resources are in scope in the block, not in what handles its exceptions. */
    @Override
    public Void visitTry(TryTree node, Void unused) {
        open(node);
        scan(node.getResources(), null);
        scan(node.getBlock(), null);
        close();
        scan(node.getCatches(), null);
        return scan(node.getFinallyBlock(), null);
    }

    @Override
    public Void visitCatch(CatchTree node, Void unused) {
        open(node);
        super.visitCatch(node, null);
        close();
        return null;
    }

    @Override
    public Void visitSwitch(SwitchTree node, Void unused) {
        open(node);
        super.visitSwitch(node, null);
        close();
        return null;
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree node, Void unused) {
        open(node);
        super.visitSwitchExpression(node, null);
        close();
        return null;
    }

    /** What one group of statements declares is in scope in those that follow. */
    @Override
    public Void visitCase(CaseTree node, Void unused) {
        boolean isApart = node.getCaseKind() == CaseTree.CaseKind.RULE;
        if (isApart) {
            open(node);
        }
        super.visitCase(node, null);
        if (isApart) {
            close();
        }
        return null;
    }
}
