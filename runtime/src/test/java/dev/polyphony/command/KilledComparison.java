/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

/** The command line of a comparison, as a process to be killed. */
public final class KilledComparison {

    private KilledComparison() {}

    /**
     * Calls the command line.
     *
     * @param args its arguments
     */
    public static void main(String[] args) {
        System.exit(
                ComparisonCommand.execute(
                        "nets.MlpComparison",
                        args,
                        CommandFixture::comparison,
                        System.out,
                        System.err));
    }
}
