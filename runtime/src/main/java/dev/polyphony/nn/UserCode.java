/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import dev.polyphony.nn.layer.Pass;
import java.util.Arrays;
import java.util.List;

/** Finds the line of a model's own code in a stack trace. */
final class UserCode {

    /** Whose code between the layers and the failure is not the model's. */
    private static final List<String> LIBRARIES =
            List.of(
                    "java.",
                    "jdk.",
                    "sun.",
                    "ai.djl.engine.",
                    "ai.djl.modality.",
                    "ai.djl.ndarray.",
                    "ai.djl.nn.",
                    "ai.djl.pytorch.",
                    "ai.djl.training.",
                    "ai.djl.util.",
                    "dev.polyphony.nn.");

    private UserCode() {}

    /**
     * Finds where the model's own code failed.
     *
     * @param failure what was thrown while the model ran
     * @return words such as " at PackedNet.java:34"; empty if no code of the model was running
     */
    static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .takeWhile(frame -> !isStart(frame))
                .filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    /**
     * Returns what was thrown in one line: engines add traces of their own.
     *
     * @param failure what was thrown while the model ran
     * @return the first line of the message, without a full stop
     */
    static String message(Throwable failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static boolean isStart(StackTraceElement frame) {
        return frame.getClassName().equals(Pass.class.getName())
                && frame.getMethodName().equals("run");
    }
}
