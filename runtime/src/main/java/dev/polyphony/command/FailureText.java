/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import ai.djl.TrainingDivergedException;
import dev.polyphony.harness.ComparisonException;
import dev.polyphony.nn.InputShapeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.stream.Stream;

/** What failed, in words: one line, or one for each problem. */
final class FailureText {

    private static final String NEED_SHAPE =
            "models of images need " + DataOptions.SHAPE + " C,H,W";

    private FailureText() {}

    /**
     * Describes a failure: what a user can mend says so itself, anything else is named and can be
     * traced.
     *
     * @param failure the failure
     * @param hasShape whether the user has said what an example is
     */
    static String of(Exception failure, boolean hasShape) {
        boolean isWhole =
                failure instanceof ComparisonException || failure instanceof IncompleteException;
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (!isWhole) {
            message = message.lines().findFirst().orElse("").strip();
        }
        String type = failure.getClass().getSimpleName();
        if (failure instanceof FileSystemException) {
            // its message is the file alone
            return type + ": " + message;
        }
        if (isExpected(failure) && !message.isEmpty()) {
            return !hasShape && isOfShape(failure) ? with(message, NEED_SHAPE) : message;
        }
        String what = message.isEmpty() ? type : message;
        if (!message.isEmpty() && !(failure instanceof IllegalStateException)) {
            what = type + ": " + message;
        }
        String trace = GeneralOptions.STACK_TRACE + " shows where";
        return with(what, hasShape ? trace : trace + "; " + NEED_SHAPE);
    }

    /** A hint behind a line, or below several, which it is about. */
    private static String with(String message, String hint) {
        return message + (message.contains("\n") ? "\n" : " ") + "(" + hint + ")";
    }

    /** Whether the model fails on the shape of the data, in any row of a comparison. */
    private static boolean isOfShape(Throwable failure) {
        return failure instanceof InputShapeException
                || failure instanceof ComparisonException
                        && Stream.concat(
                                        Stream.ofNullable(failure.getCause()),
                                        Arrays.stream(failure.getSuppressed()))
                                .anyMatch(FailureText::isOfShape);
    }

    /** A failed comparison is as expected as what made its rows fail. */
    private static boolean isExpected(Throwable failure) {
        boolean isOfRows =
                failure instanceof IllegalStateException || failure instanceof IncompleteException;
        if (isOfRows && failure.getCause() instanceof RuntimeException cause) {
            return isExpected(cause)
                    && Arrays.stream(failure.getSuppressed()).allMatch(FailureText::isExpected);
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof TrainingDivergedException
                || failure instanceof IOException;
    }
}
