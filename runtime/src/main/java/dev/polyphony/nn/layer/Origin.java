/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import java.lang.StackWalker.StackFrame;
import java.util.List;

/** Finds the line that builds a layer. */
final class Origin {

    /** Whose code stands between the line and the layer. */
    private static final List<String> LIBRARIES =
            List.of("java.", "jdk.", "ai.djl.", Origin.class.getPackageName() + ".");

    private static final StackWalker WALKER = StackWalker.getInstance();

    private Origin() {}

    /**
     * Finds the innermost line that is no library's, in a constructor of the model as a rule.
     *
     * @return words such as " of PackedNet.java:34"; empty if there is none
     */
    static String find() {
        return WALKER.walk(
                frames ->
                        frames.filter(Origin::isModel)
                                .findFirst()
                                .map(f -> " of " + f.getFileName() + ":" + f.getLineNumber())
                                .orElse(""));
    }

    private static boolean isModel(StackFrame frame) {
        return LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
