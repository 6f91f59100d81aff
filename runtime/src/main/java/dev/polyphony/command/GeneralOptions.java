/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class GeneralOptions {

    /** The option that shows where a failure comes from. */
    static final String STACK_TRACE = "--stacktrace";

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(names = STACK_TRACE, description = "Show where a failure comes from.")
    private boolean stackTrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean isQuiet() {
        return quiet;
    }
}
