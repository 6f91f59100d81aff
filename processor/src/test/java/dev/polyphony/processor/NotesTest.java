/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static dev.polyphony.processor.Compilations.assertClean;
import static dev.polyphony.processor.Compilations.compile;
import static dev.polyphony.processor.Compilations.net;
import static dev.polyphony.processor.Networks.LINEAR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.testing.compile.Compilation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are allowed but hardly meant give a note, which breaks no build. */
class NotesTest {

    @ParameterizedTest
    @CsvSource({"3, 1, 1", "3, 0.9, 0", "1, 1, 0"})
    void identicalMembersAreNoted(int members, double repetition, int notes) {
        String mimo = "@Mimo(m = %d, inputRepetition = %s)".formatted(members, repetition);
        Compilation compilation = compile(net(mimo, "public Net() { " + LINEAR + " }"));

        assertClean(compilation);
        long found =
                compilation.notes().stream()
                        .filter(note -> note.getMessage(null).contains("become identical"))
                        .count();
        assertEquals(notes, found);
    }
}
