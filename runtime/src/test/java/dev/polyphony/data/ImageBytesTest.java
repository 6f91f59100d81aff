/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBytesTest {

    private static final ImageFormat FORMAT =
            ImageFormat.of(new Shape(3, 4, 4))
                    .withNormalization(List.of(0.49f, 0.48f, 0.45f), List.of(0.2f, 0.25f, 0.3f));

    @TempDir private Path folder;

    private static ImageBytes two(int last) {
        byte[] pixels = {0, 51, 102, (byte) 255, 1, (byte) last};
        return ImageBytes.of(pixels, new Shape(3, 1, 1), new int[] {1, 0}, 2);
    }

    @Test
    void bytesBecomeNumbersByChannel() {
        assertArrayEquals(new float[] {0, 0.2f, 0.4f}, two(3).read(0).getFeatures());
        LabeledData read =
                two(204).withNormalization(List.of(0.5f, 0.2f, 0.3f), List.of(0.5f, 2f, 0.1f))
                        .read(1, 0);
        assertArrayEquals(new int[] {0, 1}, read.getLabels());
        assertArrayEquals(
                new float[] {1, (1 / 255f - 0.2f) / 2, 5, -1, 0, 1}, read.getFeatures(), 1e-6f);
    }

    @Test
    void aFolderReadsTheSameWayEither() throws Exception {
        write();
        ImageFolder images = images(folder);
        ImageBytes bytes = images.readBytes();
        int[] all = {0, 1, 2, 3};
        assertArrayEquals(images.read(all).getFeatures(), bytes.read(all).getFeatures());
        assertArrayEquals(images.read(all).getLabels(), bytes.getLabels());
        assertEquals(2, bytes.getOutputs());
    }

    @Test
    void aZipFileIsAFolder() throws Exception {
        write();
        Path zip = folder.resolve("images.zip");
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem files = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
            for (String name : new String[] {"a/0.png", "a/1.png", "b/2.png", "b/3.png"}) {
                Files.createDirectories(files.getPath("train", name).getParent());
                Files.copy(folder.resolve(name), files.getPath("train", name));
            }
        }
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            ImageFolder zipped = images(files.getPath("train"));
            assertArrayEquals(
                    images(folder).readAll().getFeatures(), zipped.readAll().getFeatures());
            assertEquals(images(folder).getChecksum(), zipped.getChecksum());
        }
    }

    @Test
    void imagesWithoutLabelsAreThoseBelowAFolder() throws Exception {
        write();
        Examples unlabeled = ImageFolder.unlabeled(folder, FORMAT);
        assertEquals(4, unlabeled.size());
        assertEquals(0, unlabeled.getOutputs());
        assertArrayEquals(
                images(folder).read(0, 3).getFeatures(), unlabeled.read(0, 3).getFeatures());
        Path none = folder.resolve("none");
        assertEquals(
                "There is no folder " + none,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ImageFolder.unlabeled(none, FORMAT))
                        .getMessage());
    }

    @Test
    void checksumsTellImagesApart() {
        List<Float> ones = List.of(1f, 1f, 1f);
        ImageBytes images = two(3);
        assertEquals(two(3).getChecksum(), images.getChecksum());
        assertNotEquals(images.getChecksum(), two(4).getChecksum());
        assertNotEquals(images.getChecksum(), images.withNormalization(ones, ones).getChecksum());
    }

    @Test
    void splitsKeepTheMixOfClasses() throws Exception {
        byte[] pixels = new byte[40];
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            pixels[i] = (byte) i;
            labels[i] = i % 4;
        }
        ImageBytes images = ImageBytes.of(pixels, new Shape(1, 1, 1), labels, 4);
        Examples[] parts = images.splitStratified(1, 0.8, 0.2);
        int[] counts = new int[4];
        for (int label : parts[1].readAll().getLabels()) {
            counts[label]++;
        }
        assertArrayEquals(new int[] {2, 2, 2, 2}, counts);
        assertEquals(32, parts[0].size());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Shape shape = new Shape(3, 2, 2);
        refuses(
                "12 bytes are not those of 2 images",
                () -> ImageBytes.of(new byte[12], shape, new int[2], 2));
        refuses(
                "The label 2 is none of the 2 classes",
                () -> ImageBytes.of(new byte[12], shape, new int[] {2}, 2));
        refuses(
                "the shape is (12)",
                () -> ImageBytes.of(new byte[12], new Shape(12), new int[1], 2));
    }

    private static void refuses(String message, Runnable action) {
        String thrown = assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(thrown.contains(message), thrown);
    }

    private static ImageFolder images(Path from) throws IOException {
        return ImageFolder.builder()
                .setFolder(from)
                .setShape(new Shape(3, 4, 4))
                .optNormalize(new float[] {0.49f, 0.48f, 0.45f}, new float[] {0.2f, 0.25f, 0.3f})
                .optClassNames(List.of("a", "b"))
                .build();
    }

    private void write() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 16; p++) {
                image.setRGB(p % 4, p / 4, random.nextInt(1 << 24));
            }
            Path file = folder.resolve((i < 2 ? "a/" : "b/") + i + ".png");
            Files.createDirectories(file.getParent());
            assertTrue(ImageIO.write(image, "png", file.toFile()));
        }
    }
}
