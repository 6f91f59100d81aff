/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.ArrayTypeTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.IntersectionTypeTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.WildcardTree;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Notes the trees that stand where the language has nothing but types. */
class TypePositions extends BlockScopes {

    /** The names in scope. */
    final Scope scope;

    private final Set<Tree> typePositions = Collections.newSetFromMap(new IdentityHashMap<>());

    TypePositions(Scope scope) {
        this.scope = scope;
    }

    @Override
    final void open(Tree node) {
        scope.push(node);
    }

    @Override
    final void close() {
        scope.pop();
    }

    final void types(Collection<? extends Tree> trees) {
        typePositions.addAll(trees);
    }

    final void type(Tree tree) {
        if (tree != null) {
            typePositions.add(tree);
        }
    }

    /** Whether a tree, of those that were visited or noted, can be nothing but a type. */
    final boolean isType(Tree tree) {
        return typePositions.contains(tree);
    }

    @Override
    public Void visitNewArray(NewArrayTree node, Void unused) {
        type(node.getType());
        return super.visitNewArray(node, null);
    }

    @Override
    public Void visitTypeCast(TypeCastTree node, Void unused) {
        type(node.getType());
        return super.visitTypeCast(node, null);
    }

    @Override
    public Void visitInstanceOf(InstanceOfTree node, Void unused) {
        type(node.getType());
        return super.visitInstanceOf(node, null);
    }

    @Override
    public Void visitParameterizedType(ParameterizedTypeTree node, Void unused) {
        type(node.getType());
        types(node.getTypeArguments());
        return super.visitParameterizedType(node, null);
    }

    @Override
    public Void visitArrayType(ArrayTypeTree node, Void unused) {
        type(node.getType());
        return super.visitArrayType(node, null);
    }

    @Override
    public Void visitAnnotatedType(AnnotatedTypeTree node, Void unused) {
        type(node.getUnderlyingType());
        return super.visitAnnotatedType(node, null);
    }

    @Override
    public Void visitWildcard(WildcardTree node, Void unused) {
        type(node.getBound());
        return super.visitWildcard(node, null);
    }

    @Override
    public Void visitUnionType(UnionTypeTree node, Void unused) {
        types(node.getTypeAlternatives());
        return super.visitUnionType(node, null);
    }

    @Override
    public Void visitIntersectionType(IntersectionTypeTree node, Void unused) {
        types(node.getBounds());
        return super.visitIntersectionType(node, null);
    }
}
