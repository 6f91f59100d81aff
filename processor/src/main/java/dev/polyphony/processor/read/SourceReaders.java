/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.util.Trees;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;

/** Chooses the way to the source that works in this compiler and build tool. */
public final class SourceReaders {

    private SourceReaders() {}

    /** The processor option that names sources jars and folders of sources. */
    public static final String SOURCES = "polyphony.sources";

    /**
     * Opens the sources that are compiled: javac's own trees, from the environment that build tools
     * may have wrapped; or else the source file, parsed again.
     */
    static SourceReader open(ProcessingEnvironment environment) {
        for (ProcessingEnvironment candidate : Unwrapping.candidates(environment)) {
            Optional<Trees> trees = trees(candidate);
            if (trees.isPresent()) {
                return new TreesReader(trees.get());
            }
        }
        return guarded(new ParsingReader(environment.getElementUtils()));
    }

    /** Opens the sources of libraries. */
    static SourceReader openLibraries(ProcessingEnvironment environment) {
        return guarded(new LibraryReader(environment.getOptions().get(SOURCES)));
    }

    private static SourceReader guarded(SourceReader reader) {
        return type -> {
            try {
                return reader.read(type);
            } catch (LinkageError e) {
                return new SourceReader.Unreadable("this Java runtime has no compiler");
            }
        };
    }

    private static Optional<Trees> trees(ProcessingEnvironment environment) {
        try {
            return Optional.of(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            return Optional.empty(); // wrapped, not javac, or without the module jdk.compiler
        }
    }
}
