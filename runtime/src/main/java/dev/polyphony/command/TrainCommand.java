/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.Task;
import dev.polyphony.harness.ComparisonException;
import dev.polyphony.harness.TrainingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains, keeps a run's folder, and judges.
 *
 * @param <T> the type of what is trained
 */
@Command(name = "train", sortOptions = false)
final class TrainCommand<T extends TrainingOptions<T>> implements Callable<Integer> {

    static final String TEST_DATA = "test data";
    static final String VALIDATION_DATA = "validation data";

    private final Program<T> program;
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder of the run: model, report, history, checkpoints; resume goes on with it.")
    private Path folder;

    @Option(
            names = "--overwrite",
            description =
                    "Begin anew where --out has a run, of which checkpoints, members and results are deleted.")
    private boolean overwrite;

    @Mixin private ModelOptions model;
    @Mixin private DataOptions data;
    @Mixin private SettingOptions settings;
    @Mixin private BeyondOptions beyond;
    @Mixin private WarmStartOptions start;
    @Mixin private CheckpointOptions checkpoints;
    @Mixin private MachineOptions machine;
    @Mixin private GeneralOptions general;

    @Spec private CommandSpec spec;

    /** Null for a harness. */
    private final ComparisonOptions comparison;

    /** Null for a comparison. */
    private final MemberOptions members;

    TrainCommand(
            Program<T> program,
            ComparisonOptions comparison,
            MemberOptions members,
            PrintStream out,
            PrintStream err) {
        this.program = program;
        this.members = members;
        this.comparison = comparison;
        this.out = out;
        this.err = err;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        run.requireFree(overwrite);
        T trainable = make(run, general.isQuiet());
        start.requireModels(trainable);
        DataParts parts = data.read(settings.getSeed());
        settings.require(parts.train());
        beyond.apply(trainable, parts.validation(), parts.test());
        run.deleteKept();
        getRunFile(parts).write(run);
        say("Run: %s. %s".formatted(run.getShown(), ResumeCall.of(program.getName(), folder)));
        return run(trainable, parts, run, false);
    }

    /** Goes on with a run, whose options this has been given. */
    int resume(RunFile file, RunFolder run, boolean isQuiet) throws IOException {
        T trainable = make(run, isQuiet);
        DataParts parts = data.read(settings.getSeed());
        file.requireSame(TEST_DATA, parts.test().getChecksum());
        beyond.apply(trainable, parts.validation(), parts.test());
        getRunFile(parts).write(run);
        // a run that was killed before its first checkpoint begins anew, and one of members in
        // processes takes those that are there
        boolean resumes = program.isComparison() || checkpoints.in(run.getCheckpoints()).exist();
        return run(trainable, parts, run, resumes);
    }

    /** Makes what the options say, for a run's model to be loaded. */
    T make(RunFolder run, boolean isQuiet) {
        data.require();
        T trainable = model.make(program::make);
        try {
            if (comparison != null) {
                program.setComparison(trainable, comparison);
            }
            settings.apply(trainable);
            start.apply(trainable);
            machine.apply(trainable);
            trainable
                    .optProgress(Commands.newProgress(isQuiet, err))
                    .optHistory(run.path())
                    .getTraining();
            if (members != null) {
                members.requireDrawn(start);
                program.setMembers(trainable, members, run);
            }
            trainable.optCheckpoints(checkpoints.in(run.getCheckpoints()));
            return trainable;
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(e.getMessage(), e);
        }
    }

    /** Whether judging fits something on validation data: at least the noise of numbers. */
    boolean fitsOnValidation() {
        return beyond.needsValidation() || data.getTask() == Task.REGRESSION;
    }

    DataOptions getData() {
        return data;
    }

    BeyondOptions getBeyond() {
        return beyond;
    }

    int getSeed() {
        return settings.getSeed();
    }

    private void say(String message) {
        if (!general.isQuiet()) {
            err.println(message);
        }
    }

    private RunFile getRunFile(DataParts parts) {
        Map<String, String> checksums = new LinkedHashMap<>();
        checksums.put("training data", parts.train().getChecksum());
        if (parts.validation() != null) {
            checksums.put(VALIDATION_DATA, parts.validation().getChecksum());
        }
        checksums.put(TEST_DATA, parts.test().getChecksum());
        Map<String, List<String>> options =
                GivenOptions.of(spec, List.of(GeneralOptions.class, TrainCommand.class));
        return new RunFile(program.getName(), options, checksums, data.getClassNames());
    }

    private int run(T trainable, DataParts parts, RunFolder run, boolean resumes)
            throws IOException {
        try {
            Commands.show(program.train(trainable, parts, run, resumes), run.path(), out);
            out.println("Model: " + run.getModels().toAbsolutePath().normalize());
            return 0;
        } catch (ComparisonException e) {
            if (e.getReport().isEmpty()) {
                throw e;
            }
            Commands.show(e.getReport().get(), run.path(), out);
            throw new IncompleteException(e, run);
        }
    }
}
