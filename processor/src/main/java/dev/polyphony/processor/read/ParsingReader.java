/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.polyphony.processor.diagnose.Place;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Parses the source file once more, with a javac of our own: for compilers whose trees are out of
 * reach. Needs {@code Elements.getFileObjectOf}, which came with Java 18.
 */
final class ParsingReader implements SourceReader {

    private final Elements elements;

    ParsingReader(Elements elements) {
        this.elements = elements;
    }

    @Override
    public Result read(TypeElement type) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return new Unreadable("this Java runtime has no compiler");
        }
        Optional<JavaFileObject> file = fileOf(type);
        if (file.isEmpty()) {
            return new Unreadable("this compiler does not tell where the source file is");
        }
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null,
                                null,
                                diagnostic -> {}, // the user's compiler reports syntax errors
                                List.of("-proc:none"),
                                null,
                                List.of(file.get()));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (Tree declaration : unit.getTypeDecls()) {
                if (declaration instanceof ClassTree tree
                        && tree.getSimpleName().contentEquals(type.getSimpleName())) {
                    String text = file.get().getCharContent(true).toString();
                    return new Found(
                            new Source(
                                    unit,
                                    tree,
                                    text,
                                    positions,
                                    node -> place(type, unit, positions, node)));
                }
            }
            return new Unreadable("its source file does not declare it");
        } catch (IOException e) {
            return new Unreadable("reading its source file failed: " + e.getMessage());
        }
    }

    /** The messager can only point at declarations, so the message says where to look. */
    private static Place place(
            TypeElement type, CompilationUnitTree unit, SourcePositions positions, Tree node) {
        long start = positions.getStartPosition(unit, node);
        LineMap lines = unit.getLineMap();
        String where =
                " (line %d, column %d)"
                        .formatted(lines.getLineNumber(start), lines.getColumnNumber(start));
        return (messager, kind, message) ->
                messager.printMessage(kind, message.replaceFirst("\n|$", where + "$0"), type);
    }

    private Optional<JavaFileObject> fileOf(TypeElement type) {
        try {
            Method method =
                    Elements.class.getMethod(
                            "getFileObjectOf", javax.lang.model.element.Element.class);
            JavaFileObject file = (JavaFileObject) method.invoke(elements, type);
            return Optional.ofNullable(file)
                    .filter(found -> found.getKind() == JavaFileObject.Kind.SOURCE);
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // before Java 18, or not supported by this compiler
        }
    }
}
