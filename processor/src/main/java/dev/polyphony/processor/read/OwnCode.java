/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.util.TreeScanner;

/** Walks through the code of a body itself, and not through lambdas and classes within it. */
abstract class OwnCode extends TreeScanner<Void, Void> {

    @Override
    public final Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
        return null;
    }

    @Override
    public final Void visitClass(ClassTree node, Void unused) {
        return null;
    }
}
