/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

    private static final Map<String, SectionContent> CONTENT =
            Map.of("section", out -> out.writeInt(42));

    @TempDir private Path parent;

    private Path folder() {
        return parent.resolve("run");
    }

    private Path write(long steps) {
        try (CheckpointFolder open = CheckpointFolder.open(folder())) {
            return open.write(steps, CONTENT);
        }
    }

    private List<String> names() {
        return CheckpointFolder.list(folder()).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private String refusal() {
        return assertThrows(
                        CheckpointException.class,
                        () -> CheckpointFolder.openNewest(folder()).close())
                .getMessage();
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Test
    void theNewestHasTheMostSteps() throws IOException {
        assertEquals(List.of(), names());
        write(999);
        write(123_456_789);
        write(20);
        Files.createFile(folder().resolve("checkpoint-new.ply"));
        Files.createFile(folder().resolve("checkpoint-00000030.ply.bak"));
        assertEquals(
                List.of(
                        "checkpoint-00000020.ply",
                        "checkpoint-00000999.ply",
                        "checkpoint-123456789.ply"),
                names());
        try (CheckpointReader newest = CheckpointFolder.openNewest(folder())) {
            assertEquals("checkpoint-123456789.ply", newest.getFile().getFileName().toString());
        }
    }

    @Test
    void keepsTheLastAndTheBest() {
        for (long steps = 1; steps <= 6; steps++) {
            write(steps);
        }
        try (CheckpointFolder open = CheckpointFolder.open(folder())) {
            open.retain(2, List.of(3L));
        }
        assertEquals(
                List.of(
                        "checkpoint-00000003.ply",
                        "checkpoint-00000005.ply",
                        "checkpoint-00000006.ply"),
                names());
        try (CheckpointFolder open = CheckpointFolder.open(folder())) {
            open.retain(5, List.of());
        }
        assertEquals(3, names().size());
    }

    @Test
    void damageIsNoReasonToGoBackSilently() throws IOException {
        write(1);
        Path second = write(2);
        Path third = write(3);
        damage(third);
        String message = refusal();
        assertTrue(message.startsWith("The file " + third + " is damaged: "), message);
        assertTrue(
                message.endsWith(
                        ". Before it, checkpoint-00000002.ply is intact: move what is newer away to resume from there"),
                message);
        damage(second);
        assertTrue(refusal().contains("Before it, checkpoint-00000001.ply is intact"));
        damage(folder().resolve("checkpoint-00000001.ply"));
        assertTrue(
                refusal()
                        .endsWith(
                                "No checkpoint before it is intact: train again in another folder"));
        assertEquals(3, names().size());
    }

    @Test
    void anEmptyFolderHasNothingToResumeFrom() {
        assertTrue(refusal().startsWith("There is no checkpoint to resume from in " + folder()));
        assertTrue(Files.notExists(folder()));
    }

    @Test
    void oneTrainingAtATime() {
        try (CheckpointFolder open = CheckpointFolder.open(folder())) {
            open.write(1, CONTENT);
            CheckpointException e =
                    assertThrows(CheckpointException.class, () -> CheckpointFolder.open(folder()));
            assertTrue(e.getMessage().startsWith("Another training keeps its"), e.getMessage());
        }
        CheckpointFolder.open(folder()).close();
    }

    @Test
    void deletesWhatAKilledTrainingLeft() throws IOException {
        write(1);
        Path leftOver = folder().resolve(".checkpoint-00000002.ply.4711.tmp");
        Files.createFile(leftOver);
        Path other = Files.createFile(folder().resolve("notes.tmp"));
        CheckpointFolder.open(folder()).close();
        assertTrue(Files.notExists(leftOver));
        assertTrue(Files.exists(other));
    }

    @Test
    void aFolderThatCannotBeIsAnError() throws IOException {
        Files.createFile(folder());
        CheckpointException e =
                assertThrows(CheckpointException.class, () -> CheckpointFolder.open(folder()));
        assertTrue(
                e.getMessage().startsWith("Checkpoints cannot be kept in " + folder()),
                e.getMessage());
    }

    @Test
    void aFailedWriteLeavesThoseBefore() {
        write(1);
        try (CheckpointFolder open = CheckpointFolder.open(folder())) {
            CheckpointException e =
                    assertThrows(
                            CheckpointException.class,
                            () ->
                                    open.write(
                                            2,
                                            Map.of(
                                                    "section",
                                                    out -> {
                                                        throw new IOException("No space left");
                                                    })));
            assertTrue(e.getMessage().contains("after step 2"), e.getMessage());
            assertTrue(e.getMessage().contains("No space left"), e.getMessage());
        }
        assertEquals(List.of("checkpoint-00000001.ply"), names());
    }
}
