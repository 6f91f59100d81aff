/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that tests compare with; {@code -Dpolyphony.update=true} writes them anew. */
public final class Goldens {

    private Goldens() {}

    /**
     * Compares a text with a file.
     *
     * @param file the file, relative to the folder of this module
     * @param actual the text that it should hold
     */
    public static void assertSame(Path file, String actual) {
        try {
            if (Boolean.getBoolean("polyphony.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            String expected = Files.exists(file) ? Files.readString(file) : "";
            assertEquals(
                    expected,
                    actual,
                    file + " differs; if the new text is right, run with -Dpolyphony.update=true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
