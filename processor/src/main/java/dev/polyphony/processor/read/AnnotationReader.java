/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import dev.polyphony.processor.diagnose.AnnotationPlaces;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Finds annotations in the syntax tree of the annotated class. */
public final class AnnotationReader implements AnnotationPlaces {

    private final SourceReader reader;

    /**
     * Creates a reader.
     *
     * @param environment the processor's environment, as build tools give it
     */
    public AnnotationReader(ProcessingEnvironment environment) {
        this.reader = SourceReaders.open(environment);
    }

    @Override
    public Optional<Found> find(TypeElement type, String annotation, int index, String attribute) {
        return reader.read(type) instanceof SourceReader.Found found
                ? find(found.source(), annotation, index, attribute)
                : Optional.empty();
    }

    private static Optional<Found> find(
            Source source, String annotation, int index, String attribute) {
        List<? extends AnnotationTree> trees = source.tree().getModifiers().getAnnotations();
        return IntStream.range(0, trees.size())
                .filter(order -> isNamed(trees.get(order), annotation))
                .skip(index)
                .mapToObj(
                        order ->
                                new Found(
                                        order,
                                        source.place(attribute(trees.get(order), attribute))))
                .findFirst();
    }

    private static boolean isNamed(AnnotationTree tree, String simpleName) {
        List<String> name = Imports.flatten(tree.getAnnotationType());
        return !name.isEmpty() && name.get(name.size() - 1).equals(simpleName);
    }

    private static Tree attribute(AnnotationTree tree, String name) {
        for (ExpressionTree argument : tree.getArguments()) {
            if (argument instanceof AssignmentTree assignment
                    && assignment.getVariable() instanceof IdentifierTree variable
                    && variable.getName().contentEquals(name)) {
                return assignment.getExpression();
            }
        }
        return tree;
    }
}
