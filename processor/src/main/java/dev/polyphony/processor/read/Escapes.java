/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unicode escapes outside literals, where they can only be part of names. */
final class Escapes {

    private static final String ESCAPE = "\\\\u+([0-9a-fA-F]{4})";
    private static final Pattern ONE = Pattern.compile(ESCAPE);
    private static final Pattern NAME =
            Pattern.compile("(?:\\p{javaJavaIdentifierPart}|" + ESCAPE + ")+");

    private Escapes() {}

    /** The text with its escapes replaced by what they stand for. */
    static String decode(String text) {
        return text.indexOf('\\') < 0
                ? text
                : ONE.matcher(text)
                        .replaceAll(
                                escape ->
                                        Matcher.quoteReplacement(
                                                Character.toString(
                                                        Integer.parseInt(escape.group(1), 16))));
    }

    /** The offset after the given name, if it stands at an offset; else -1. */
    static int endOfName(String name, String text, int from) {
        Matcher matcher = NAME.matcher(text).region(from, text.length());
        return matcher.lookingAt() && decode(matcher.group()).equals(name) ? matcher.end() : -1;
    }
}
