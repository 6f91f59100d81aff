/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A command as it is called.
 *
 * @param code the exit code
 * @param out what it said
 * @param err what it said besides
 */
record Command(int code, String out, String err) {

    static Command run(Callable<Integer> command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter errors = new PrintWriter(err, true);
        int code =
                new CommandLine(command)
                        .setOut(new PrintWriter(out, true))
                        .setErr(errors)
                        .setExecutionExceptionHandler(
                                (failure, line, parsed) -> {
                                    errors.println("Error: " + failure.getMessage());
                                    return CommandLine.ExitCode.SOFTWARE;
                                })
                        .execute(args);
        return new Command(code, out.toString(), err.toString());
    }
}
