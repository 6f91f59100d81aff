/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The whole numbers that an expression is known to give when the model is made: one, or in a loop
 * over a literal array one after the other. Nothing is guessed: what is not known has no values.
 */
final class Constants {

    private static final List<Long> UNKNOWN = List.of();

    private final Scope scope;

    Constants(Scope scope) {
        this.scope = scope;
    }

    /** The values of an expression; none if they are not known. */
    List<Long> of(Tree node) {
        if (node instanceof LiteralTree literal) {
            boolean isWhole =
                    literal.getValue() instanceof Integer || literal.getValue() instanceof Long;
            return isWhole ? List.of(((Number) literal.getValue()).longValue()) : UNKNOWN;
        }
        if (node instanceof ParenthesizedTree inner) {
            return of(inner.getExpression());
        }
        if (node instanceof IdentifierTree identifier) {
            return scope.values(identifier.getName().toString());
        }
        return node instanceof BinaryTree binary ? of(binary) : UNKNOWN;
    }

    /** The elements of an array that is written out; none if one is not known. */
    List<Long> elementsOf(ExpressionTree node) {
        if (!(node instanceof NewArrayTree array) || array.getInitializers() == null) {
            return UNKNOWN;
        }
        List<Long> elements = new ArrayList<>();
        for (ExpressionTree element : array.getInitializers()) {
            List<Long> values = of(element);
            if (values.size() != 1) {
                return UNKNOWN;
            }
            elements.add(values.get(0));
        }
        return elements;
    }

    /** Two variables of loops do not take each of their values with each of the other's. */
    private List<Long> of(BinaryTree binary) {
        List<Long> left = of(binary.getLeftOperand());
        List<Long> right = of(binary.getRightOperand());
        if (left.isEmpty() || right.isEmpty() || left.size() > 1 && right.size() > 1) {
            return UNKNOWN;
        }
        List<Long> results = new ArrayList<>();
        for (long a : left) {
            for (long b : right) {
                OptionalLong result = compute(binary.getKind(), a, b);
                if (result.isEmpty()) {
                    return UNKNOWN;
                }
                results.add(result.getAsLong());
            }
        }
        return results;
    }

    private static OptionalLong compute(Tree.Kind operator, long a, long b) {
        boolean isDivision = operator == Tree.Kind.DIVIDE || operator == Tree.Kind.REMAINDER;
        if (isDivision && b == 0) {
            return OptionalLong.empty();
        }
        long result =
                switch (operator) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case REMAINDER -> a % b;
                    default -> Long.MIN_VALUE;
                };
        boolean isInt = result == (int) result;
        return isInt ? OptionalLong.of(result) : OptionalLong.empty();
    }
}
