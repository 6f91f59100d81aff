/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.TrainingOptions;
import dev.polyphony.report.Report;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of a program. Results go to standard output, messages to standard error. The exit
 * code is 0 if the command worked, 1 if the work failed, 2 if it was called wrongly.
 *
 * @param <T> the type of what is trained
 */
final class Commands<T extends TrainingOptions<T>> {

    private final Program<T> program;
    private final PrintStream out;
    private final PrintStream err;
    private final CommandShell shell;

    Commands(Program<T> program, PrintStream out, PrintStream err) {
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
                        new ResumeCommand<>(this),
                        "Goes on with a run that was stopped or killed, and ends as if it had not"
                                + " been. It needs no more than the run's folder.",
                        "resume run",
                        "resume run --epochs 60"));
        line.addSubcommand(
                shell.explained(
                        new EvaluateCommand<>(program, this, out),
                        "Judges what a run has trained, on its own test data or on others.",
                        "evaluate run",
                        "evaluate run --data new.csv --ood letters=letters.csv --out judged"));
        line.addSubcommand(
                shell.explained(
                        new PredictCommand(out),
                        "Answers with what a run has trained, or with any model folder: the answer,"
                                + " its probability, how unsure the members are and whether they"
                                + " disagree.",
                        "predict --model run/model --data new.csv",
                        "predict --model run/model --data images --output answers.csv"));
        line.addSubcommand(
                shell.explained(
                        new DescribeCommand<>(program, out),
                        "Shows layers, roles, widths, parameters, multiply-adds and the memory of a"
                                + " training step, against the plain model and a deep ensemble,"
                                + " without training.",
                        "describe --shape 1,8,8" + shell.someValues()));
        return shell.execute(
                line,
                "Trains " + program.getSubject() + ", and judges on data that were kept apart.",
                args);
    }

    private CommandLine newTrainLine() {
        ComparisonOptions comparison = program.isComparison() ? new ComparisonOptions() : null;
        MemberOptions members = program.isComparison() ? null : new MemberOptions();
        TrainCommand<T> train = new TrainCommand<>(program, comparison, members, out, err);
        CommandLine line =
                shell.explained(
                        train,
                        "Trains "
                                + program.getSubject()
                                + " and judges on a part of the data. What it keeps is in one"
                                + " folder, with a page to watch it by, training.html.",
                        "train --data digits.csv --shape 1,8,8 --scale 0.0625"
                                + shell.someValues()
                                + " --out run",
                        "train --data train.csv --test test.csv --validation 0.1"
                                + shell.someValues()
                                + " --epochs 50 --schedule cosine --out run");
        if (comparison != null) {
            line.getCommandSpec()
                    .addMixin("comparison", CommandSpec.forAnnotatedObject(comparison));
        }
        if (members != null) {
            line.getCommandSpec().addMixin("members", CommandSpec.forAnnotatedObject(members));
        }
        return line;
    }

    /** Makes the command that trained a run, with the options that it had. */
    TrainCommand<T> newTrain(RunFile file, RunFolder run) {
        CommandLine line = newTrainLine();
        file.giveTo(line, run);
        return line.getCommand();
    }

    /** A bar or lines on standard error; lines where it is another stream, as in tests. */
    static Progress newProgress(boolean isQuiet, PrintStream err) {
        if (isQuiet) {
            return Progress.none();
        }
        return err == System.err ? Progress.automatic() : Progress.lines(err);
    }

    static void show(Report report, Path folder, PrintStream out) throws IOException {
        report.print(out);
        if (folder != null) {
            out.println("Report: " + report.writeTo(folder).toAbsolutePath().normalize());
        }
    }
}
