/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reference in the text of a Javadoc comment, such as {@code @see Type#member(Parameter)}.
 *
 * @param tag the name of the tag, such as {@code link} or {@code see}
 * @param start where the tag starts, with its brace if it is inline
 * @param type the name of the class; empty for a member of the class around the comment
 * @param member the name of the member; empty if there is none
 * @param parameters the names of the member's parameter types
 * @param end where the reference ends, before a label
 */
public record DocReference(
        String tag, int start, Name type, Name member, List<Name> parameters, int end) {

    private static final Pattern REFERENCE =
            Pattern.compile(
                    "(?m)(?:(\\{)@(link|linkplain|value)[\\s*]+|^[ \\t*]*@(see|throws|exception)[ \\t]+)"
                            + "([\\w.$]*)(?:#(\\w+)(?:\\(([^)]*)\\))?)?");
    private static final Pattern PARAMETER = Pattern.compile("(?:^|,)[\\s*]*([\\w.$]+)");

    /**
     * A name in the text.
     *
     * @param text the name
     * @param start where it starts
     */
    public record Name(String text, int start) {

        /**
         * Returns where the name ends.
         *
         * @return the offset after it
         */
        public int end() {
            return start + text.length();
        }

        /**
         * Tells whether nothing is named.
         *
         * @return whether the name is empty
         */
        public boolean isEmpty() {
            return text.isEmpty();
        }
    }

    /**
     * Finds the references of a comment.
     *
     * @param text the comment, with or without stars
     * @return the references, in order
     */
    public static List<DocReference> in(String text) {
        List<DocReference> references = new ArrayList<>();
        Matcher found = REFERENCE.matcher(text);
        while (found.find()) {
            boolean isInline = found.group(1) != null;
            String tag = found.group(isInline ? 2 : 3);
            Name member =
                    found.group(5) == null
                            ? new Name("", found.end(4))
                            : new Name(found.group(5), found.start(5));
            Name type = new Name(found.group(4), found.start(4));
            List<Name> parameters = new ArrayList<>();
            if (found.group(6) != null) {
                Matcher each = PARAMETER.matcher(found.group(6));
                while (each.find()) {
                    parameters.add(new Name(each.group(1), found.start(6) + each.start(1)));
                }
            }
            if (!type.isEmpty() || !member.isEmpty()) {
                references.add(
                        new DocReference(
                                tag, found.start(), type, member, parameters, found.end()));
            }
        }
        return references;
    }

    /**
     * Returns the classes that the reference names.
     *
     * @return the names of the class and of the parameters' types
     */
    public Stream<Name> types() {
        return Stream.concat(Stream.of(type), parameters.stream()).filter(name -> !name.isEmpty());
    }

    /**
     * Tells whether the tag stands in braces.
     *
     * @return whether it is inline; else it is a block of its own
     */
    public boolean isInline() {
        return tag.equals("link") || tag.equals("linkplain") || tag.equals("value");
    }
}
