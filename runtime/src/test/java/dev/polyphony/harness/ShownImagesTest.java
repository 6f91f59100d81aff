/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.models.TestData;
import dev.polyphony.report.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownImagesTest {

    @TempDir private Path folder;

    @Test
    void imagesHaveTheNamesOfTheirClasses() throws IOException {
        for (String name : List.of("cat", "dog")) {
            BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(2, 1, 0, 255);
            Path file = Files.createDirectories(folder.resolve(name)).resolve("a.png");
            assertTrue(ImageIO.write(image, "png", file.toFile()));
        }
        TestImages shown =
                ShownImages.of(
                                ImageFolder.builder()
                                        .setFolder(folder)
                                        .setShape(new Shape(1, 2, 3))
                                        .build())
                        .orElseThrow();
        assertEquals(List.of("cat", "dog"), shown.classNames());
        assertEquals(0xffffff, shown.reader().apply(1).getRGB(2, 1) & 0xffffff);
        assertEquals(0, shown.reader().apply(1).getRGB(0, 0) & 0xffffff);
    }

    @Test
    void pointsAreNoImages() {
        assertTrue(ShownImages.of(TestData.moons(4, 0.1, 1)).isEmpty());
    }
}
