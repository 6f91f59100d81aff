/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fails fails the run, and its error is seen. */
class ChildTest {

    @Test
    void aFailureShowsWhatTheProcessHasTold(@TempDir Path logs) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (Child child = Child.program("broken", logs, java, "-cp", ".", "no.such.Benchmark")) {
            IOException e = assertThrows(IOException.class, child::read);
            assertTrue(e.getMessage().contains("broken has ended"), e.getMessage());
            assertTrue(e.getMessage().contains("no.such.Benchmark"), e.getMessage());
        }
    }
}
