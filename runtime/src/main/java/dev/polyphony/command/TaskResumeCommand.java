/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run of several tasks that stopped. */
@Command(name = "resume", sortOptions = false)
final class TaskResumeCommand implements Callable<Integer> {

    private final TaskCommands commands;

    @Parameters(paramLabel = "DIR", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = OptimizerOptions.EPOCHS,
            paramLabel = "N",
            description =
                    "Train for longer than was said, where the steps made do not depend on it.")
    private Integer epochs;

    @Option(
            names = DataOptions.DATA,
            paramLabel = "FILE",
            description = "Where the same data are now.")
    private Path data;

    @Mixin private OtherMachineOptions machine;
    @Mixin private GeneralOptions general;

    TaskResumeCommand(TaskCommands commands) {
        this.commands = commands;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        Map<String, String> others = new LinkedHashMap<>();
        if (epochs != null) {
            others.put(OptimizerOptions.EPOCHS, epochs.toString());
        }
        if (data != null) {
            others.put(DataOptions.DATA, data.toAbsolutePath().normalize().toString());
        }
        machine.addTo(others);
        RunFile file = RunFile.read(run).with(others);
        return commands.newTrain(file, run).resume(file, run, general.isQuiet());
    }
}
