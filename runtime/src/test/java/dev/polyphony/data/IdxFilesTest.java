/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {

    @TempDir private Path folder;

    private static final byte[] PIXELS = {0, 51, (byte) 255, (byte) 204, 1, 2, 3, 4, 5, 6, 7, 8};

    private static byte[] idx(int magic, int[] axes, byte[] content) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * axes.length + content.length);
        buffer.putInt(magic);
        Arrays.stream(axes).forEach(buffer::putInt);
        return buffer.put(content).array();
    }

    private static byte[] images() {
        return idx(0x803, new int[] {3, 2, 2}, PIXELS);
    }

    private static byte[] labels(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return idx(0x801, new int[] {bytes.length}, bytes);
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    @Test
    void readsPlainAndZippedFiles() throws IOException {
        write("train-images-idx3-ubyte", images());
        write("train-labels-idx1-ubyte.gz", zipped(labels(9, 0, 4)));
        LabeledData train = IdxFiles.in(folder).readTrain();
        assertEquals(3, train.size());
        assertEquals(10, train.getClasses());
        assertEquals(new Shape(1, 2, 2), train.getShape());
        assertArrayEquals(new int[] {9, 0, 4}, train.getLabels());
        assertArrayEquals(
                new float[] {0, 0.2f, 1, 0.8f}, Arrays.copyOf(train.getFeatures(), 4), 1e-7f);
        assertEquals(8 / 255f, train.getFeatures()[11]);
    }

    @Test
    void readsTheFirstExamplesOfAPart() throws IOException {
        write("t10k-images-idx3-ubyte.gz", zipped(images()));
        write("t10k-labels-idx1-ubyte", labels(2, 1, 0));
        LabeledData test = IdxFiles.in(folder).optClasses(3).optLimit(2).readTest();
        assertArrayEquals(new int[] {2, 1}, test.getLabels());
        assertEquals(8, test.getFeatures().length);
        assertEquals(3, test.getClasses());
        assertEquals(3, IdxFiles.in(folder).optLimit(4).readTest().size());
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        FileNotFoundException e =
                assertThrows(FileNotFoundException.class, () -> IdxFiles.in(folder).readTrain());
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "There is no train-images-idx3-ubyte, or train-images-idx3-ubyte.gz, in "
                                        + folder),
                e.getMessage());
        write("train-images-idx3-ubyte", images());
        String message =
                assertThrows(IOException.class, () -> IdxFiles.in(folder).readTrain()).getMessage();
        assertTrue(message.startsWith("There is no train-labels-idx1-ubyte"), message);
    }

    private String failure(byte[] images, byte[] labels) throws IOException {
        write("images", images);
        write("labels", labels);
        return assertThrows(
                        IOException.class,
                        () -> IdxFiles.read(folder.resolve("images"), folder.resolve("labels"), 3))
                .getMessage();
    }

    @Test
    void filesThatAreNotWholeAreNamed() throws IOException {
        byte[] right = labels(0, 1, 2);
        String cut = failure(Arrays.copyOf(images(), images().length - 1), right);
        assertTrue(cut.contains("images is damaged or not whole (11 of 12 bytes are there)"), cut);
        byte[] zip = zipped(images());
        assertTrue(failure(Arrays.copyOf(zip, zip.length - 9), right).contains("is damaged or"));
        assertTrue(failure(new byte[] {0, 0}, right).contains("is damaged or not whole"));
        String longer = failure(Arrays.copyOf(images(), images().length + 1), right);
        assertTrue(longer.contains("goes on behind what its axes [3, 2, 2] say"), longer);
    }

    @Test
    void filesOfAnotherKindAreNamed() throws IOException {
        String swapped = failure(labels(0, 1, 2), images());
        assertTrue(swapped.contains("begins with 00000801, not with 00000803"), swapped);
        String other = failure(images(), labels(0, 1));
        assertTrue(other.contains("has 3 images, but "), other);
        String label = failure(images(), labels(0, 3, 1));
        assertTrue(label.contains("label 1 of ") && label.contains(" is 3, but"), label);
        String huge = failure(idx(0x803, new int[] {70_000, 50_000, 2}, new byte[0]), labels(0));
        assertTrue(huge.contains("more than an array can hold"), huge);
        assertTrue(
                failure(idx(0x803, new int[] {0, 2, 2}, new byte[0]), labels(0))
                        .contains("has an axis of 0"));
    }
}
