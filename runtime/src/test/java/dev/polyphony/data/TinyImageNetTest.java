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
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyImageNetTest {

    private static final List<Float> HALF = List.of(0.5f, 0.5f, 0.5f);

    @TempDir private Path folder;

    /** One gray for all pixels, which JPEG keeps. */
    private void write(String name, int gray, int type) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, type);
        int[] pixels = new int[64 * 64];
        Arrays.fill(pixels, gray << 16 | gray << 8 | gray);
        if (type == BufferedImage.TYPE_BYTE_GRAY) {
            Arrays.fill(pixels, gray);
            image.getRaster().setPixels(0, 0, 64, 64, pixels);
        } else {
            image.setRGB(0, 0, 64, 64, pixels, 0, 64);
        }
        Path file = folder.resolve("tiny-imagenet-200").resolve(name);
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, "jpeg", file.toFile()));
    }

    private void write() throws IOException {
        int colour = BufferedImage.TYPE_INT_RGB;
        write("train/n02/images/n02_0.JPEG", 255, colour);
        write("train/n02/images/n02_1.JPEG", 0, BufferedImage.TYPE_BYTE_GRAY);
        write("train/n01/images/n01_0.JPEG", 51, colour);
        write("val/images/val_0.JPEG", 255, colour);
        write("val/images/val_1.JPEG", 0, colour);
        Path data = folder.resolve("tiny-imagenet-200");
        Files.writeString(data.resolve("train/n01/n01_boxes.txt"), "n01_0.JPEG\t0\t0\t63\t63\n");
        Files.writeString(
                data.resolve("val/val_annotations.txt"),
                "val_1.JPEG\tn01\t0\t32\t44\t62\nval_0.JPEG\tn02\t0\t0\t63\t63\n");
    }

    @Test
    void classesAreTheFoldersAndTheAnnotations() throws Exception {
        write();
        TinyImageNet data = TinyImageNet.in(folder, HALF, HALF);
        Examples train = data.getTrain();
        assertEquals(new Shape(3, 64, 64), train.getShape());
        assertEquals(List.of("n01", "n02"), train.getClassNames());
        LabeledData all = train.readAll();
        assertArrayEquals(new int[] {0, 1, 1}, all.getLabels());
        // 51 / 255, then 255 / 255, then 0, each less one half and divided by one half
        assertEquals(-0.6f, all.getFeatures()[0], 1e-6f);
        assertEquals(1, all.getFeatures()[3 * 64 * 64]);
        assertEquals(-1, all.getFeatures()[2 * 3 * 64 * 64]);
        LabeledData validation = data.getValidation().readAll();
        assertArrayEquals(new int[] {0, 1}, validation.getLabels());
        assertEquals(-1, validation.getFeatures()[0]);
        assertEquals(1, validation.getFeatures()[3 * 64 * 64]);
    }

    @Test
    void whatIsMissingOrDamagedIsNamed() throws Exception {
        String missing =
                assertThrows(IOException.class, () -> TinyImageNet.in(folder, HALF, HALF))
                        .getMessage();
        assertTrue(missing.contains("get Tiny ImageNet-200"), missing);
        write();
        Files.writeString(
                folder.resolve("tiny-imagenet-200/val/val_annotations.txt"), "val_1.JPEG\tn03\n");
        TinyImageNet data = TinyImageNet.in(folder, HALF, HALF);
        String wrong = assertThrows(IOException.class, data::getValidation).getMessage();
        assertTrue(wrong.contains("'val_1.JPEG\tn03'"), wrong);
    }
}
