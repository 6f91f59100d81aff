/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir private Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anEarlierFileStaysWhenWritingFails() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "first");
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                AtomicFile.write(
                                        file,
                                        channel -> {
                                            channel.write(ByteBuffer.wrap(new byte[100]));
                                            throw new IOException("the disk is full");
                                        }));
        assertTrue(e.getMessage().startsWith("cannot write " + file), e.getMessage());
        assertTrue(e.getMessage().endsWith("the disk is full"), e.getMessage());
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                        AtomicFile.write(
                                file,
                                channel -> {
                                    throw new UnsupportedOperationException();
                                }));
        assertEquals("first", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
        AtomicFile.write(file, "second");
        assertEquals("second", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void nothingIsInItsPlaceBeforeItIsWhole() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(
                file,
                channel -> {
                    assertTrue(Files.notExists(file));
                    assertEquals(1, names().size());
                });
        assertTrue(Files.exists(file));
    }

    @Test
    void deletesWhatWasLeftOverAndNothingElse() throws IOException {
        for (String name :
                List.of("a.txt", ".a.txt.17.tmp", ".b.csv.17.tmp", "a.txt.tmp", ".hidden")) {
            Files.createFile(folder.resolve(name));
        }
        AtomicFile.deleteLeftOver(folder, "*.txt");
        assertEquals(List.of(".b.csv.17.tmp", ".hidden", "a.txt", "a.txt.tmp"), names());
    }
}
