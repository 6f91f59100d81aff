/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a run is gone on with, in words that can be followed as they are.
 *
 * @param main the class that Java was started with
 * @param options the options of the Java process
 * @param classPath its class path
 */
record ResumeCall(String main, List<String> options, String classPath) {

    /** The longest command that is shown; class paths of build tools are pages. */
    private static final int SHOWN = 400;

    /** The words for a run of this process. */
    static String of(String program, Path folder) {
        return new ResumeCall(
                        System.getProperty("sun.java.command", "").split(" ", 2)[0],
                        ManagementFactory.getRuntimeMXBean().getInputArguments(),
                        System.getProperty("java.class.path", ""))
                .describe(program, folder);
    }

    /** A command, if this process was started by one that can be shown; else what to change. */
    String describe(String program, Path folder) {
        List<String> words = new ArrayList<>(List.of("java"));
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, program, "resume", folder.toString()));
        String command = words.stream().map(ResumeCall::quoted).collect(Collectors.joining(" "));
        return main.equals(program) && command.length() <= SHOWN
                ? "To go on after a stop: " + command
                : "To go on after a stop, start the program as now, with %s in place of 'train' and its options"
                        .formatted("'resume " + folder + "'");
    }

    /** A word as shells take it for one. */
    private static String quoted(String word) {
        return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
