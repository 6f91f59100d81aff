/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.LabeledData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {

    private static final String CIFAR = "the CIFAR data sets at the University of Toronto";

    /** Where each is to be had. */
    private static final Map<DataSet, String> SOURCES =
            Map.of(
                    DataSet.CIFAR10,
                    CIFAR,
                    DataSet.CIFAR100,
                    CIFAR,
                    DataSet.CIFAR10_PLAIN,
                    CIFAR,
                    DataSet.TINY_IMAGENET,
                    "CS231n at Stanford University",
                    DataSet.FASHION_MNIST,
                    "Zalando Research",
                    DataSet.IMAGENET,
                    "the ImageNet project");

    @TempDir private Path folder;

    private static void write(Path file, int gray) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[32 * 32];
        Arrays.fill(pixels, gray << 16 | gray << 8 | gray);
        image.setRGB(0, 0, 32, 32, pixels, 0, 32);
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            assertTrue(ImageIO.write(image, "jpeg", out));
        }
    }

    private static void writeTen(Path root) throws IOException {
        for (String part : List.of("train", "test")) {
            for (int label = 0; label < 10; label++) {
                for (int i = 0; i < 10; i++) {
                    write(
                            root.resolve(part).resolve("class" + label).resolve(i + ".jpg"),
                            20 * label);
                }
            }
        }
    }

    @Test
    void cifarIsReadFromImageFilesInFoldersOrOneZip() throws Exception {
        writeTen(folder.resolve("jpeg"));
        Path zip = folder.resolve("zip/cifar10-jpeg.zip");
        Files.createDirectories(zip.getParent());
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            writeTen(files.getPath("/"));
        }
        Parts unpacked = DataSet.CIFAR10_PLAIN.read(folder.resolve("jpeg"), Scale.FULL, 0.2);
        Parts zipped = DataSet.CIFAR10_PLAIN.read(zip.getParent(), Scale.FULL, 0.2);
        assertEquals(80, unpacked.train().size());
        assertEquals(20, unpacked.validation().orElseThrow().size());
        assertEquals(100, unpacked.test().size());
        LabeledData test = unpacked.test().readAll();
        assertArrayEquals(test.getFeatures(), zipped.test().readAll().getFeatures());
        // 20 * 9 of 255, less one half and divided by one half
        assertEquals(180 / 127.5 - 1, test.getFeatures()[test.getFeatures().length - 1], 0.02);
        assertEquals(9, test.getLabels()[99]);
        assertEquals(unpacked.train().getChecksum(), zipped.train().getChecksum());
    }

    @Test
    void aReducedRunHasATenth() throws Exception {
        writeTen(folder);
        Parts reduced = DataSet.CIFAR10.read(folder, Scale.REDUCED, 0);
        assertEquals(10, reduced.train().size());
        assertEquals(10, reduced.test().size());
        assertTrue(reduced.validation().isEmpty());
    }

    @Test
    void whatIsMissingIsSaid() {
        for (DataSet set : DataSet.values()) {
            String message =
                    assertThrows(
                                    IOException.class,
                                    () -> set.read(folder, Scale.FULL, 0),
                                    set::name)
                            .getMessage();
            assertTrue(message.contains(folder.toString()), message);
            assertTrue(message.contains(SOURCES.get(set)), message);
        }
    }

    @Test
    void imageFilesWithoutThoseToTestOnAreNotEnough() throws Exception {
        write(folder.resolve("train/class0/0.jpg"), 0);
        String message =
                assertThrows(IOException.class, () -> DataSet.CIFAR10.read(folder, Scale.FULL, 0))
                        .getMessage();
        assertTrue(message.startsWith("There is no folder test in " + folder), message);
        assertTrue(message.contains("test/CLASS/*.jpg"), message);
        assertTrue(message.contains(SOURCES.get(DataSet.CIFAR10)), message);
    }
}
