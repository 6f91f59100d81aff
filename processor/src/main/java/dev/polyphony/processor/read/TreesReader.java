/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.lang.model.element.TypeElement;

/** Reads the trees that javac itself works on. */
final class TreesReader implements SourceReader {

    private final Trees trees;

    TreesReader(Trees trees) {
        this.trees = trees;
    }

    @Override
    public Result read(TypeElement type) {
        TreePath path = trees.getPath(type);
        if (path == null) {
            return new Unreadable("the compiler has it only as a compiled class");
        }
        var unit = path.getCompilationUnit();
        try {
            return new Found(
                    new Source(
                            unit,
                            (ClassTree) path.getLeaf(),
                            unit.getSourceFile().getCharContent(true).toString(),
                            trees.getSourcePositions(),
                            tree ->
                                    (messager, kind, message) ->
                                            trees.printMessage(kind, message, tree, unit)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
