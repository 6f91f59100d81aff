/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.Budget;
import dev.polyphony.harness.Comparison;
import picocli.CommandLine.Option;

/** What a comparison has beside what all training has. */
final class ComparisonOptions {

    @Option(
            names = "--equal",
            defaultValue = "EPOCHS",
            paramLabel = "BUDGET",
            description =
                    "What all rows have equal: EPOCHS (passes through the data) or UPDATES (steps of"
                            + " the optimizer) (default: ${DEFAULT-VALUE}).")
    private Budget budget;

    @Option(
            names = "--seeds",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Train all rows with N seeds, from --seed on, and report means, deviations and"
                            + " paired tests (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--mc-dropout",
            defaultValue = "20",
            paramLabel = "N",
            description =
                    "Passes of the plain model with its dropout on, for the row 'MC dropout'; 0 for no"
                            + " such row (default: ${DEFAULT-VALUE}).")
    private int passes;

    void apply(Comparison comparison) {
        comparison.optBudget(budget).optSeedCount(seeds).optDropoutPasses(passes);
    }
}
