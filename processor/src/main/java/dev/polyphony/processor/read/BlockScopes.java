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
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import java.util.function.Supplier;

/** Opens a scope for every construct of the language in which variables live. */
class BlockScopes extends TreeScanner<Void, Void> {

    /** The names in scope. */
    final Scope scope;

    BlockScopes(Scope scope) {
        this.scope = scope;
    }

    private Void scoped(Supplier<Void> visit) {
        scope.push();
        visit.get();
        scope.pop();
        return null;
    }

    @Override
    public Void visitMethod(MethodTree node, Void unused) {
        return scoped(() -> super.visitMethod(node, null));
    }

    @Override
    public Void visitBlock(BlockTree node, Void unused) {
        return scoped(() -> super.visitBlock(node, null));
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
        return scoped(() -> super.visitLambdaExpression(node, null));
    }

    @Override
    public Void visitForLoop(ForLoopTree node, Void unused) {
        return scoped(() -> super.visitForLoop(node, null));
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree node, Void unused) {
        return scoped(() -> super.visitEnhancedForLoop(node, null));
    }

    @Override
    public Void visitTry(TryTree node, Void unused) {
        return scoped(() -> super.visitTry(node, null));
    }

    @Override
    public Void visitCatch(CatchTree node, Void unused) {
        return scoped(() -> super.visitCatch(node, null));
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        return scoped(() -> super.visitCase(node, null));
    }
}
