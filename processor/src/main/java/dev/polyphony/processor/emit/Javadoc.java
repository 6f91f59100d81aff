/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import java.util.ArrayList;
import java.util.List;

/** The text of a Javadoc comment, in lines of at most a hundred columns. */
final class Javadoc {

    private static final int COLUMNS = 100;

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
        for (String word : text.split("\\s+")) {
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

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
