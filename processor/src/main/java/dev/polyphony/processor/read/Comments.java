/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Comments in text that holds nothing but comments, white space and punctuation. */
final class Comments {

    /** A comment: from its first character to after its last. */
    record Comment(int start, int end, boolean isDocumentation) {

        boolean contains(int offset) {
            return start <= offset && offset < end;
        }
    }

    private Comments() {}

    static List<Comment> between(String text, int from, int to) {
        List<Comment> comments = new ArrayList<>();
        int position = from;
        while (position < to) {
            if (text.startsWith("//", position)) {
                int line = text.indexOf('\n', position);
                int end = line < 0 ? to : line;
                comments.add(new Comment(position, end, false));
                position = end;
            } else if (text.startsWith("/*", position)) {
                int end = text.indexOf("*/", position + 2) + 2;
                boolean isDocumentation =
                        text.startsWith("/**", position) && !text.startsWith("/**/", position);
                comments.add(new Comment(position, end, isDocumentation));
                position = end;
            } else {
                position++;
            }
        }
        return comments;
    }

    /** The documentation comment that belongs to the declaration at the end of the text. */
    static Optional<Comment> documentation(String text, int from, int to) {
        List<Comment> comments = between(text, from, to);
        for (int i = comments.size() - 1; i >= 0; i--) {
            if (comments.get(i).isDocumentation()) {
                return Optional.of(comments.get(i));
            }
        }
        return Optional.empty();
    }

    /** The documentation comments in code. */
    static List<Comment> inCode(String text, int from, int to) {
        List<Comment> found = new ArrayList<>();
        int position = from;
        while (position < to) {
            char c = text.charAt(position);
            if (c == '/' && isComment(text, position)) {
                Comment comment = between(text, position, position + 1).get(0);
                if (comment.isDocumentation()) {
                    found.add(comment);
                }
                position = comment.end();
            } else if (c == '"' || c == '\'') {
                boolean isBlock = text.startsWith("\"\"\"", position);
                position = endOfLiteral(text, position, isBlock ? "\"\"\"" : String.valueOf(c));
            } else {
                position++;
            }
        }
        return found;
    }

    private static boolean isComment(String text, int position) {
        return text.startsWith("//", position) || text.startsWith("/*", position);
    }

    private static int endOfLiteral(String text, int start, String quote) {
        int position = start + quote.length();
        while (position < text.length() && !text.startsWith(quote, position)) {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        return position + quote.length();
    }

    /** The first occurrence of a character outside comments. */
    static int indexOf(char character, String text, int from) {
        int position = text.indexOf(character, from);
        for (Comment comment : between(text, from, position)) {
            if (comment.start() < position && position < comment.end()) {
                return indexOf(character, text, comment.end());
            }
        }
        return position;
    }

    /** The first offset that is neither in a comment nor white space nor one of some characters. */
    static int skip(String text, int from, String characters) {
        int position = from;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (isComment(text, position)) {
                position = between(text, position, position + 1).get(0).end();
            } else if (Character.isWhitespace(c) || characters.indexOf(c) >= 0) {
                position++;
            } else {
                return position;
            }
        }
        return position;
    }
}
