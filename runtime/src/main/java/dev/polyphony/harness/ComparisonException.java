/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.report.Report;
import java.util.Optional;

/**
 * A comparison that did not start, as rows cannot be trained, or that failed in a row after others
 * were done.
 */
public final class ComparisonException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient Report report;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, a line for each problem
     * @param cause what a row threw, or null
     * @param report a report of the rows that were done, or null
     */
    ComparisonException(String message, Throwable cause, Report report) {
        super(message, cause);
        this.report = report;
    }

    /**
     * Returns what was done before.
     *
     * @return a report of the rows before the one that failed; empty if there are none
     */
    public Optional<Report> getReport() {
        return Optional.ofNullable(report);
    }

    /** The same failure with more to say. */
    ComparisonException with(String more) {
        ComparisonException longer =
                new ComparisonException(getMessage() + more, getCause(), report);
        for (Throwable also : getSuppressed()) {
            longer.addSuppressed(also);
        }
        return longer;
    }
}
