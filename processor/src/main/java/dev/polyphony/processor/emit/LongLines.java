/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Breaks lines of generated code that are too long, where people break them: the arguments of a
 * call or the parameters of a method in the next line, or in one each.
 */
final class LongLines {

    private static final int COLUMNS = 100;
    private static final String CONTINUATION = " ".repeat(8);
    private static final String THROWS = " throws ";
    private static final String EXTENDS = " extends ";
    private static final String ASSIGNMENT = " = ";

    /** The beginning of a class header with type variables. */
    private static final Pattern GENERIC_CLASS = Pattern.compile("[\\w ]*\\bclass \\w+<[^(]*>");

    /** The beginning of a method header with type variables. */
    private static final Pattern GENERIC_METHOD = Pattern.compile("[\\w ]*<[^=]*\\(");

    private LongLines() {}

    /** The line, or the lines that it is broken into. */
    static List<String> broken(String line) {
        String text = line.stripLeading();
        if (line.length() <= COLUMNS || text.startsWith("/")) {
            return List.of(line);
        }
        String indentation = line.substring(0, line.length() - text.length());
        if (text.startsWith("*")) {
            return comment(line, indentation);
        }
        int clause = text.endsWith(" {") ? clause(text) : -1;
        if (clause >= 0) {
            String rest = indentation + CONTINUATION + text.substring(clause + 1);
            return concat(broken(indentation + text.substring(0, clause)), List.of(rest));
        }
        if (GENERIC_CLASS.matcher(text).matches()) {
            int open = text.indexOf('<') + 1;
            return concat(
                    List.of(indentation + text.substring(0, open)),
                    arguments(indentation + CONTINUATION.repeat(2), text.substring(open), ""));
        }
        boolean isLate = indentation.length() + text.indexOf('(') >= COLUMNS;
        if (isLate && GENERIC_METHOD.matcher(text).lookingAt()) {
            int end = closing(text, text.indexOf('<')) + 1;
            return concat(
                    List.of(indentation + text.substring(0, end)),
                    broken(indentation + CONTINUATION + text.substring(end).strip()));
        }
        int assignment = text.indexOf(ASSIGNMENT);
        if (assignment >= 0 && assignment < text.indexOf('(')) {
            int value = assignment + ASSIGNMENT.length();
            return concat(
                    List.of(indentation + text.substring(0, value - 1)),
                    broken(indentation + CONTINUATION + text.substring(value)));
        }
        int open = opening(text);
        if (open < 0) {
            return List.of(line);
        }
        int close = closing(text, open);
        return concat(
                List.of(indentation + text.substring(0, open + 1)),
                arguments(
                        indentation + CONTINUATION,
                        text.substring(open + 1, close),
                        text.substring(close)));
    }

    /** A line of a Javadoc comment, in which references may have got longer. */
    private static List<String> comment(String line, String indentation) {
        int text = indentation.length() + "* ".length();
        int space = line.lastIndexOf(' ', COLUMNS);
        int tag = line.lastIndexOf("{@", space);
        if (tag > line.lastIndexOf('}', space) && line.lastIndexOf(' ', tag) > text) {
            space = line.lastIndexOf(' ', tag); // inline tags stay in one piece
        }
        if (space <= text) {
            return List.of(line);
        }
        boolean isTag = line.startsWith("@", text);
        String rest = indentation + "* " + (isTag ? "    " : "") + line.substring(space + 1);
        return concat(List.of(line.substring(0, space).stripTrailing()), broken(rest));
    }

    /** Where the clause of a header begins that names a class's superclass, or exceptions. */
    private static int clause(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i = next(text, i)) {
            depth += depth(text, i);
            boolean isClause = text.startsWith(THROWS, i) || text.startsWith(EXTENDS, i);
            if (depth == 0 && isClause) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> arguments(String indentation, String inner, String rest) {
        String line = indentation + inner + rest;
        if (line.length() <= COLUMNS) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>();
        List<String> parts = parts(inner);
        for (int i = 0; i < parts.size(); i++) {
            String end = i < parts.size() - 1 ? "," : rest;
            lines.addAll(broken(indentation + parts.get(i) + end));
        }
        return lines;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The first parenthesis that holds something and ends the line but for punctuation. */
    private static int opening(String text) {
        for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
            int close = closing(text, open);
            if (close > open + 1 && text.substring(close).matches("[),; {]*")) {
                return open;
            }
        }
        return -1;
    }

    /** Where the bracket closes that opens at an offset; -1 if it does not. */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i = next(text, i)) {
            depth += depth(text, i);
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The parts between commas outside all brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i = next(text, i)) {
            depth += depth(text, i);
            if (depth == 0 && text.charAt(i) == ',') {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** How a character changes the depth of brackets. */
    private static int depth(String text, int at) {
        char c = text.charAt(at);
        boolean isArrow = c == '>' && at > 0 && text.charAt(at - 1) == '-';
        return "([{<".indexOf(c) >= 0 ? 1 : ")]}>".indexOf(c) >= 0 && !isArrow ? -1 : 0;
    }

    /** The next offset outside literals. */
    private static int next(String text, int at) {
        char quote = text.charAt(at);
        if (quote != '"' && quote != '\'') {
            return at + 1;
        }
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
