/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.TrainingDivergedException;
import dev.polyphony.inference.Arguments;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs a command: 0 if it worked, 1 if the work failed, 2 if it was called wrongly. */
final class Commands {

    private Commands() {}

    static int execute(Object command, String[] args, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler(
                (failure, commandLine, result) -> {
                    if (!isExpected(failure)) {
                        throw failure;
                    }
                    err.println("Error: " + failure.getMessage());
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

    /** What a user can cause and mend; anything else is a defect and shows where. */
    private static boolean isExpected(Exception failure) {
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
        try {
            trainable = maker.apply(options.getArguments());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + " (give it with --set NAME=VALUE)", e);
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
