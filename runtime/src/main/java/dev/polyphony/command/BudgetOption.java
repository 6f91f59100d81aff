/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.Budget;
import picocli.CommandLine.Option;

/** What a comparison makes equal. */
final class BudgetOption {

    @Option(
            names = "--equal",
            defaultValue = "EPOCHS",
            paramLabel = "BUDGET",
            description =
                    "What all rows have equal: EPOCHS (passes through the data) or UPDATES (steps of"
                            + " the optimizer) (default: ${DEFAULT-VALUE}).")
    private Budget budget;

    Budget get() {
        return budget;
    }
}
