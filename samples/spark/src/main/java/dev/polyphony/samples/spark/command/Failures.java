/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import dev.polyphony.samples.spark.score.ModelUnavailableException;
import dev.polyphony.samples.spark.search.SearchException;
import java.io.IOException;
import org.apache.spark.SparkThrowable;

/** What failed, in a line or two. */
final class Failures {

    private static final String DRIVER_TRACE = "Driver stacktrace:";

    private Failures() {}

    /**
     * Describes a failure: what a user can mend says so itself; of Spark's own errors, which hold
     * traces of executors, the beginning is enough.
     *
     * @param failure the failure
     * @return the text
     */
    static String describe(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof ModelUnavailableException || one instanceof SearchException) {
                return one.getMessage();
            }
        }
        String message = failure.getMessage();
        if (message == null) {
            return failure.toString();
        }
        boolean isOwn =
                failure instanceof IllegalArgumentException || failure instanceof IOException;
        if (isOwn && !(failure instanceof SparkThrowable)) {
            return message;
        }
        String first = message.replace(DRIVER_TRACE, "").lines().findFirst().orElse("").strip();
        return failure.getClass().getSimpleName() + ": " + first;
    }
}
