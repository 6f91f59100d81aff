/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.EntryPoint;
import java.util.List;
import java.util.Set;

/** What came of reading a class body. */
public sealed interface Reading {

    /**
     * The body was read.
     *
     * @param body the body
     * @param entries the entry points, in source order
     */
    record Read(Body body, List<EntryPoint> entries) implements Reading {}

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
     * The body mentions classes that do not exist, or not yet.
     *
     * @param names their names, as written
     */
    record Unresolved(Set<String> names) implements Reading {}
}
