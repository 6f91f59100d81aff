/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Goes on with a run that stopped.
 *
 * @param <T> the type of what is trained
 */
@Command(name = "resume", sortOptions = false)
final class ResumeCommand<T extends TrainingOptions<T>> implements Callable<Integer> {

    private final Commands<T> commands;

    @Parameters(paramLabel = "DIR", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = OptimizerOptions.EPOCHS,
            paramLabel = "N",
            description =
                    "Train for longer than was said, where the learning rate of the steps made does"
                            + " not depend on it.")
    private Integer epochs;

    @Option(
            names = DataOptions.DATA,
            paramLabel = "FILE",
            description = "Where the same data are now.")
    private Path data;

    @Mixin private BeyondOptions beyond;

    @Option(
            names = WarmStartOptions.WARM_START,
            paramLabel = "PATH",
            description =
                    "Where the same plain model is now that the run started from; repeat for each.")
    private List<Path> start = new ArrayList<>();

    @Mixin private OtherMachineOptions machine;
    @Mixin private GeneralOptions general;

    @Spec private CommandSpec spec;

    ResumeCommand(Commands<T> commands) {
        this.commands = commands;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        Map<String, String> others = new LinkedHashMap<>();
        put(OptimizerOptions.EPOCHS, epochs, others);
        put(DataOptions.DATA, data == null ? null : data.toAbsolutePath().normalize(), others);
        machine.addTo(others);
        BeyondOptions.addGiven(spec, others);
        RunFile file =
                RunFile.read(run)
                        .with(others)
                        .with(
                                WarmStartOptions.WARM_START,
                                start.stream()
                                        .map(one -> one.toAbsolutePath().normalize().toString())
                                        .toList());
        return commands.newTrain(file, run).resume(file, run, general.isQuiet());
    }

    private static void put(String option, Object value, Map<String, String> others) {
        if (value != null) {
            others.put(option, value.toString());
        }
    }
}
