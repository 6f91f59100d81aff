/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.inference.Arguments;
import dev.polyphony.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of a generated comparison: trains all forms on a CSV file, and judges them. */
@Command(
        sortOptions = false,
        description =
                "Trains the plain model, its ensembles and a deep ensemble on a CSV file and"
                        + " compares them on a part of it.",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong use."})
public final class ComparisonCommand implements Callable<Integer> {

    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Function<Arguments, ? extends Comparison> comparison;
    private final PrintStream out;

    @Mixin private RunOptions options;

    @Option(
            names = "--equal",
            defaultValue = "EPOCHS",
            paramLabel = "BUDGET",
            description =
                    "What all rows have equal: EPOCHS (passes through the data) or UPDATES (steps of"
                            + " the optimizer) (default: ${DEFAULT-VALUE}).")
    private Budget budget;

    @Spec private CommandSpec spec;

    private ComparisonCommand(
            Function<Arguments, ? extends Comparison> comparison, PrintStream out) {
        this.comparison = comparison;
        this.out = out;
    }

    /**
     * Runs the command and ends the process. The help calls it by the class that calls this.
     *
     * @param args the command line
     * @param comparison makes the comparison from the values of {@code --set}
     */
    public static void run(String[] args, Function<Arguments, ? extends Comparison> comparison) {
        String name = CALLER.getCallerClass().getName();
        System.exit(execute(name, args, comparison, System.out, System.err));
    }

    static int execute(
            String name,
            String[] args,
            Function<Arguments, ? extends Comparison> comparison,
            PrintStream out,
            PrintStream err) {
        return Commands.execute(
                new ComparisonCommand(comparison, out), comparison, name, args, out, err);
    }

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        options.prepareEngine();
        Comparison configured = Commands.create(spec, options, comparison, out).optBudget(budget);
        RunOptions.Parts parts = options.readData();
        try {
            Report report =
                    configured.run(parts.train(), parts.validation(), parts.test(), Map.of());
            Commands.show(report, options.getOut(), out);
            return 0;
        } catch (ComparisonException e) {
            throw e.getReport().isEmpty() ? e : keep(e, e.getReport().get());
        }
    }

    /** Shows what was done before a row failed: it may have taken hours. */
    private ComparisonException keep(ComparisonException failure, Report done) {
        Path folder = options.getOut();
        try {
            Commands.show(done, folder, out);
        } catch (IOException e) {
            failure.addSuppressed(e);
            return failure.with("; the report of the rows before it could not be written: " + e);
        }
        return failure.with(
                folder == null
                        ? "; the table above has the rows before it"
                        : "; the report of the rows before it is in "
                                + folder.toAbsolutePath().normalize());
    }
}
