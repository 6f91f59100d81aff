/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.data.MultiExamples;
import dev.polyphony.files.AtomicFile;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.model.TasksDescription;
import dev.polyphony.model.TasksFolder;
import dev.polyphony.multitask.train.MultiTaskHarness;
import dev.polyphony.multitask.train.TrainedTasks;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that answers in several tasks with a model folder. */
@Command(name = "predict", sortOptions = false)
final class TaskPredictCommand implements Callable<Integer> {

    private final TaskProgram program;
    private final PrintStream out;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "Model folder, such as the folder 'model' of a run.")
    private Path folder;

    @Option(
            names = DataOptions.DATA,
            required = true,
            paramLabel = "FILE",
            description =
                    "What to answer: a CSV file with the columns of the inputs that the model was"
                            + " trained on, those of tasks left out or not.")
    private Path data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "CSV file for the answers (default: standard output).")
    private Path output;

    @Mixin private MachineOptions machine;
    @Mixin private GeneralOptions general;

    TaskPredictCommand(TaskProgram program, PrintStream out) {
        this.program = program;
        this.out = out;
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        RunFolder run = new RunFolder(folder);
        if (!Files.exists(folder.resolve(ModelFolder.DESCRIPTION))
                && Files.exists(run.getRunFile())) {
            run.requireModel();
            throw new WrongCallException(
                    "%s is the folder of a run; give what it has trained: --model %s"
                            .formatted(folder, run.getModels()));
        }
        TasksDescription model = TasksFolder.describe(folder).getDescription();
        Map<String, Object> values =
                new LinkedHashMap<>(model.network().arguments().orElse(Map.of()));
        MultiTaskHarness harness = program.make(values);
        machine.apply(harness);
        try (TrainedTasks trained = harness.load(folder)) {
            MultiExamples examples = TaskTables.of(model).readInputs(data);
            StringWriter text = new StringWriter();
            new TaskAnswerTable(model).write(trained.predict(examples), text);
            if (output == null) {
                out.print(text);
                out.flush();
            } else {
                AtomicFile.write(output, text.toString());
                out.println("Answers: " + output.toAbsolutePath().normalize());
            }
            return 0;
        }
    }
}
