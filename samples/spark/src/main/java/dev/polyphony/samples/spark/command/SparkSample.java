/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.command;

import dev.polyphony.samples.spark.benchmark.BenchmarkCommand;
import dev.polyphony.samples.spark.search.MembersCommand;
import dev.polyphony.samples.spark.search.SearchCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ensembles on Spark, on the command line. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ScoreCommand.class,
            SearchCommand.class,
            MembersCommand.class,
            BenchmarkCommand.class
        },
        description = "Scores tables and trains trials, on this machine or on a cluster.")
public final class SparkSample implements Runnable {

    @Spec private CommandSpec spec;

    private SparkSample() {}

    /** Shows that a command is missing. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say a command: demo, score, search, members or benchmark");
    }

    /**
     * Runs a command and ends the process: 0 it worked, 1 the work failed, 2 it was called wrongly.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(
                execute(
                        new PrintWriter(System.out, true),
                        new PrintWriter(System.err, true),
                        args));
    }

    static int execute(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new SparkSample())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(
                        (failure, parsed) -> {
                            String command =
                                    failure.getCommandLine().getCommandSpec().qualifiedName();
                            err.println(
                                    "Error: %s. See %s --help."
                                            .formatted(failure.getMessage(), command));
                            return CommandLine.ExitCode.USAGE;
                        })
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            err.println("Error: " + Failures.describe(failure));
                            return CommandLine.ExitCode.SOFTWARE;
                        })
                .execute(args);
    }
}
