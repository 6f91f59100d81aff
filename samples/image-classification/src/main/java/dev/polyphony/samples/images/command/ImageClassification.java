/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The recipes of the literature on the command line. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RecipesCommand.class,
            DescribeCommand.class,
            TrainCommand.class,
            ResumeCommand.class,
            EvaluateCommand.class,
            ExperimentCommand.class
        },
        description =
                "MixMo, MIMO, BatchEnsemble and Packed-Ensembles as their sources describe them.")
public final class ImageClassification implements Runnable {

    @Spec private CommandSpec spec;

    private ImageClassification() {}

    /** Shows that a command is missing. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say a command");
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
        return new CommandLine(new ImageClassification())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> {
                            String message = failure.getMessage();
                            err.println("Error: " + (message == null ? failure : message));
                            return CommandLine.ExitCode.SOFTWARE;
                        })
                .execute(args);
    }
}
