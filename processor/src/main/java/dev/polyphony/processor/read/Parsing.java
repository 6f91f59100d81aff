/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.polyphony.processor.diagnose.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Parses a source file with a javac of our own. */
final class Parsing {

    /** Makes a place of a position in a file, counted from 1. */
    interface Places {

        /** The place of a line and a column. */
        Place at(long line, long column);
    }

    private final List<String> errors = new ArrayList<>();

    /**
     * Parses a file.
     *
     * @param file the file
     * @param simpleName the simple name of the class that is wanted
     * @param places makes places of positions
     */
    SourceReader.Result parse(JavaFileObject file, String simpleName, Places places) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            return new SourceReader.Unreadable("this Java runtime has no compiler");
        }
        DiagnosticListener<JavaFileObject> listener =
                diagnostic -> {
                    if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                        errors.add(
                                "line %d: %s"
                                        .formatted(
                                                diagnostic.getLineNumber(),
                                                diagnostic.getMessage(Locale.ROOT)));
                    }
                };
        JavacTask task =
                (JavacTask)
                        compiler.getTask(
                                null, null, listener, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            for (Tree declaration : unit.getTypeDecls()) {
                if (declaration instanceof ClassTree tree
                        && tree.getSimpleName().contentEquals(simpleName)) {
                    return new SourceReader.Found(source(task, unit, tree, file, places));
                }
            }
            return new SourceReader.Unreadable("its source file does not declare it");
        } catch (IOException e) {
            return new SourceReader.Unreadable("reading its source file failed: " + e.getMessage());
        }
    }

    /** What is wrong with the syntax of the file. */
    List<String> errors() {
        return errors;
    }

    private static Source source(
            JavacTask task,
            CompilationUnitTree unit,
            ClassTree tree,
            JavaFileObject file,
            Places places)
            throws IOException {
        Trees trees = Trees.instance(task);
        SourcePositions positions = trees.getSourcePositions();
        return new Source(
                unit,
                tree,
                file.getCharContent(true).toString(),
                positions,
                node -> {
                    long start = positions.getStartPosition(unit, node);
                    return places.at(
                            unit.getLineMap().getLineNumber(start),
                            unit.getLineMap().getColumnNumber(start));
                });
    }
}
