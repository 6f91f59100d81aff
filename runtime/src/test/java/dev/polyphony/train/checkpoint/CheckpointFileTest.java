/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

    private static final byte[] LARGE = new byte[200_000];

    static {
        new Random(1).nextBytes(LARGE);
    }

    @TempDir private Path folder;

    private Path small;

    private Path write(long steps, Map<String, SectionContent> sections) {
        try (CheckpointFolder checkpoints = CheckpointFolder.open(folder)) {
            return checkpoints.write(steps, sections);
        }
    }

    @BeforeEach
    void writeSmall() {
        Map<String, SectionContent> sections = new LinkedHashMap<>();
        sections.put("first", out -> out.writeInt(42));
        sections.put("empty", out -> {});
        sections.put("last", out -> out.writeUTF("end"));
        small = write(1, sections);
    }

    private static String refusal(Path file) throws IOException {
        byte[] before = Files.readAllBytes(file);
        String message =
                assertThrows(CheckpointException.class, () -> CheckpointReader.open(file))
                        .getMessage();
        assertArrayEquals(before, Files.readAllBytes(file));
        assertTrue(message.contains(file.toString()), message);
        return message;
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        Map<String, SectionContent> sections = new LinkedHashMap<>();
        sections.put("large", out -> out.write(LARGE));
        sections.put("small", out -> out.write(7));
        try (CheckpointReader reader = CheckpointReader.open(write(2, sections))) {
            try (DataInputStream in = reader.open("small")) {
                assertEquals(7, in.read());
                assertEquals(-1, in.read());
            }
            try (DataInputStream in = reader.open("large")) {
                assertArrayEquals(LARGE, in.readAllBytes());
            }
            assertTrue(reader.has("small"));
            assertFalse(reader.has("other"));
            assertThrows(IOException.class, () -> reader.open("other"));
        }
    }

    /** The layout that other versions rely on, read without the code that writes it. */
    @Test
    void hasTheLayoutOfTheSecondVersion() throws IOException, NoSuchAlgorithmException {
        byte[] bytes = Files.readAllBytes(small);
        ByteBuffer file = ByteBuffer.wrap(bytes);
        byte[] magic = new byte[8];
        file.get(magic);
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'L', 'Y', 'C', 'K', 'P', '\n'}, magic);
        assertEquals(2, file.getInt());
        assertEquals(bytes.length, file.getLong());
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, 20);
        assertEquals((int) crc.getValue(), file.getInt());
        assertEquals(42, file.getInt());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes, 24, bytes.length - 24 - 32);
        digest.update(bytes, 0, 24);
        assertArrayEquals(
                Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length), digest.digest());
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(small);
        Path damaged = folder.resolve("damaged");
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            String message = refusal(Files.write(damaged, flipped));
            String wrong = i < 64 ? "is no checkpoint" : "is damaged: its ";
            assertTrue(message.contains(wrong), message);
        }
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(small);
        Path damaged = folder.resolve("damaged");
        for (int length = 0; length < bytes.length; length++) {
            String message = refusal(Files.write(damaged, Arrays.copyOf(bytes, length)));
            String wrong =
                    length < 24
                            ? "is no checkpoint: it is "
                            : "is damaged: it has %d bytes of the %d that"
                                    .formatted(length, bytes.length);
            assertTrue(message.contains(wrong), message);
        }
        assertTrue(
                refusal(Files.write(damaged, Arrays.copyOf(bytes, bytes.length + 1)))
                        .contains("is damaged"));
    }

    @Test
    void damageDeepInAFileIsFound() throws IOException {
        Path file = write(3, Map.of("large", out -> out.write(LARGE)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[150_000] ^= 1;
        assertTrue(refusal(Files.write(file, bytes)).contains("is damaged: its content"));
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        byte[] bytes = Files.readAllBytes(small);
        Path other = folder.resolve("other");
        for (int version : new int[] {1, 3}) {
            byte[] changed = bytes.clone();
            ByteBuffer.wrap(changed).put(CheckpointFormat.header(version, 12345));
            String message = refusal(Files.write(other, changed));
            assertTrue(
                    message.endsWith(
                            "has the format %d, but this version of Polyphony reads the format 2: use the %s version that wrote it"
                                    .formatted(version, version == 3 ? "newer" : "older")),
                    message);
        }
        Files.writeString(other, "label,x,y\n0,1.5,2.5\n1,2.5,3.5\n");
        assertTrue(refusal(other).contains("is no checkpoint: it does not begin as one"));
        Path missing = folder.resolve("missing");
        assertTrue(
                assertThrows(CheckpointException.class, () -> CheckpointReader.open(missing))
                        .getMessage()
                        .contains("missing cannot be read"));
    }
}
