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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The commands of a program. Results go to standard output, messages to standard error. The exit
 * code is 0 if the command worked, 1 if the work failed, 2 if it was called wrongly.
 *
 * @param <T> the type of what is trained
 */
final class Commands<T extends TrainingOptions<T>> {

    private static final List<String> EXIT_CODES =
            List.of("", "Exit codes: 0 done, 1 failed, 2 wrong use.");

    private final Program<T> program;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Program<T> program, PrintStream out, PrintStream err) {
        this.program = program;
        this.out = out;
        this.err = err;
    }

    /** The command that the others are parts of. */
    @Command(sortOptions = false)
    private static final class Root {

        @Mixin private GeneralOptions general;
    }

    int execute(String... args) {
        CommandLine line = new CommandLine(new Root());
        line.setCommandName(program.getCall());
        line.addSubcommand(newTrainLine(new ArrayList<>()));
        line.addSubcommand(
                explained(
                        new ResumeCommand<>(this),
                        "Goes on with a run that was stopped or killed, and ends as if it had not"
                                + " been. It needs no more than the run's folder.",
                        "resume run",
                        "resume run --epochs 60"));
        line.addSubcommand(
                explained(
                        new EvaluateCommand<>(program, this, out),
                        "Judges what a run has trained, on its own test data or on others.",
                        "evaluate run",
                        "evaluate run --data new.csv --ood letters=letters.csv --out judged"));
        line.addSubcommand(
                explained(
                        new PredictCommand(out),
                        "Answers with what a run has trained, or with any model folder: the answer,"
                                + " its probability, how unsure the members are and whether they"
                                + " disagree.",
                        "predict --model run/model --data new.csv",
                        "predict --model run/model --data images --output answers.csv"));
        line.addSubcommand(
                explained(
                        new DescribeCommand<>(program, out),
                        "Shows layers, roles, widths, parameters, multiply-adds and the memory of a"
                                + " training step, against the plain model and a deep ensemble,"
                                + " without training.",
                        "describe --shape 1,8,8" + someValues()));
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(
                "Trains " + program.getSubject() + ", and judges on data that were kept apart.");
        usage.footer(footer(List.of()));
        forAll(line);
        return line.execute(args);
    }

    /** The command with its help: what it does, examples, values of the model, exit codes. */
    private CommandLine explained(Object command, String description, String... examples) {
        CommandLine line = new CommandLine(command);
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(description);
        usage.footer(footer(List.of(examples)));
        return line;
    }

    private String[] footer(List<String> examples) {
        List<String> lines = new ArrayList<>();
        if (!examples.isEmpty()) {
            lines.addAll(List.of("", examples.size() == 1 ? "Example:" : "Examples:"));
            examples.forEach(example -> lines.add("  " + program.getCall() + " " + example));
        }
        Set<String> names = program.getValueNames();
        lines.add("");
        lines.add(
                names.isEmpty()
                        ? "This model takes no values with --set."
                        : "This model takes with --set: " + String.join(", ", names) + ".");
        lines.addAll(EXIT_CODES);
        return lines.toArray(String[]::new);
    }

    private String someValues() {
        return program.getValueNames().stream()
                .findFirst()
                .map(name -> " --set " + name + "=...")
                .orElse("");
    }

    /** Makes the command that trains, and adds it to a list: picocli gives it back untyped. */
    private CommandLine newTrainLine(List<TrainCommand<T>> made) {
        ComparisonOptions comparison = program.isComparison() ? new ComparisonOptions() : null;
        MemberOptions members = program.isComparison() ? null : new MemberOptions();
        TrainCommand<T> train = new TrainCommand<>(program, comparison, members, out, err);
        made.add(train);
        CommandLine line =
                explained(
                        train,
                        "Trains "
                                + program.getSubject()
                                + " and judges on a part of the data. What it keeps is in one"
                                + " folder, with a page to watch it by, training.html.",
                        "train --data digits.csv --shape 1,8,8 --scale 0.0625"
                                + someValues()
                                + " --out run",
                        "train --data train.csv --test test.csv --validation 0.1"
                                + someValues()
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
        List<TrainCommand<T>> made = new ArrayList<>();
        CommandLine line = newTrainLine(made);
        List<String> arguments = new ArrayList<>(file.toArguments());
        arguments.add("--out=" + run.path());
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            throw new WrongCallException(
                    "%s cannot be used: %s".formatted(run.getRunFile(), e.getMessage()), e);
        }
        return made.get(0);
    }

    private void forAll(CommandLine line) {
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(true);
        line.setExecutionExceptionHandler((failure, command, result) -> fail(failure, result));
        line.setParameterExceptionHandler((failure, args) -> fail(failure));
        line.getSubcommands().values().forEach(one -> HelpLayout.apply(one.getHelpSectionMap()));
        HelpLayout.apply(line.getHelpSectionMap());
    }

    private int fail(ParameterException failure) {
        boolean lacksCommand =
                failure.getCommandLine().getParent() == null
                        && (failure instanceof UnmatchedArgumentException
                                || failure instanceof MissingParameterException
                                || failure.getMessage().startsWith("Missing required subcommand"));
        err.println(
                "Error: "
                        + (lacksCommand
                                ? "the command is missing or unknown: train, resume, evaluate,"
                                        + " predict or describe"
                                : inWords(failure)));
        err.println("See --help.");
        return ExitCode.USAGE;
    }

    private static String inWords(ParameterException failure) {
        // picocli doubles a word for options of the form NAME=VALUE
        String message = failure.getMessage().replace("for option option", "for option");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(option -> "%s; did you mean %s?".formatted(message, option))
                    .orElse(message);
        }
        return message;
    }

    private int fail(Exception failure, ParseResult result) {
        ParseResult of = result.subcommand() == null ? result : result.subcommand();
        if (failure instanceof WrongCallException) {
            err.println("Error: " + OptionNames.in(failure.getMessage()));
            err.println("See --help.");
        } else {
            // the other commands have the shape from the run
            boolean hasShape =
                    of.commandSpec().findOption(DataOptions.SHAPE) == null
                            || of.hasMatchedOption(DataOptions.SHAPE);
            err.println("Error: " + OptionNames.in(FailureText.of(failure, hasShape)));
        }
        if (of.hasMatchedOption(GeneralOptions.STACK_TRACE)) {
            failure.printStackTrace(err);
        }
        return failure instanceof WrongCallException ? ExitCode.USAGE : ExitCode.SOFTWARE;
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
