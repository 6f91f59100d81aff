/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.Comparison;
import dev.polyphony.inference.Arguments;
import java.io.PrintStream;
import java.util.function.Function;

/** The command line of a generated comparison. */
public final class ComparisonCommand {

    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private ComparisonCommand() {}

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
        return new Commands<>(new ComparisonProgram(name, comparison), out, err).execute(args);
    }
}
