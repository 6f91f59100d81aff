/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.multitask.compare.TaskReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine;

/** The commands of a program that trains several tasks. */
final class TaskCommands {

    private final TaskProgram program;
    private final PrintStream out;
    private final PrintStream err;
    private final CommandShell shell;

    TaskCommands(TaskProgram program, PrintStream out, PrintStream err) {
        this.program = program;
        this.out = out;
        this.err = err;
        shell = new CommandShell(program.getCall(), program.getValueNames(), out, err);
    }

    int execute(String... args) {
        CommandLine line = shell.newLine();
        line.addSubcommand(newTrainLine());
        line.addSubcommand(
                shell.explained(
                        new TaskResumeCommand(this),
                        "Goes on with a run that was stopped or killed, and ends as if it had not"
                                + " been. It needs no more than the run's folder.",
                        "resume run",
                        "resume run --epochs 60"));
        line.addSubcommand(
                shell.explained(
                        new TaskEvaluateCommand(this, out),
                        "Judges what a run has trained, on its own test data or on others.",
                        "evaluate run",
                        "evaluate run --data new.csv --out judged"));
        line.addSubcommand(
                shell.explained(
                        new TaskPredictCommand(program, out),
                        "Answers in each task with what a run has trained: the answer, its"
                                + " probability, and how unsure the members are.",
                        "predict --model run/model --data new.csv",
                        "predict --model run/model --data new.csv --output answers.csv"));
        line.addSubcommand(
                shell.explained(
                        new TaskDescribeCommand(program, out),
                        "Shows layers, roles, widths, parameters, multiply-adds and the memory of a"
                                + " training step, against the plain model and a deep ensemble,"
                                + " without training.",
                        "describe --input image=1,8,8 --input sensors=12" + shell.someValues()));
        return shell.execute(
                line,
                "Trains an ensemble in several tasks, and judges on data that were kept apart.",
                args);
    }

    private CommandLine newTrainLine() {
        TaskTrainCommand train = new TaskTrainCommand(program, out, err);
        CommandLine line =
                shell.explained(
                        train,
                        "Trains an ensemble in several tasks and judges on a part of the data. What it"
                                + " keeps is in one folder, with a page to watch it by, training.html. The"
                                + " columns of the data are named by the inputs and the tasks: load for one"
                                + " number, image.0, image.1, ... for several.",
                        "train --data plant.csv --input image=1,8,8 --input sensors"
                                + shell.someValues()
                                + " --out run",
                        "train --data train.csv --test test.csv --balance uncertainty"
                                + shell.someValues()
                                + " --epochs 50 --schedule cosine --out run");
        // several tasks have no one loss that says which epoch is best
        line.getCommandSpec().remove(line.getCommandSpec().findOption("--keep-best"));
        return line;
    }

    /** Makes the command that trained a run, with the options that it had. */
    TaskTrainCommand newTrain(RunFile file, RunFolder run) {
        CommandLine line = newTrainLine();
        file.giveTo(line, run);
        return line.getCommand();
    }

    /** Prints a report, and writes it if there is a folder. */
    static void show(TaskReport report, Path folder, PrintStream out) throws IOException {
        report.print(out);
        if (folder != null) {
            out.println("Report: " + report.writeTo(folder).toAbsolutePath().normalize());
        }
    }
}
