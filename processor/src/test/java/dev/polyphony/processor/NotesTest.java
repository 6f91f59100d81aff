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
    @CsvSource({
        "'@Mimo(m = 3, inputRepetition = 1)', 1",
        "'@Mimo(m = 3, inputRepetition = 0.9)', 0",
        "'@Mimo(m = 1, inputRepetition = 1)', 0",
        "'@Masksembles(m = 3, scale = 1)', 1",
        "'@Masksembles(m = 3, scale = 1.1)', 0",
        "@Masksembles, 0",
        "'@Masksembles(m = 1, scale = 1)', 0"
    })
    void identicalMembersAreNoted(String annotation, int notes) {
        Compilation compilation = compile(net(annotation, "public Net() { " + LINEAR + " }"));

        assertClean(compilation);
        long found =
                compilation.notes().stream()
                        .filter(note -> note.getMessage(null).startsWith("[PLY053] "))
                        .count();
        assertEquals(notes, found);
    }
}
