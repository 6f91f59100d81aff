/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import dev.polyphony.processor.diagnose.Place;
import java.util.function.Function;

/**
 * A class in its source file.
 *
 * @param unit the file's tree
 * @param tree the class's tree
 * @param text the text of the file
 * @param positions where trees are in the text
 * @param places makes a place of a tree
 */
record Source(
        CompilationUnitTree unit,
        ClassTree tree,
        String text,
        SourcePositions positions,
        Function<Tree, Place> places) {

    /** The same file, for another class in it. */
    Source with(ClassTree other) {
        return new Source(unit, other, text, positions, places);
    }

    /** The offset at which a tree starts. */
    int start(Tree node) {
        return (int) positions.getStartPosition(unit, node);
    }

    /** The offset after a tree; -1 where the compiler made the tree up. */
    int end(Tree node) {
        return (int) positions.getEndPosition(unit, node);
    }

    /** The text of a tree; empty where the compiler made the tree up. */
    String slice(Tree node) {
        int start = start(node);
        int end = end(node);
        return start < 0 || end <= start ? "" : text.substring(start, end);
    }

    Place place(Tree node) {
        return places.apply(node);
    }
}
