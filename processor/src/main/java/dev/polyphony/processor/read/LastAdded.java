/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a method adds last to the sequential blocks that it makes and returns. What is added
 * to other blocks last is not what they do last.
 */
final class LastAdded extends OwnCode {

    private static final Set<String> ADDING = Set.of("add", "addSingleton");
    private static final String SEQUENTIAL = "SequentialBlock";

    private final Source source;
    private final List<ExpressionTree> found = new ArrayList<>();

    /** The variables that hold sequential blocks. */
    private final Set<String> variables = new HashSet<>();

    /** The statement that runs before the one that is looked at, if that is certain. */
    private StatementTree before;

    private LastAdded(Source source) {
        this.source = source;
    }

    static List<ExpressionTree> in(Source source, BlockTree body) {
        LastAdded scanner = new LastAdded(source);
        scanner.scan(body, null);
        return scanner.found;
    }

    /** What a statement adds to a block with its last call. */
    static Optional<ExpressionTree> by(StatementTree node) {
        return node instanceof ExpressionStatementTree statement
                ? by(statement.getExpression())
                : Optional.empty();
    }

    private static Optional<ExpressionTree> by(ExpressionTree node) {
        return node instanceof MethodInvocationTree call
                        && ADDING.contains(Endings.name(call))
                        && call.getArguments().size() == 1
                ? Optional.of(call.getArguments().get(0))
                : Optional.empty();
    }

    @Override
    public Void visitBlock(BlockTree node, Void unused) {
        for (StatementTree statement : node.getStatements()) {
            scan(statement, null);
            before = statement;
        }
        return null;
    }

    @Override
    public Void visitCase(CaseTree node, Void unused) {
        before = null;
        return super.visitCase(node, null);
    }

    @Override
    public Void visitVariable(VariableTree node, Void unused) {
        boolean isSequential =
                isSequential(receiver(node.getInitializer()))
                        || node.getType() != null
                                && source.slice(node.getType()).equals(SEQUENTIAL);
        if (isSequential) {
            variables.add(node.getName().toString());
        }
        return super.visitVariable(node, null);
    }

    @Override
    public Void visitReturn(ReturnTree node, Void unused) {
        given(node.getExpression());
        return null;
    }

    private void given(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            given(inner.getExpression());
        } else if (node instanceof ConditionalExpressionTree choice) {
            given(choice.getTrueExpression());
            given(choice.getFalseExpression());
        } else if (node instanceof IdentifierTree variable) {
            callsOn(variable).ifPresent(this::given);
        } else if (isSequential(receiver(node))) {
            by(node).ifPresent(found::add);
        }
    }

    /** The calls in the statement before that give a variable its value, or change its block. */
    private Optional<ExpressionTree> callsOn(IdentifierTree variable) {
        ExpressionTree calls = null;
        if (before instanceof VariableTree declared
                && declared.getName().equals(variable.getName())) {
            calls = declared.getInitializer();
        } else if (before instanceof ExpressionStatementTree statement
                && receiver(statement.getExpression()) instanceof IdentifierTree name
                && name.getName().equals(variable.getName())) {
            calls = statement.getExpression();
        }
        return Optional.ofNullable(calls).filter(MethodInvocationTree.class::isInstance);
    }

    /** What the first of a chain of calls is called on. */
    private static ExpressionTree receiver(ExpressionTree node) {
        return node instanceof MethodInvocationTree call
                        && call.getMethodSelect() instanceof MemberSelectTree select
                ? receiver(select.getExpression())
                : node;
    }

    private boolean isSequential(ExpressionTree node) {
        return node instanceof IdentifierTree name && variables.contains(name.getName().toString())
                || node instanceof NewClassTree creation
                        && source.slice(creation.getIdentifier()).equals(SEQUENTIAL);
    }
}
