/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the command lines of all programs have in common: how they look, and how they fail. Results
 * go to standard output, messages to standard error. The exit code is 0 if the command worked, 1 if
 * the work failed, 2 if it was called wrongly.
 *
 * @param call how the program is called
 * @param values the names of the values that the model is made of
 * @param out standard output
 * @param err standard error
 */
record CommandShell(String call, Set<String> values, PrintStream out, PrintStream err) {

    private static final List<String> EXIT_CODES =
            List.of("", "Exit codes: 0 done, 1 failed, 2 wrong use.");

    /** The line to which commands are added. */
    CommandLine newLine() {
        CommandLine line = new CommandLine(new Root());
        line.setCommandName(call);
        return line;
    }

    /** Runs a command. */
    int execute(CommandLine line, String description, String... args) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(description);
        usage.footer(footer(List.of()));
        forAll(line);
        return line.execute(args);
    }

    /** The command that the others are parts of. */
    @Command(sortOptions = false)
    private static final class Root {

        @Mixin private GeneralOptions general;
    }

    /** The command with its help: what it does, examples, values of the model, exit codes. */
    CommandLine explained(Object command, String description, String... examples) {
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
            examples.forEach(example -> lines.add("  " + call + " " + example));
        }
        lines.add("");
        lines.add(
                values.isEmpty()
                        ? "This model takes no values with --set."
                        : "This model takes with --set: " + String.join(", ", values) + ".");
        lines.addAll(EXIT_CODES);
        return lines.toArray(String[]::new);
    }

    String someValues() {
        return values.stream().findFirst().map(name -> " --set " + name + "=...").orElse("");
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
}
