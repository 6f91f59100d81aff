/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import dev.polyphony.processor.diagnose.Code;
import javax.lang.model.element.TypeElement;

/** Gives the source of a class. The ways to get at it differ between compilers and build tools. */
interface SourceReader {

    /**
     * Reads the source of a top-level class.
     *
     * @param type the class
     * @return the source, or why it cannot be read
     */
    Result read(TypeElement type);

    /** What came of reading. */
    sealed interface Result {}

    /** The source was found. */
    record Found(Source source) implements Result {}

    /** The source cannot be read; the reason is half a sentence. */
    record Unreadable(String reason) implements Result {}

    /** The source cannot be used; what is wrong is a whole sentence. */
    record Refused(Code code, String what) implements Result {}
}
