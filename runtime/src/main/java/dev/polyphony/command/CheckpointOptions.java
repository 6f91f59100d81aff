/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.Converters.Interval;
import dev.polyphony.train.checkpoint.Checkpoints;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of what a run keeps so that it can go on. */
final class CheckpointOptions {

    private static final double SECONDS = 60;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "30s",
            converter = Converters.ToInterval.class,
            paramLabel = "INTERVAL",
            description =
                    "How often a checkpoint is written, such as 30s, 5min, 500steps or 1epoch"
                            + " (default: ${DEFAULT-VALUE}).")
    private Interval every;

    @Option(
            names = "--keep-last",
            defaultValue = "2",
            paramLabel = "N",
            description = "How many checkpoints stay (default: ${DEFAULT-VALUE}).")
    private int keepLast;

    @Option(
            names = "--keep-best",
            description = "Keep also that of the epoch that is best on the validation data.")
    private boolean keepBest;

    Checkpoints in(Path folder) {
        Checkpoints checkpoints =
                Checkpoints.in(folder).optKeepLast(keepLast).optKeepBest(keepBest);
        return switch (every.unit()) {
            case "s" -> checkpoints.optEveryMinutes(every.count() / SECONDS);
            case "min" -> checkpoints.optEveryMinutes(every.count());
            case "steps" -> checkpoints.optEverySteps((int) every.count());
            default -> checkpoints.optEveryEpochs((int) every.count());
        };
    }
}
