/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Examples;
import dev.polyphony.data.TableFormat;
import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Judges what a run has trained.
 *
 * @param <T> the type of what was trained
 */
@Command(name = "evaluate", sortOptions = false)
final class EvaluateCommand<T extends TrainingOptions<T>> implements Callable<Integer> {

    private final Program<T> program;
    private final Commands<T> commands;
    private final PrintStream out;

    @Parameters(paramLabel = "DIR", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = DataOptions.DATA,
            paramLabel = "FILE",
            description =
                    "Data to judge on, of the same kind as those of the run (default: what the run"
                            + " has for tests).")
    private Path data;

    @Option(
            names = "--ood",
            paramLabel = "NAME=FILE",
            description =
                    "Data that the model is not made for; repeat for each (default: those of the"
                            + " run).")
    private Map<String, Path> outOfDistribution = new LinkedHashMap<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the page, the tables and the pictures.")
    private Path report;

    @Mixin private BeyondOptions beyond;
    @Mixin private OtherMachineOptions machine;
    @Mixin private GeneralOptions general;

    @Spec private CommandSpec spec;

    EvaluateCommand(Program<T> program, Commands<T> commands, PrintStream out) {
        this.program = program;
        this.commands = commands;
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        Map<String, String> others = new LinkedHashMap<>();
        machine.addTo(others);
        BeyondOptions.addGiven(spec, others);
        RunFile file = RunFile.read(run).with(others);
        run.requireModel();
        TrainCommand<T> train = commands.newTrain(file, run);
        T trainable = train.make(run, true);
        DataParts parts = data == null ? ofRun(train, file) : given(train, file, run);
        if (!outOfDistribution.isEmpty()) {
            Map<String, Examples> foreign = train.getData().read(outOfDistribution);
            parts = new DataParts(null, parts.validation(), parts.test(), foreign);
        }
        train.getBeyond().apply(trainable, parts.validation(), parts.test());
        Commands.show(program.evaluate(trainable, parts, run), report, out);
        return 0;
    }

    private DataParts ofRun(TrainCommand<T> train, RunFile file) throws IOException {
        DataParts parts = train.getData().read(train.getSeed());
        file.requireSame(TrainCommand.TEST_DATA, parts.test().getChecksum());
        requireSameValidation(train, parts.validation(), file);
        return parts;
    }

    /** What is fitted is fitted on the run's validation data, wherever it is judged. */
    private Examples readValidation(TrainCommand<T> train, RunFile file) throws IOException {
        if (!train.fitsOnValidation()) {
            return null;
        }
        Examples validation = train.getData().read(train.getSeed()).validation();
        requireSameValidation(train, validation, file);
        return validation;
    }

    private void requireSameValidation(TrainCommand<T> train, Examples validation, RunFile file) {
        if (train.fitsOnValidation() && validation != null) {
            file.requireSame(TrainCommand.VALIDATION_DATA, validation.getChecksum());
        }
    }

    private DataParts given(TrainCommand<T> train, RunFile file, RunFolder run) throws IOException {
        Examples validation = readValidation(train, file);
        DataOptions options = train.getData();
        options.setClassNames(file.classNames());
        // what was trained on may be elsewhere by now: its columns are in the model folder
        if (ModelFolder.describe(run.findModels().get(0)).getDescription().input()
                instanceof TableFormat trained) {
            options.setTable(trained);
        }
        Map<String, Examples> foreign =
                outOfDistribution.isEmpty() ? options.readOutOfDistribution() : Map.of();
        return new DataParts(null, validation, options.read(data), foreign);
    }
}
