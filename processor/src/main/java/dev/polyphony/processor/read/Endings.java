/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what a model does last: at what {@code forwardInternal} returns, at what a constructor
 * adds in its last statement, and at what an entry point adds last to a sequential block that it
 * returns. An end that the source does not show as plainly is left alone.
 */
final class Endings {

    private static final Set<String> NORMALISING = Set.of("softmax", "logSoftmax");
    private static final Set<String> WRAPPERS = Set.of("NDList", "LambdaBlock");

    private final Source source;
    private final Findings findings;

    private boolean isFollowing;

    /** The statements of the block around the end. */
    private List<? extends StatementTree> before = List.of();

    Endings(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /**
     * Finds the ends that are probabilities.
     *
     * @param entryPoints the methods that make whole models
     */
    void find(Collection<MethodTree> entryPoints) {
        for (Tree member : source.tree().getMembers()) {
            if (member instanceof MethodTree method && method.getBody() != null) {
                if (method.getName().contentEquals("forwardInternal")) {
                    returned(method.getBody());
                } else if (method.getReturnType() == null) {
                    added(method.getBody());
                }
            }
        }
        for (MethodTree method : entryPoints) {
            LastAdded.in(source, method.getBody()).forEach(this::end);
        }
    }

    /** All that a body returns, but not what lambdas and classes within it return. */
    private void returned(BlockTree body) {
        new OwnCode() {
            @Override
            public Void visitBlock(BlockTree node, Void unused) {
                for (StatementTree statement : node.getStatements()) {
                    before = node.getStatements();
                    scan(statement, null);
                }
                return null;
            }

            @Override
            public Void visitReturn(ReturnTree node, Void unused) {
                end(node.getExpression());
                return null;
            }
        }.scan(body, null);
    }

    /** The chain of calls that ends a constructor of a sequential block. */
    private void added(BlockTree body) {
        List<? extends StatementTree> statements = body.getStatements();
        if (!statements.isEmpty()) {
            LastAdded.by(statements.get(statements.size() - 1)).ifPresent(this::end);
        }
    }

    /** Looks into what wraps an end: lists, lambda blocks, lambdas. */
    private void end(ExpressionTree node) {
        if (node instanceof ParenthesizedTree inner) {
            end(inner.getExpression());
        } else if (node instanceof ConditionalExpressionTree choice) {
            end(choice.getTrueExpression());
            end(choice.getFalseExpression());
        } else if (node instanceof IdentifierTree variable) {
            List<? extends StatementTree> statements = before;
            before = List.of(); // a value is followed once
            lastValue(variable, statements).ifPresent(this::end);
            before = statements;
        } else if (node instanceof LambdaExpressionTree lambda) {
            if (lambda.getBody() instanceof ExpressionTree value) {
                end(value);
            } else if (lambda.getBody() instanceof BlockTree block) {
                returned(block);
            }
        } else if (node instanceof MemberReferenceTree reference && !isFollowing) {
            isFollowing = true; // one reference, not those in the method
            ownMethod(reference).ifPresent(this::returned);
            isFollowing = false;
        } else if (node instanceof NewClassTree creation
                && WRAPPERS.contains(source.slice(creation.getIdentifier()))
                && !creation.getArguments().isEmpty()) {
            end(creation.getArguments().get(0));
            // a variable may be attention that is handed out as well
            creation.getArguments().stream()
                    .skip(1)
                    .filter(MethodInvocationTree.class::isInstance)
                    .forEach(this::end);
        } else if (node instanceof MethodInvocationTree call) {
            String name = name(call);
            if (NORMALISING.contains(name) || isExpOfLogSoftmax(call)) {
                findings.add(call, new Fact.Probabilities(name, source.place(call)));
            } else if (name.equals("singleton") && !call.getArguments().isEmpty()) {
                end(call.getArguments().get(0));
            }
        }
    }

    /** The body of the only method of the model that has the name, if it is the model's. */
    private Optional<BlockTree> ownMethod(MemberReferenceTree reference) {
        String owner = source.slice(reference.getQualifierExpression());
        if (!owner.equals("this") && !source.tree().getSimpleName().contentEquals(owner)) {
            return Optional.empty();
        }
        List<MethodTree> methods =
                source.tree().getMembers().stream()
                        .filter(MethodTree.class::isInstance)
                        .map(MethodTree.class::cast)
                        .filter(method -> method.getName().equals(reference.getName()))
                        .filter(method -> method.getBody() != null)
                        .toList();
        return methods.size() == 1 ? Optional.of(methods.get(0).getBody()) : Optional.empty();
    }

    /** The softmax in two steps. */
    private static boolean isExpOfLogSoftmax(MethodInvocationTree call) {
        return name(call).equals("exp")
                && call.getMethodSelect() instanceof MemberSelectTree select
                && select.getExpression() instanceof MethodInvocationTree inner
                && name(inner).equals("logSoftmax");
    }

    /** What a variable was set to in the statements of a block, where that is the last thing. */
    private Optional<ExpressionTree> lastValue(
            IdentifierTree variable, List<? extends StatementTree> statements) {
        ExpressionTree value = null;
        for (StatementTree statement : statements) {
            if (source.start(statement) >= source.start(variable)) {
                break;
            } else if (statement instanceof VariableTree declared
                    && declared.getName().equals(variable.getName())) {
                value = declared.getInitializer();
            } else if (statement instanceof ExpressionStatementTree expression
                    && expression.getExpression() instanceof AssignmentTree assigned
                    && assigned.getVariable() instanceof IdentifierTree name
                    && name.getName().equals(variable.getName())) {
                value = assigned.getExpression();
            }
        }
        return Optional.ofNullable(value);
    }

    /** The name of the method that is called. */
    static String name(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : call.getMethodSelect().toString();
    }
}
