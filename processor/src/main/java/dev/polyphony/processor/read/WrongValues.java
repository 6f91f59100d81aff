/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Finds values of certain types where values of others belong. */
final class WrongValues {

    private static final Set<TypeKind> SHORT =
            EnumSet.of(TypeKind.BYTE, TypeKind.SHORT, TypeKind.CHAR);

    private final Findings findings;
    private final Types types;
    private final CertainTypes certain;

    WrongValues(Findings findings, Types types, CertainTypes certain) {
        this.findings = findings;
        this.types = types;
        this.certain = certain;
    }

    /**
     * A value that is assigned or returned.
     *
     * @param expected the type of what takes it; null if it is not known
     * @param node the value; null for none
     */
    void assigned(TypeMirror expected, ExpressionTree node) {
        if (node == null || expected == null) {
            return;
        }
        boolean isNull =
                node instanceof LiteralTree literal
                        && literal.getKind() == Tree.Kind.NULL_LITERAL
                        && expected.getKind().isPrimitive();
        if (isNull || !isTaken(expected, node)) {
            findings.mistake(node);
        }
    }

    private boolean isTaken(TypeMirror expected, ExpressionTree node) {
        Optional<TypeMirror> found = certain.of(node);
        boolean mayBeConstant =
                found.filter(type -> SHORT.contains(type.getKind()) || isInt(type)).isPresent()
                        && SHORT.contains(unboxed(expected).getKind());
        return mayBeConstant || certain.takes(expected, found);
    }

    private static boolean isInt(TypeMirror type) {
        return type.getKind() == TypeKind.INT;
    }

    /** A condition. */
    void condition(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            condition(inner.getExpression());
        } else if (node != null) {
            kind(node)
                    .filter(kind -> kind != TypeKind.BOOLEAN)
                    .ifPresent(kind -> findings.mistake(node));
        }
    }

    /** The operands of an operator. */
    void operands(BinaryTree node) {
        switch (node.getKind()) {
            case MINUS,
                    MULTIPLY,
                    DIVIDE,
                    REMAINDER,
                    LESS_THAN,
                    LESS_THAN_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_EQUAL -> {
                number(node.getLeftOperand());
                number(node.getRightOperand());
            }
            case CONDITIONAL_AND, CONDITIONAL_OR -> {
                condition(node.getLeftOperand());
                condition(node.getRightOperand());
            }
            default -> {}
        }
    }

    private void number(ExpressionTree node) {
        kind(node)
                .filter(kind -> !kind.isPrimitive() || kind == TypeKind.BOOLEAN)
                .ifPresent(kind -> findings.mistake(node));
    }

    private Optional<TypeKind> kind(ExpressionTree node) {
        return certain.of(node).map(this::unboxed).map(TypeMirror::getKind);
    }

    private TypeMirror unboxed(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            return type;
        }
        try {
            PrimitiveType unboxed = types.unboxedType(type);
            return unboxed;
        } catch (IllegalArgumentException e) {
            return type; // of another class
        }
    }
}
