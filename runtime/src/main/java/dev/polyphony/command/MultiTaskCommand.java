/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.inference.Arguments;
import dev.polyphony.multitask.train.MultiTaskHarness;
import java.io.PrintStream;
import java.util.function.Function;

/** The command line of a generated harness of a model with several tasks. */
public final class MultiTaskCommand {

    private static final StackWalker CALLER =
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private MultiTaskCommand() {}

    /**
     * Runs the command and ends the process. The help calls it by the class that calls this.
     *
     * @param args the command line
     * @param harness makes the harness from the values of {@code --set}
     */
    public static void run(String[] args, Function<Arguments, ? extends MultiTaskHarness> harness) {
        String name = CALLER.getCallerClass().getName();
        System.exit(execute(name, args, harness, System.out, System.err));
    }

    static int execute(
            String name,
            String[] args,
            Function<Arguments, ? extends MultiTaskHarness> harness,
            PrintStream out,
            PrintStream err) {
        return new TaskCommands(new TaskProgram(name, harness), out, err).execute(args);
    }
}
