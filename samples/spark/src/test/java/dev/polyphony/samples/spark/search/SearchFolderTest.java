/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchFolderTest {

    @TempDir private Path folder;

    private static SearchFolder.Identity identity(String rates) {
        return new SearchFolder.Identity(
                DigitsProject.class.getName(), "so many", Map.of("setting learning-rate", rates));
    }

    @Test
    void aFolderHasOneSearch() throws IOException {
        SearchFolder search = new SearchFolder(folder.resolve("out"));
        search.begin(identity("0.1,0.2"));
        search.begin(identity("0.1,0.2"));
        assertEquals(identity("0.1,0.2"), search.readIdentity());
        assertEquals(
                search.path()
                        + " belongs to another search, with the setting learning-rate '0.1,0.2' and"
                        + " not '0.3': give another folder with --out",
                assertThrows(IOException.class, () -> search.begin(identity("0.3"))).getMessage());
    }

    @Test
    void whatIsThereStays() throws IOException {
        Files.writeString(folder.resolve("letter.txt"), "mine");
        String message =
                assertThrows(
                                IOException.class,
                                () -> new SearchFolder(folder).begin(identity("0.1")))
                        .getMessage();
        assertTrue(message.contains("is not empty and has no search"), message);
        assertEquals("mine", Files.readString(folder.resolve("letter.txt")));
    }

    @Test
    void aResultIsThereWholeOrNotAtAll() throws IOException {
        SearchFolder.TrialFolder trial = new SearchFolder(folder).of("0123");
        Trial any = new Trial("plain", "plain", Map.of(), Map.of("seed", "0"), null);
        assertFalse(trial.has(any.toJson()));
        trial.write(any);
        assertTrue(trial.has(any.toJson()));
        assertTrue(trial.findResult().isEmpty());
        TrialResult result =
                new TrialResult(null, 1, 2, 3, Map.of("accuracy", 0.1 + 0.2), Map.of(), 4.5);
        trial.write(result);
        assertEquals(result, trial.findResult().orElseThrow());
        Files.writeString(trial.path().resolve("result.json"), "{\"epochs\": ");
        String message = assertThrows(IOException.class, trial::findResult).getMessage();
        assertTrue(message.contains("Delete it, and the trial is trained again"), message);
    }
}
