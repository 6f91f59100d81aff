/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.train.OptimizerSettings;
import dev.polyphony.train.optimize.OptimizerType;
import picocli.CommandLine.Option;

/** What the memory of a training step depends on, where nothing is trained. */
final class StepOptions {

    @Option(
            names = "--batch-size",
            defaultValue = "128",
            paramLabel = "N",
            description =
                    "Rows that a member sees in a step, for the memory (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--optimizer",
            defaultValue = "ADAM",
            paramLabel = "NAME",
            description =
                    "One of ${COMPLETION-CANDIDATES}, for the memory (default: ${DEFAULT-VALUE}).")
    private OptimizerType optimizer;

    <T extends OptimizerSettings<T>> T apply(T settings) {
        return settings.optBatchSize(batchSize).optOptimizer(optimizer);
    }
}
