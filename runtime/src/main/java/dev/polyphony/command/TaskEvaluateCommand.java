/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.MultiExamples;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.multitask.compare.TaskReport;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges what a run has trained in several tasks. */
@Command(name = "evaluate", sortOptions = false)
final class TaskEvaluateCommand implements Callable<Integer> {

    private final TaskCommands commands;
    private final PrintStream out;

    @Parameters(paramLabel = "DIR", description = "Folder of the run.")
    private Path folder;

    @Option(
            names = DataOptions.DATA,
            paramLabel = "FILE",
            description =
                    "Data to judge on, with the columns of those of the run in any order (default:"
                            + " what the run has for tests).")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the page, the tables and the pictures.")
    private Path report;

    @Mixin private OtherMachineOptions machine;
    @Mixin private GeneralOptions general;

    TaskEvaluateCommand(TaskCommands commands, PrintStream out) {
        this.commands = commands;
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        Map<String, String> others = new LinkedHashMap<>();
        machine.addTo(others);
        RunFile file = RunFile.read(run).with(others);
        run.requireModel();
        TaskTrainCommand train = commands.newTrain(file, run);
        MultiTaskHarness harness = train.make(run, true);
        try (TrainedTasks trained = harness.load(run.getModels())) {
            TasksDescription description = trained.getDescription();
            MultiExamples test =
                    data == null
                            ? ofRun(train, harness, file)
                            : TaskTables.of(description).read(data);
            int trainSize = description.data().get("training").examples();
            TaskReport judged =
                    TaskReport.of(trained, trained.evaluate(test), trainSize, test.size());
            TaskCommands.show(judged, report, out);
            return 0;
        }
    }

    private static MultiExamples ofRun(
            TaskTrainCommand train, MultiTaskHarness harness, RunFile file) throws IOException {
        MultiExamples test = train.getData().read(harness.getTasks(), train.getSeed()).test();
        file.requireSame(TrainCommand.TEST_DATA, test.getChecksum());
        return test;
    }
}
