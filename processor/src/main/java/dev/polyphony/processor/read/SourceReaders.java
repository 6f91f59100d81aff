/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;

/** Chooses the way to the source that works in this compiler and build tool. */
final class SourceReaders {

    private SourceReaders() {}

    /**
     * Opens the source: javac's own trees, from the environment that build tools may have wrapped;
     * or else the source file, parsed again.
     */
    static SourceReader open(ProcessingEnvironment environment) {
        for (ProcessingEnvironment candidate : Unwrapping.candidates(environment)) {
            Optional<Trees> trees = trees(candidate);
            if (trees.isPresent()) {
                return new TreesReader(trees.get());
            }
        }
        try {
            return new ParsingReader(environment.getElementUtils());
        } catch (LinkageError e) {
            return type -> new SourceReader.Unreadable("this Java runtime has no compiler");
        }
    }

    private static Optional<Trees> trees(ProcessingEnvironment environment) {
        try {
            return Optional.of(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            return Optional.empty(); // wrapped, not javac, or without the module jdk.compiler
        }
    }
}
