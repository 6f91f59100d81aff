/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of a Javadoc comment, in lines of at most a hundred columns. */
final class Javadoc {

    private static final int COLUMNS = 100;
    private static final int LONGEST_INDENTATION = 6;

    /** What is not broken: an inline tag with what it touches, or a word. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s{]|\\{@\\w+[^{}]*\\}|\\{)+");

    private final int width;
    private final List<String> lines = new ArrayList<>();

    /**
     * Starts a comment.
     *
     * @param indentation the columns before the comment
     */
    Javadoc(int indentation) {
        this.width = COLUMNS - indentation - " * ".length();
    }

    /** Adds a paragraph. */
    Javadoc paragraph(String text) {
        if (lines.isEmpty()) {
            wrap(text, "", "");
        } else {
            lines.add("");
            wrap("<p>" + text, "", "");
        }
        return this;
    }

    /** Adds a list below the paragraph. */
    Javadoc list(List<String> items) {
        lines.add("");
        lines.add("<ul>");
        items.forEach(item -> wrap("<li>" + item, "  ", "      "));
        lines.add("</ul>");
        return this;
    }

    /** Adds the tags at the end, such as {@code @return the ensemble}. */
    Javadoc tags(List<String> tags) {
        if (!tags.isEmpty()) {
            lines.add("");
        }
        tags.forEach(tag -> wrap(tag, "", "    "));
        return this;
    }

    private void wrap(String text, String first, String next) {
        StringBuilder line = new StringBuilder(first);
        boolean isEmpty = true;
        for (String word : words(text)) {
            if (!isEmpty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        lines.add(line.toString());
    }

    /** The words, with inline tags in one piece if they fit into a line at all. */
    private List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(word -> word.replaceAll("\\s+", " "))
                .flatMap(
                        word ->
                                word.length() <= width - LONGEST_INDENTATION
                                        ? Stream.of(word)
                                        : Stream.of(word.split(" ")))
                .toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
