/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.EntryPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What came of reading a class body. */
public sealed interface Reading {

    /**
     * The body was read.
     *
     * @param body the body
     * @param entries the entry points, in source order
     * @param mistakes what is wrong with it as Java
     */
    record Read(Body body, List<EntryPoint> entries, Mistakes mistakes) implements Reading {}

    /**
     * The source cannot be read.
     *
     * @param reason why, in half a sentence
     */
    record Unreadable(String reason) implements Reading {}

    /**
     * The source cannot be used.
     *
     * @param code the entry of the error catalogue
     * @param what what is wrong
     */
    record Refused(Code code, String what) implements Reading {}

    /**
     * What is wrong with a body as Java, or not there yet: the compiler reports it.
     *
     * @param missing names that mean nothing, as written
     * @param lines the lines of other mistakes
     */
    record Mistakes(Set<String> missing, Set<Long> lines) {

        /** Whether there are none. */
        public boolean isEmpty() {
            return missing.isEmpty() && lines.isEmpty();
        }

        /** What is wrong, in half a sentence. */
        @Override
        public String toString() {
            List<String> all = new ArrayList<>();
            if (!missing.isEmpty()) {
                String verb = missing.size() == 1 ? "was" : "were";
                all.add("'%s' %s not found".formatted(String.join("', '", missing), verb));
            }
            if (!lines.isEmpty()) {
                String numbers = String.join(", ", lines.stream().map(String::valueOf).toList());
                boolean isOne = lines.size() == 1;
                String verb = isOne ? "has a mistake" : "have mistakes";
                all.add("line%s %s %s".formatted(isOne ? "" : "s", numbers, verb));
            }
            String text = String.join(" and ", all);
            return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        }
    }
}
