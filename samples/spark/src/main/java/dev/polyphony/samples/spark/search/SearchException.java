/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

/** Why a search cannot go on: one sentence for whoever started it. */
public final class SearchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public SearchException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     *
     * @param message what is wrong
     * @param cause what it comes from
     */
    public SearchException(String message, Throwable cause) {
        super(message, cause);
    }
}
