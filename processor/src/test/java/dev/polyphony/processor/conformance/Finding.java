/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a method has no network for a model.
 *
 * @param code the code of the error, or empty if the network was refused when it was initialised
 * @param line the line of the plain source, or 0
 * @param source the text of that line
 * @param message what is wrong and what to do
 */
record Finding(String code, long line, String source, String message) {

    private static final Pattern PROBLEM =
            Pattern.compile("(?s).*?\\[(PLY\\d+)] (.*?)(?: See docs/\\S+)?\\s*");

    /** What the compiler says, or null if it is not one of the processor's errors. */
    static Finding ofCompiler(String message, long line, String source) {
        Matcher problem = PROBLEM.matcher(message);
        return problem.matches()
                ? new Finding(problem.group(1), line, source, oneLine(problem.group(2)))
                : null;
    }

    /** What a network says when it is initialised. */
    static Finding ofNetwork(String message) {
        return new Finding("", 0, "", oneLine(message));
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("(?<![.:;])\\R\\s*", ". ").replaceAll("\\s+", " ");
    }
}
