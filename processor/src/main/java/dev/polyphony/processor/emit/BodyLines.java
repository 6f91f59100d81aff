/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lines of the user's code on their way to another indentation. */
final class BodyLines {

    private static final int COLUMNS = 100;

    private static final String CONTINUATION = " ".repeat(8);
    private static final String TAB = " ".repeat(4);

    /**
     * A part of a line.
     *
     * @param text the text, about as it will be printed
     * @param type the class that is printed in its place; null for text
     */
    record Token(String text, ClassName type) {

        /** Where the line is broken if it is too long, with all other such places. */
        static final Token BREAK = new Token("", null);

        /** Where the line may be broken: only if what follows does not fit in it. */
        static final Token FILL = new Token("", null);
    }

    private static final class Line {
        private final List<Token> tokens = new ArrayList<>();

        /** In a text block: the most that its lines can move to the left; -1 for other lines. */
        private int fixed = -1;

        /** How many columns the substitutions added. */
        private int growth;

        /** Whether it is the rest of the line that opens the body. */
        private boolean isRest;

        /** How many columns the line moves to the right, with the call around it. */
        private int shift;

        String indentation() {
            String text = tokens.isEmpty() ? "" : tokens.get(0).text();
            return tokens.isEmpty() || tokens.get(0).type() != null
                    ? ""
                    : text.substring(0, text.length() - text.stripLeading().length());
        }

        /** The indentation relative to the body, whose own indentation is given. */
        String moved(String base) {
            String indentation = indentation();
            if (fixed >= 0) {
                return indentation.substring(
                        Math.min(indentation.length(), Math.min(fixed, base.length())));
            }
            return indentation.startsWith(base) && !isRest
                    ? " ".repeat(shift) + indentation.substring(base.length()).replace("\t", TAB)
                    : "";
        }

        /** Whether the line got too long by the substitutions, and not before. */
        boolean isTooLong(String base, int body) {
            int length = moved(base).length() + length() - indentation().length();
            int before = base.replace("\t", TAB).length() + length - growth;
            return body + length > COLUMNS && before <= COLUMNS;
        }

        boolean isBlank() {
            for (Token token : tokens) {
                if (!token.text().isBlank()) {
                    return false;
                }
            }
            return true;
        }

        /** The columns from a token to where the line may be broken next. */
        int unbroken(int from) {
            int columns = 0;
            for (Token token : tokens.subList(from, tokens.size())) {
                if (token == Token.BREAK || token == Token.FILL) {
                    break;
                }
                columns += token.text().length();
            }
            return columns;
        }

        int length() {
            int columns = 0;
            for (Token token : tokens) {
                columns += token.text().length();
            }
            return columns;
        }
    }

    private final int indentation;
    private final List<Line> lines = new ArrayList<>(List.of(new Line()));
    private final Deque<Integer> opened = new ArrayDeque<>();
    private int shift;

    /**
     * Creates a body without lines.
     *
     * @param indentation the columns before the body
     */
    BodyLines(int indentation) {
        this.indentation = indentation;
    }

    void add(Token token) {
        last().tokens.add(token);
    }

    /** Notes that what was added is longer than what the user wrote. */
    void grow(int columns) {
        last().growth += columns;
    }

    /** Adds text that is longer than what the user wrote. */
    void longer(String text, int growth) {
        last().growth += growth;
        text(text);
    }

    private Line last() {
        return lines.get(lines.size() - 1);
    }

    /**
     * Opens a call around what follows.
     *
     * @param text what stands before it
     * @param columns the columns of the statement with the call, in one line
     */
    void open(String text, int columns) {
        text(text);
        boolean isLong = columns > COLUMNS;
        if (isLong) {
            String before = last().indentation();
            lines.add(new Line());
            shift += CONTINUATION.length();
            last().shift = shift;
            add(new Token(before, null));
        }
        opened.push(isLong ? CONTINUATION.length() : 0);
    }

    /** Closes the call that was opened last. */
    void close(String text) {
        text(text);
        shift -= opened.pop();
    }

    /** Adds text, which may end lines. */
    void text(String text) {
        boolean isFirst = true;
        for (String part : text.replace("\r", "").split("\n", -1)) {
            if (!isFirst) {
                lines.add(new Line());
                last().shift = shift;
            }
            isFirst = false;
            if (!part.isEmpty()) {
                add(new Token(part, null));
            }
        }
    }

    /** Adds a text block: its lines move together, so that its value stays. */
    void textBlock(String text) {
        int first = lines.size();
        text(text);
        List<Line> block = lines.subList(first, lines.size());
        int least =
                block.stream()
                        .filter(line -> !line.isBlank())
                        .mapToInt(line -> line.indentation().length())
                        .min()
                        .orElse(0);
        block.forEach(line -> line.fixed = least);
    }

    CodeBlock build() {
        lines.get(0).isRest = true;
        String base =
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.isRest)
                        .findFirst()
                        .map(Line::indentation)
                        .orElse("");
        CodeBlock.Builder code = CodeBlock.builder();
        StringBuilder text = new StringBuilder(); // all between two classes is one piece
        boolean wasBlank = true; // no blank line at the start
        int last = lines.size() - 1;
        while (last >= 0 && lines.get(last).isBlank()) {
            last--;
        }
        for (Line line : lines.subList(0, last + 1)) {
            boolean isBlank = line.isBlank() && line.fixed < 0;
            if (!isBlank) {
                emit(line, base, text, code);
            }
            if (!isBlank || !wasBlank) {
                text.append('\n');
            }
            wasBlank = isBlank;
        }
        return code.add("$L", text.toString()).build();
    }

    private void emit(Line line, String base, StringBuilder text, CodeBlock.Builder code) {
        String indentation = line.indentation();
        String moved = line.moved(base);
        String separator =
                line.isTooLong(base, this.indentation) ? "\n" + moved + CONTINUATION : "";
        text.append(moved);
        int start = indentation.length();
        int column = this.indentation + moved.length();
        for (int i = 0; i < line.tokens.size(); i++) {
            Token token = line.tokens.get(i);
            boolean isFull = token == Token.FILL && column + line.unbroken(i + 1) > COLUMNS;
            if (token == Token.BREAK || isFull) {
                text.append(separator);
                column = separator.isEmpty() ? column : this.indentation + separator.length() - 1;
            } else if (token.type() != null) {
                code.add("$L$T", text.toString(), token.type());
                text.setLength(0);
            } else {
                text.append(token.text(), start, token.text().length());
            }
            column += token.text().length() - start;
            start = 0;
        }
    }
}
