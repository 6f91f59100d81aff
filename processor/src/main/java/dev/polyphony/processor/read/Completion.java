/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Which statements can complete normally (JLS 14.22), to find statements that are never reached and
 * ends without a {@code return}. A loop may never end or never begin by a constant, which takes
 * types to know: then it is not known whether it completes.
 */
final class Completion {

    /** Whether a statement completes. */
    private enum Ends {
        NO,
        PERHAPS,
        YES;

        Ends or(Ends other) {
            return compareTo(other) >= 0 ? this : other;
        }

        Ends and(Ends other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    /** What a {@code break} can leave; the label is null but for that of a labelled statement. */
    private static final class Exit {

        private final Tree node;
        private final String label;
        private Ends ends = Ends.NO;

        Exit(Tree node, String label) {
            this.node = node;
            this.label = label;
        }
    }

    private final Source source;
    private final Findings findings;
    private final Deque<Exit> exits = new ArrayDeque<>();
    private boolean returnsValue;
    private boolean returnsNothing;

    /** Whether a {@code finally} may undo what leaves its {@code try}. */
    private boolean isUndone;

    private Completion(Source source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Checks the body of a method; that of a constructor returns nothing either. */
    static void method(BlockTree body, boolean isVoid, Source source, Findings findings) {
        Completion completion = new Completion(source, findings);
        Ends ends = completion.of(body, Ends.YES);
        boolean lacksValue = completion.returnsNothing || completion.isSure(ends, Ends.YES);
        if (isVoid ? completion.returnsValue : lacksValue) {
            findings.mistake(body);
        }
    }

    /** Checks the body of a lambda: it returns a value always or never. */
    static void lambda(BlockTree body, Source source, Findings findings) {
        Completion completion = new Completion(source, findings);
        Ends ends = completion.of(body, Ends.YES);
        boolean lacksValue = completion.returnsNothing || completion.isSure(ends, Ends.YES);
        if (completion.returnsValue && lacksValue) {
            findings.mistake(body);
        }
    }

    /** Checks an initialiser: it returns nothing and completes. */
    static void initializer(BlockTree body, Source source, Findings findings) {
        Completion completion = new Completion(source, findings);
        Ends ends = completion.of(body, Ends.YES);
        if (completion.returnsValue
                || completion.returnsNothing
                || completion.isSure(ends, Ends.NO)) {
            findings.mistake(body);
        }
    }

    private boolean isSure(Ends ends, Ends asked) {
        return ends == asked && !isUndone;
    }

    private Ends of(List<? extends StatementTree> statements, Ends before) {
        Ends reached = before;
        for (StatementTree statement : statements) {
            if (reached == Ends.NO) {
                findings.mistake(statement);
                return Ends.PERHAPS; // one mistake is enough
            }
            reached = reached.and(of(statement, reached));
        }
        return reached;
    }

    /** Whether a statement completes if it is reached. */
    private Ends of(StatementTree node, Ends reached) {
        if (node instanceof BlockTree block) {
            return of(block.getStatements(), reached);
        } else if (node instanceof ReturnTree returns) {
            returnsValue |= returns.getExpression() != null;
            returnsNothing |= returns.getExpression() == null;
            return Ends.NO;
        } else if (node instanceof ThrowTree || node instanceof YieldTree) {
            return Ends.NO;
        } else if (node instanceof BreakTree leaves) {
            exit(leaves, leaves.getLabel(), reached);
            return Ends.NO;
        } else if (node instanceof ContinueTree goesOn) {
            goesOn(goesOn);
            return Ends.NO;
        } else if (node instanceof IfTree choice) {
            Ends then = of(choice.getThenStatement(), reached);
            StatementTree other = choice.getElseStatement();
            return then.or(other == null ? Ends.YES : of(other, reached));
        } else if (node instanceof WhileLoopTree loop) {
            return loop(loop, loop.getCondition(), loop.getStatement(), reached);
        } else if (node instanceof ForLoopTree loop) {
            return loop(loop, loop.getCondition(), loop.getStatement(), reached);
        } else if (node instanceof DoWhileLoopTree loop) {
            Ends left = inside(loop, loop.getStatement(), reached);
            return isTrue(loop.getCondition()) ? left : Ends.PERHAPS.or(left);
        } else if (node instanceof EnhancedForLoopTree loop) {
            inside(loop, loop.getStatement(), reached);
        } else if (node instanceof LabeledStatementTree labeled) {
            return labeled(labeled, reached);
        } else if (node instanceof SwitchTree choice) {
            return choice(choice, reached);
        } else if (node instanceof SynchronizedTree locked) {
            return of(locked.getBlock(), reached);
        } else if (node instanceof TryTree attempt) {
            return attempt(attempt, reached);
        }
        return Ends.YES;
    }

    /** Whether what stands in a loop leaves it by a {@code break}. */
    private Ends inside(Tree node, StatementTree body, Ends reached) {
        Exit exit = new Exit(node, null);
        exits.push(exit);
        of(body, reached);
        exits.pop();
        return exit.ends;
    }

    private Ends loop(Tree node, ExpressionTree condition, StatementTree body, Ends reached) {
        Ends left = inside(node, body, reached);
        if (condition == null || isTrue(condition)) {
            return left;
        }
        return isCall(condition) ? Ends.YES : Ends.PERHAPS.or(left);
    }

    private static boolean isTrue(ExpressionTree node) {
        return node instanceof ParenthesizedTree inner
                ? isTrue(inner.getExpression())
                : node instanceof LiteralTree literal && Boolean.TRUE.equals(literal.getValue());
    }

    /** A call is no constant. */
    private static boolean isCall(ExpressionTree node) {
        return node instanceof ParenthesizedTree inner
                ? isCall(inner.getExpression())
                : node instanceof MethodInvocationTree;
    }

    private Ends labeled(LabeledStatementTree node, Ends reached) {
        Exit exit = new Exit(node, node.getLabel().toString());
        exits.push(exit);
        Ends ends = of(node.getStatement(), reached);
        exits.pop();
        return ends.or(exit.ends);
    }

    private void exit(Tree node, CharSequence label, Ends reached) {
        for (Exit exit : exits) {
            if (label == null ? exit.label == null : label.toString().equals(exit.label)) {
                exit.ends = exit.ends.or(reached);
                return;
            }
        }
        findings.mistake(node);
    }

    private void goesOn(ContinueTree node) {
        for (Exit exit : exits) {
            boolean isMeant =
                    node.getLabel() == null
                            ? exit.label == null && !(exit.node instanceof SwitchTree)
                            : node.getLabel().toString().equals(exit.label);
            if (isMeant) {
                return;
            }
        }
        findings.mistake(node);
    }

    private Ends choice(SwitchTree node, Ends reached) {
        Exit exit = new Exit(node, null);
        exits.push(exit);
        Ends last = Ends.YES;
        boolean hasDefault = false;
        Ends rules = Ends.NO;
        for (CaseTree one : node.getCases()) {
            hasDefault |= isDefault(one);
            if (one.getCaseKind() == CaseTree.CaseKind.STATEMENT) {
                last = of(one.getStatements(), reached);
            } else {
                rules =
                        rules.or(
                                one.getBody() instanceof StatementTree body
                                        ? of(body, reached)
                                        : Ends.YES);
                last = Ends.NO;
            }
        }
        exits.pop();
        Ends none = hasDefault ? Ends.NO : areLiterals(node) ? Ends.YES : Ends.PERHAPS;
        return last.or(rules).or(none).or(exit.ends);
    }

    /** In JDK 17 a case that has a pattern has no expressions either. */
    private boolean isDefault(CaseTree node) {
        return node.getExpressions().isEmpty()
                && source.text().startsWith("default", source.start(node));
    }

    /** Of numbers and strings there are always others; of constants of an enum perhaps not. */
    private static boolean areLiterals(SwitchTree node) {
        for (CaseTree one : node.getCases()) {
            for (ExpressionTree label : one.getExpressions()) {
                if (label.getKind() != Tree.Kind.INT_LITERAL
                        && label.getKind() != Tree.Kind.STRING_LITERAL) {
                    return false;
                }
            }
            if (one.getExpressions().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private Ends attempt(TryTree node, Ends reached) {
        Ends ends = of(node.getBlock(), reached);
        for (CatchTree one : node.getCatches()) {
            ends = ends.or(of(one.getBlock(), reached));
        }
        if (node.getFinallyBlock() == null) {
            return ends;
        }
        Ends after = of(node.getFinallyBlock(), reached);
        isUndone |= after != Ends.YES;
        return ends.and(after);
    }
}
