/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/**
 * Counts the arrays that a model returns, where its source shows it: if all that {@code
 * forwardInternal} returns are {@code new NDList(x, y)} of equally many arrays, at least two. One
 * argument may be a collection.
 */
public final class OutputCount implements Function<TypeElement, OptionalInt> {

    private final SourceReader reader;

    /**
     * Creates a count.
     *
     * @param environment the processor's environment, as build tools give it
     */
    public OutputCount(ProcessingEnvironment environment) {
        this.reader = SourceReaders.open(environment);
    }

    /**
     * Counts the outputs of a model.
     *
     * @param model the class
     * @return the number; empty if the source does not show it
     */
    @Override
    public OptionalInt apply(TypeElement model) {
        return reader.read(model) instanceof SourceReader.Found found
                ? count(found.source().tree())
                : OptionalInt.empty();
    }

    private static OptionalInt count(ClassTree type) {
        List<Integer> counts = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method
                    && method.getName().contentEquals("forwardInternal")
                    && method.getBody() != null) {
                new Returns(counts).scan(method.getBody(), null);
            }
        }
        long different = counts.stream().distinct().count();
        return different == 1 && counts.get(0) > 1
                ? OptionalInt.of(counts.get(0))
                : OptionalInt.empty();
    }

    /** Collects how many arrays each return statement of a method shows; 0 if it shows none. */
    private static final class Returns extends TreeScanner<Void, Void> {

        private final List<Integer> counts;

        Returns(List<Integer> counts) {
            this.counts = counts;
        }

        @Override
        public Void visitReturn(ReturnTree node, Void unused) {
            ExpressionTree given = node.getExpression();
            boolean isList =
                    given instanceof NewClassTree made
                            && made.getClassBody() == null
                            && made.getIdentifier().toString().matches("(.*\\.)?NDList");
            counts.add(isList ? ((NewClassTree) given).getArguments().size() : 0);
            return null;
        }

        @Override
        public Void visitClass(ClassTree node, Void unused) {
            return null;
        }

        @Override
        public Void visitLambdaExpression(LambdaExpressionTree node, Void unused) {
            return null;
        }
    }
}
