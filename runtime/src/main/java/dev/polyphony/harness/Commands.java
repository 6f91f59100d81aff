/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.TrainingDivergedException;
import dev.polyphony.inference.Arguments;
import dev.polyphony.nn.InputShapeException;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command: 0 if it worked, 1 if the work failed, 2 if it was called wrongly. */
final class Commands {

    private static final String NEED_SHAPE = "models of images need " + RunOptions.SHAPE + " C,H,W";

    private Commands() {}

    static int execute(
            Object command,
            Function<Arguments, ?> maker,
            String name,
            String[] args,
            PrintStream out,
            PrintStream err) {
        CommandLine line = new CommandLine(command);
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.footer(footer(maker, usage.footer()));
        line.setCommandName("java " + name);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(
                (failure, unused, result) -> {
                    err.println("Error: " + describe(failure, result));
                    if (result.hasMatchedOption(RunOptions.STACK_TRACE)) {
                        failure.printStackTrace(err);
                    }
                    return ExitCode.SOFTWARE;
                });
        line.setParameterExceptionHandler(
                (failure, unused) -> {
                    err.println("Error: " + failure.getMessage());
                    err.println("See --help.");
                    return ExitCode.USAGE;
                });
        return line.execute(args);
    }

    /** The names for {@code --set}, and what is said at the end in any case. */
    private static String[] footer(Function<Arguments, ?> maker, String[] always) {
        Set<String> names = Arguments.namesAskedBy(maker);
        String values =
                names.isEmpty()
                        ? "This model takes no values with --set."
                        : "This model takes with --set: " + String.join(", ", names) + ".";
        return Stream.concat(Stream.of("", values), Stream.of(always)).toArray(String[]::new);
    }

    /**
     * One line, or one for each problem: what a user can mend says so itself, anything else is
     * named and can be traced.
     */
    private static String describe(Exception failure, ParseResult result) {
        String message =
                failure.getMessage() == null
                        ? ""
                        : failure instanceof ComparisonException
                                ? failure.getMessage()
                                : failure.getMessage().lines().findFirst().orElse("").strip();
        String type = failure.getClass().getSimpleName();
        if (failure instanceof FileSystemException) {
            // its message is the file alone
            return type + ": " + message;
        }
        boolean lacksShape = !result.hasMatchedOption(RunOptions.SHAPE);
        if (isExpected(failure) && !message.isEmpty()) {
            return lacksShape && isOfShape(failure) ? with(message, NEED_SHAPE) : message;
        }
        String what = message.isEmpty() ? type : message;
        if (!message.isEmpty() && !(failure instanceof IllegalStateException)) {
            what = type + ": " + message;
        }
        String trace = RunOptions.STACK_TRACE + " shows where";
        return with(what, lacksShape ? trace + "; " + NEED_SHAPE : trace);
    }

    /** A hint behind a line, or below several, which it is about. */
    private static String with(String message, String hint) {
        return message + (message.contains("\n") ? "\n" : " ") + "(" + hint + ")";
    }

    /** Whether the model fails on the shape of the data, in any row of a comparison. */
    private static boolean isOfShape(Throwable failure) {
        return failure instanceof InputShapeException
                || failure instanceof ComparisonException
                        && Stream.concat(
                                        Stream.ofNullable(failure.getCause()),
                                        Arrays.stream(failure.getSuppressed()))
                                .anyMatch(Commands::isOfShape);
    }

    /** A failed comparison is as expected as what made its rows fail. */
    private static boolean isExpected(Throwable failure) {
        if (failure instanceof IllegalStateException
                && failure.getCause() instanceof RuntimeException cause) {
            return isExpected(cause)
                    && Arrays.stream(failure.getSuppressed()).allMatch(Commands::isExpected);
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof TrainingDivergedException
                || failure instanceof IOException;
    }

    /** Makes what is trained; values that the model needs come from {@code --set}. */
    static <T extends TrainingOptions<T>> T create(
            CommandSpec spec,
            RunOptions options,
            Function<Arguments, ? extends T> maker,
            PrintStream out) {
        T trainable;
        Arguments arguments = options.getArguments();
        try {
            trainable = arguments.make(maker, "--set");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + " (give values with --set NAME=VALUE)", e);
        }
        try {
            options.apply(trainable, out);
            return trainable;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    static void show(Report report, Path folder, PrintStream out) throws IOException {
        report.print(out);
        if (folder != null) {
            out.println("Report: " + report.writeTo(folder).toAbsolutePath().normalize());
        }
    }
}
