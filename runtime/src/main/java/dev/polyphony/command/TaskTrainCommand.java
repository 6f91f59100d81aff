/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.command.TaskDataOptions.Parts;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.multitask.MultiTaskEvaluation;
import dev.polyphony.multitask.compare.TaskReport;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
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

/** Trains several tasks, keeps a run's folder, and judges. */
@Command(name = "train", sortOptions = false)
final class TaskTrainCommand implements Callable<Integer> {

    private final TaskProgram program;
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
            description = "Begin anew where --out has a run, of which checkpoints are deleted.")
    private boolean overwrite;

    @Mixin private ModelOptions model;
    @Mixin private TaskDataOptions data;
    @Mixin private OptimizerOptions optimizer;
    @Mixin private TaskSettingOptions settings;
    @Mixin private CheckpointOptions checkpoints;
    @Mixin private MachineOptions machine;
    @Mixin private GeneralOptions general;

    @Spec private CommandSpec spec;

    TaskTrainCommand(TaskProgram program, PrintStream out, PrintStream err) {
        this.program = program;
        this.out = out;
        this.err = err;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        run.requireFree(overwrite);
        MultiTaskHarness harness = make(run, general.isQuiet());
        Parts parts = data.read(harness.getTasks(), optimizer.getSeed());
        run.deleteKept();
        getRunFile(parts).write(run);
        if (!general.isQuiet()) {
            err.println(
                    "Run: %s. %s".formatted(run.getShown(), ResumeCall.of(program.name(), folder)));
        }
        return run(harness, parts, run, false);
    }

    /** Goes on with a run, whose options this has been given. */
    int resume(RunFile file, RunFolder run, boolean isQuiet) throws IOException {
        MultiTaskHarness harness = make(run, isQuiet);
        Parts parts = data.read(harness.getTasks(), optimizer.getSeed());
        file.requireSame(TrainCommand.TEST_DATA, parts.test().getChecksum());
        getRunFile(parts).write(run);
        // a run that was killed before its first checkpoint begins anew
        return run(harness, parts, run, checkpoints.in(run.getCheckpoints()).exist());
    }

    /** Makes what the options say, for a run's model to be loaded. */
    MultiTaskHarness make(RunFolder run, boolean isQuiet) {
        data.require();
        MultiTaskHarness harness = model.make(program::make);
        try {
            optimizer.apply(harness);
            settings.apply(harness);
            machine.apply(harness);
            harness.optProgress(Commands.newProgress(isQuiet, err))
                    .optHistory(run.path())
                    .optCheckpoints(checkpoints.in(run.getCheckpoints()))
                    .getTraining();
            return harness;
        } catch (IllegalArgumentException e) {
            throw new WrongCallException(e.getMessage(), e);
        }
    }

    TaskDataOptions getData() {
        return data;
    }

    int getSeed() {
        return optimizer.getSeed();
    }

    private RunFile getRunFile(Parts parts) {
        Map<String, String> checksums = new LinkedHashMap<>();
        checksums.put("training data", parts.train().getChecksum());
        if (parts.validation() != null) {
            checksums.put(TrainCommand.VALIDATION_DATA, parts.validation().getChecksum());
        }
        checksums.put(TrainCommand.TEST_DATA, parts.test().getChecksum());
        Map<String, List<String>> options =
                GivenOptions.of(spec, List.of(GeneralOptions.class, TaskTrainCommand.class));
        return new RunFile(program.name(), options, checksums, List.of());
    }

    private int run(MultiTaskHarness harness, Parts parts, RunFolder run, boolean resumes)
            throws IOException {
        MultiExamples train = parts.train();
        try (TrainedTasks trained =
                resumes
                        ? harness.resume(train, parts.validation())
                        : harness.fit(train, parts.validation())) {
            trained.save(run.getModels());
            MultiTaskEvaluation evaluation = trained.evaluate(parts.test());
            TaskReport report =
                    TaskReport.of(trained, evaluation, train.size(), parts.test().size());
            TasksFolder.describe(run.getModels()).writeMetrics(trained.getDescription().metrics());
            TaskCommands.show(report, run.path(), out);
            out.println("Model: " + run.getModels().toAbsolutePath().normalize());
            return 0;
        }
    }
}
