/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.ComparisonException;

/** A comparison of which some rows are done and reported, and one failed. */
final class IncompleteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IncompleteException(ComparisonException failure, RunFolder run) {
        super(
                failure.getMessage() + "; the report of the rows before it is in " + run.getShown(),
                failure);
    }
}
