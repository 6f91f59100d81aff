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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {

    @TempDir private Path folder;

    /**
     * An image whose red plane begins with its number, whose green is 100 and whose blue is 255.
     */
    private static byte[] record(int number, int... head) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int value : head) {
            bytes.write(value);
        }
        for (int i = 0; i < 3072; i++) {
            bytes.write(i == 0 ? number : i < 1024 ? 0 : i < 2048 ? 100 : 255);
        }
        return bytes.toByteArray();
    }

    private void write(String name, byte[]... records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] one : records) {
            bytes.write(one);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.toByteArray());
    }

    @Test
    void tenHasItsClassInFrontOfThePixels() throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            write(
                    "cifar-10-batches-bin/data_batch_" + batch + ".bin",
                    record(2 * batch, batch),
                    record(2 * batch + 1, 9));
        }
        write("cifar-10-batches-bin/test_batch.bin", record(200, 3));
        ImageBytes train = Cifar.readTrain10(folder);
        assertEquals(new Shape(3, 32, 32), train.getShape());
        assertArrayEquals(new int[] {1, 9, 2, 9, 3, 9, 4, 9, 5, 9}, train.getLabels());
        float[] fourth = train.read(3).getFeatures();
        assertEquals(5 / 255f, fourth[0]);
        assertEquals(0, fourth[1023]);
        assertEquals(100 / 255f, fourth[1024]);
        assertEquals(1, fourth[3071]);
        ImageBytes test = Cifar.readTest10(folder.resolve("cifar-10-batches-bin"));
        assertArrayEquals(new int[] {3}, test.getLabels());
        assertEquals(200 / 255f, test.read(0).getFeatures()[0]);
    }

    @Test
    void hundredHasACoarseClassInFrontOfItsOwn() throws IOException {
        write("plain/train.bin", record(1, 19, 99), record(2, 0, 42));
        write("cifar-100-binary/test.bin", record(1, 5, 7));
        Path plain = folder.resolve("plain");
        ImageBytes train = Cifar.readTrain100(plain);
        assertArrayEquals(new int[] {7}, Cifar.readTest100(folder).getLabels());
        assertEquals(100, train.getOutputs());
        assertArrayEquals(new int[] {99, 42}, train.getLabels());
        assertEquals(2 / 255f, train.read(1).getFeatures()[0]);
    }

    @Test
    void whatIsMissingOrDamagedIsNamed() throws IOException {
        String missing =
                assertThrows(IOException.class, () -> Cifar.readTest10(folder)).getMessage();
        assertTrue(missing.startsWith("There is no " + folder.resolve("test_batch.bin")), missing);
        assertTrue(missing.contains("binary version of CIFAR-10"), missing);
        write("test_batch.bin", record(1, 3), new byte[] {1});
        String damaged =
                assertThrows(IOException.class, () -> Cifar.readTest10(folder)).getMessage();
        assertTrue(damaged.contains("3074 bytes"), damaged);
        write("test_batch.bin", record(1, 10));
        String wrong = assertThrows(IOException.class, () -> Cifar.readTest10(folder)).getMessage();
        assertTrue(wrong.contains("the class 10, but CIFAR-10 has 10"), wrong);
    }
}
