/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.LabeledData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images as another process gets them. */
class HandedImagesTest {

    @TempDir private Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        for (int i = 0; i < 4; i++) {
            Path of = Files.createDirectories(folder.resolve(i % 2 == 0 ? "cats" : "dogs"));
            BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(i % 3, i % 2, 0, 40 * i + 30);
            ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
        }
    }

    private static ImageFolder read(Path from) throws IOException {
        return ImageFolder.builder()
                .setFolder(from)
                .setShape(new Shape(1, 2, 3))
                .optNormalize(new float[] {0.2f}, new float[] {0.5f})
                .build();
    }

    @Test
    void filesAndBytesAreHandedOver() throws IOException, TranslateException {
        ImageFolder images = read(folder);
        check(images, images);
        check(images.splitStratified(1, 0.5, 0.5)[1], images.splitStratified(1, 0.5, 0.5)[1]);
        check(images, images.readBytes());
    }

    private static void check(Examples expected, Examples given)
            throws IOException, TranslateException {
        Examples there = (Examples) ObjectFile.read(ObjectFile.write(given));
        assertEquals(expected.size(), there.size());
        assertEquals(expected.getShape(), there.getShape());
        assertEquals(expected.getClassNames(), there.getClassNames());
        int[] all = new int[expected.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        LabeledData before = expected.read(all);
        LabeledData after = there.read(all);
        assertArrayEquals(before.getFeatures(), after.getFeatures(), 1e-6f);
        assertArrayEquals(before.getLabels(), after.getLabels());
    }

    @Test
    void filesThatAnotherProcessDoesNotSeeAreNot() throws IOException {
        Path zip = folder.resolve("images.zip");
        try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.createDirectories(inside.getPath("cats"));
            Files.copy(folder.resolve("cats/0.png"), inside.getPath("cats/0.png"));
            ImageFolder images = read(inside.getPath("/"));
            String message =
                    assertThrows(NotSerializableException.class, () -> ObjectFile.write(images))
                            .getMessage();
            assertTrue(message.contains("another file system"), message);
        }
    }
}
