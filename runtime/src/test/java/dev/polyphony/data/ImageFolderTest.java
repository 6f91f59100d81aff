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
import ai.djl.translate.TranslateException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir private Path folder;

    /** Two classes of images {@code 2 x 2}: three reds with all four corners, two grays. */
    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("red/" + i + ".png", colour(2, 2, 0xff0000 + i, 0x00ff00, 0x0000ff, 0x336699));
        }
        write("gray/deep/a.png", gray(2, 2, 0, 51, 102, 255));
        write("gray/b.PNG", gray(2, 2, 255, 255, 255, 0));
        Files.writeString(folder.resolve("red/.hidden"), "not looked at");
    }

    private void write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, "png", file.toFile()));
    }

    private static BufferedImage colour(int height, int width, int... pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    private static BufferedImage gray(int height, int width, int... pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, width, height, pixels);
        return image;
    }

    private ImageFolder.Builder images(int channels) {
        return ImageFolder.builder().setFolder(folder).setShape(new Shape(channels, 2, 2));
    }

    @Test
    void classesAreTheFoldersInOrder() throws IOException, TranslateException {
        ImageFolder images = images(3).build();
        assertEquals(List.of("gray", "red"), images.getClassNames());
        assertEquals(5, images.size());
        assertEquals(2, images.getOutputs());
        assertEquals(folder.resolve("gray/b.PNG"), images.getFiles().get(0));
        assertArrayEquals(new int[] {1, 0, 1}, images.read(4, 1, 2).getLabels());
        assertArrayEquals(new int[] {0, 0, 1, 1, 1}, images.readAll().getLabels());
    }

    @Test
    void coloursArePlanesFromZeroToOne() throws IOException {
        LabeledData read = images(3).build().read(4);
        assertArrayEquals(
                new float[] {
                    1,
                    0,
                    0,
                    0x33 / 255f, //
                    0,
                    1,
                    0,
                    0x66 / 255f, //
                    2 / 255f,
                    0,
                    1,
                    0x99 / 255f
                },
                read.getFeatures());
    }

    /** Java's own conversion would make 188 of 128. */
    @Test
    void grayIsWhatStandsInTheFile() throws IOException {
        float[] expected = {0, 0.2f, 0.4f, 1};
        assertArrayEquals(expected, images(1).build().read(1).getFeatures());
        float[] three = images(3).build().read(1).getFeatures();
        for (int c = 0; c < 3; c++) {
            assertArrayEquals(expected, Arrays.copyOfRange(three, 4 * c, 4 * c + 4));
        }
    }

    @Test
    void coloursBecomeGrayByTheirLuma() throws IOException {
        float[] gray = images(1).build().read(2).getFeatures();
        float[] expected = {0.299f, 0.587f, 0.114f, 0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f};
        assertArrayEquals(expected, gray, 1e-6f);
    }

    @Test
    void normalises() throws IOException {
        ImageFolder images = images(1).optNormalize(new float[] {0.4f}, new float[] {0.2f}).build();
        assertArrayEquals(new float[] {-2, -1, 0, 3}, images.read(1).getFeatures(), 1e-6f);
    }

    /** By the triangle: three pixels for two weigh 4:2:0 / 6 and so on, reach 1.5. */
    @Test
    void resizesLinearly() throws IOException {
        write("gray/c.png", gray(1, 3, 0, 51, 255));
        ImageFolder strict = images(1).build();
        IOException e = assertThrows(IOException.class, () -> strict.read(1));
        assertTrue(e.getMessage().contains("c.png has 1 x 3 pixels"), e.getMessage());
        assertTrue(e.getMessage().contains("optResize(true)"), e.getMessage());
        float[] resized = images(1).optResize(true).build().read(1).getFeatures();
        // centres 0.75 and 2.25: distances 0.25, 0.75, 1.75, so weights 5/6, 1/2 and none
        float left = (0.2f * 0.5f) / (5 / 6f + 0.5f);
        float right = (0.2f * 0.5f + 5 / 6f) / (5 / 6f + 0.5f);
        assertArrayEquals(new float[] {left, right, left, right}, resized, 1e-6f);
    }

    @Test
    void enlargesBetweenPixels() {
        assertArrayEquals(
                new float[] {0, 0.25f, 0.75f, 1},
                Resampling.resize(new float[] {0, 1}, 1, 2, 1, 4),
                1e-6f);
        float[] plane = {0, 4, 8, 12};
        assertArrayEquals(plane, Resampling.resize(plane, 2, 2, 2, 2));
        assertArrayEquals(new float[] {6}, Resampling.resize(plane, 2, 2, 1, 1), 1e-6f);
    }

    @Test
    void partsHaveAllClasses() throws IOException, TranslateException {
        Examples[] parts = images(3).build().splitStratified(1, 0.5, 0.5);
        int[] classes = {0, 0};
        for (Examples part : parts) {
            int[] labels = part.readAll().getLabels();
            assertTrue(Arrays.stream(labels).anyMatch(label -> label == 0));
            Arrays.stream(labels).forEach(label -> classes[label]++);
        }
        assertArrayEquals(new int[] {2, 3}, classes);
        Examples[] plain = images(3).build().split(1, 0.6, 0.4);
        assertEquals(3, plain[0].size());
        assertEquals(2, plain[1].size());
    }

    @Test
    void testImagesHaveTheClassesOfTraining() throws IOException, TranslateException {
        ImageFolder images = images(3).optClassNames(List.of("red", "gray")).build();
        assertArrayEquals(new int[] {0, 0, 0, 1, 1}, images.readAll().getLabels());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> images(3).optClassNames(List.of("red", "blue")).build());
        assertTrue(e.getMessage().startsWith("The class has no folder"), e.getMessage());
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertMessage("There is no folder", ImageFolder.builder().setFolder(folder.resolve("x")));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertMessage("has no folders", ImageFolder.builder().setFolder(empty));
        assertMessage("There is no image in", images(3));
        Files.writeString(empty.resolve("notes.txt"), "text");
        assertMessage("notes.txt is no image", images(3));
        Files.delete(empty.resolve("notes.txt"));
        Files.writeString(empty.resolve("broken.png"), "text");
        ImageFolder broken = images(3).build();
        IOException e = assertThrows(IOException.class, () -> broken.read(0));
        assertTrue(e.getMessage().contains("broken.png is no image"), e.getMessage());
        assertMessage("Images have 1 or 3 channels", images(2));
        assertMessage("1 means", images(3).optNormalize(new float[1], new float[] {1}));
    }

    private static void assertMessage(String part, ImageFolder.Builder wrong) {
        ImageFolder.Builder builder = wrong;
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> {
                            try {
                                builder.build();
                            } catch (NullPointerException none) {
                                builder.setShape(new Shape(3, 2, 2)).build();
                            }
                        });
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
