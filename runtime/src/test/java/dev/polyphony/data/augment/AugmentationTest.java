/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Seeds;
import dev.polyphony.data.Task;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** Images {@code [N, C, H, W]} of the numbers from 1. */
    private ImageBatch batch(int size, int channels, int height, int width) {
        Shape shape = new Shape(size, channels, height, width);
        NDArray images = manager.arange(1f, shape.size() + 1f).reshape(shape);
        return new ImageBatch(images, manager.zeros(new Shape(size, 2)), 1, null);
    }

    private float[] apply(Augmentation augmentation, ImageBatch batch, long seed) {
        return augmentation.apply(batch, Seeds.random(seed)).images().toFloatArray();
    }

    @Test
    void cropsThePaddedImage() {
        NDArray images = batch(2, 2, 2, 3).images();
        float[] cropped =
                RandomCrop.crop(images, 1, new long[] {0, 2}, new long[] {1, 0}).toFloatArray();
        float[] expected = {
            0, 0, 0, 1, 2, 3, //
            0, 0, 0, 7, 8, 9, //
            0, 16, 17, 0, 0, 0, //
            0, 22, 23, 0, 0, 0
        };
        assertArrayEquals(expected, cropped);
    }

    @Test
    void cropsAtEveryPlaceEquallyOften() {
        int size = 9000;
        NDArray images = manager.zeros(new Shape(size, 1, 3, 3));
        images.set(new NDIndex(":, 0, 1, 1"), 1);
        ImageBatch batch = new ImageBatch(images, manager.zeros(new Shape(size, 2)), 1, null);
        float[] moved = apply(RandomCrop.of(1), batch, 4);
        int[] counts = new int[9];
        for (int i = 0; i < size; i++) {
            for (int place = 0; place < 9; place++) {
                counts[place] += (int) moved[9 * i + place];
            }
        }
        assertEquals(size, Arrays.stream(counts).sum(), "the middle stays in the image");
        for (int count : counts) {
            // a standard deviation of 30
            assertEquals(1000, count, 120);
        }
    }

    @Test
    void flipsEachImageForItself() {
        assertArrayEquals(
                new float[] {3, 2, 1, 6, 5, 4}, apply(HorizontalFlip.of(1), batch(1, 1, 2, 3), 0));
        assertArrayEquals(
                new float[] {1, 2, 3, 4, 5, 6}, apply(HorizontalFlip.of(0), batch(1, 1, 2, 3), 0));
        ImageBatch many = batch(4000, 1, 1, 2);
        float[] flipped = apply(HorizontalFlip.of(0.25), many, 1);
        int count = 0;
        for (int i = 0; i < 4000; i++) {
            count += flipped[2 * i] > flipped[2 * i + 1] ? 1 : 0;
        }
        // a standard deviation of 27
        assertEquals(1000, count, 110);
    }

    @Test
    void cutsSquaresThatMayReachOverTheEdge() {
        NDArray images = batch(2, 1, 3, 4).images();
        float[] cut = Cutout.cut(images, 2, new long[] {1, -1}, new long[] {1, 3}).toFloatArray();
        float[] expected = {
            1, 2, 3, 4, 5, 0, 0, 8, 9, 0, 0, 12, //
            13, 14, 15, 0, 17, 18, 19, 20, 21, 22, 23, 24
        };
        assertArrayEquals(expected, cut);
    }

    /** A centre at each of 16 pixels; of a side of 2, one of 3 rows or columns is cut off. */
    @Test
    void cutsAroundEveryPixel() {
        ImageBatch batch = batch(6000, 2, 4, 4);
        float[] cut = apply(Cutout.of(2), batch, 3);
        int[] counts = new int[16];
        for (int i = 0; i < cut.length; i++) {
            counts[i % 16] += cut[i] == 0 ? 1 : 0;
        }
        for (int place = 0; place < 16; place++) {
            // rows 0 to 2 lie in the squares of two centres, row 3 in that of one
            double rows = place / 4 < 3 ? 2 : 1;
            double columns = place % 4 < 3 ? 2 : 1;
            // both channels of an image have the same square
            assertEquals(12_000 * rows * columns / 16, counts[place], 250, "place " + place);
        }
    }

    @Test
    void composesInOrder() {
        Augmentation both = Augmentation.of(HorizontalFlip.of(1), Cutout.of(1));
        float[] changed = apply(both, batch(1, 1, 1, 3), 5);
        int zeros = 0;
        for (int i = 0; i < 3; i++) {
            zeros += changed[i] == 0 ? 1 : 0;
            assertTrue(changed[i] == 0 || changed[i] == 3 - i, Arrays.toString(changed));
        }
        assertEquals(1, zeros);
        assertEquals("horizontal flip with probability 1.0, cutout of length 1", both.toString());
        assertFalse(both.mixesTargets());
        assertTrue(Augmentation.of(both, PixelMix.mixup(1)).mixesTargets());
    }

    @Test
    void sameStreamGivesTheSame() {
        Augmentation all =
                Augmentation.of(
                        RandomCrop.of(1),
                        HorizontalFlip.of(0.5),
                        Cutout.of(2),
                        AugMix.of(0, 600),
                        PixelMix.cutMix(1));
        float[] first = apply(all, batch(8, 3, 5, 5), 7);
        assertArrayEquals(first, apply(all, batch(8, 3, 5, 5), 7));
        assertFalse(Arrays.equals(first, apply(all, batch(8, 3, 5, 5), 8)));
    }

    @Test
    void refusesWhatItCannotChange() {
        Shape table = new Shape(2);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Augmentation.of(Cutout.of(1), RandomCrop.of(4))
                                        .require(table, Task.CLASSIFICATION));
        assertEquals(
                "Augmentation changes images [channels, height, width], but the examples are (2): train without it",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> RandomCrop.of(0));
        Shape image = new Shape(3, 6, 4);
        RandomCrop.of(3).require(image, Task.CLASSIFICATION);
        assertThrows(
                IllegalArgumentException.class,
                () -> RandomCrop.of(4).require(image, Task.CLASSIFICATION));
        assertThrows(IllegalArgumentException.class, () -> Cutout.of(0));
        assertThrows(IllegalArgumentException.class, () -> HorizontalFlip.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> AugMix.of(1, 1));
        assertThrows(IllegalArgumentException.class, () -> AugMix.of(0, 1).severity(11));
        AugMix three = AugMix.of(new float[3], new float[] {1, 1, 1});
        assertThrows(
                IllegalArgumentException.class,
                () -> three.require(new Shape(1, 4, 4), Task.CLASSIFICATION));
    }

    /** Black and white are all that it needs to know of how images are normalised. */
    @Test
    void augMixIsTheSameForNormalisedImages() {
        NDArray images = manager.create(randoms(10 * 3 * 36), new Shape(10, 3, 6, 6));
        NDArray means = manager.create(new float[] {0.4f, 0.5f, 0.3f}, new Shape(1, 3, 1, 1));
        NDArray deviations = manager.create(new float[] {0.2f, 0.25f, 0.1f}, new Shape(1, 3, 1, 1));
        NDArray targets = manager.zeros(new Shape(10, 2));
        ImageBatch plain = new ImageBatch(images, targets, 1, null);
        ImageBatch normalised = new ImageBatch(images.sub(means).div(deviations), targets, 1, null);
        AugMix augMix = AugMix.of(new float[] {-2, -2, -3}, new float[] {3, 2, 7});
        NDArray expected = AugMix.of(0, 1).apply(plain, Seeds.random(2)).images();
        NDArray given =
                augMix.apply(normalised, Seeds.random(2)).images().mul(deviations).add(means);
        float[] one = expected.toFloatArray();
        assertArrayEquals(one, given.toFloatArray(), 2e-2f);
        double difference = 0;
        float[] before = images.toFloatArray();
        for (int i = 0; i < one.length; i++) {
            assertTrue(one[i] >= -1e-6 && one[i] <= 1 + 1e-6, "in the range of images");
            difference += Math.abs(one[i] - before[i]) / one.length;
        }
        assertTrue(difference > 0.005, "images are changed: " + difference);
    }

    private static float[] randoms(int size) {
        float[] values = new float[size];
        Random random = Seeds.random(9);
        for (int i = 0; i < size; i++) {
            // bytes, and not at the edge between two of them
            values[i] = random.nextInt(256) / 255f;
        }
        return values;
    }

    /** What a chain does to an image does not depend on the others of the batch. */
    @Test
    void imagesOfAChainAreChangedForThemselves() {
        NDArray images = manager.create(randoms(9 * 64), new Shape(9, 1, 8, 8));
        int[] operations = {4, 2, 0, -1, 1, 4, 2, 0, 1};
        double[] levels = {0.3, 0.25, 0, 0, 0, 0.1, 0.5, 0, 0};
        float[] all = AugMixChains.step(images, operations, levels, Seeds.random(1)).toFloatArray();
        AugMixOperation[] names = AugMixOperation.values();
        for (int i = 0; i < 9; i++) {
            NDArray one = images.get(i).expandDims(0);
            NDArray changed =
                    operations[i] < 0
                            ? one
                            : names[operations[i]].apply(
                                    one, new double[] {levels[i]}, Seeds.random(0));
            assertArrayEquals(
                    changed.toFloatArray(),
                    Arrays.copyOfRange(all, 64 * i, 64 * i + 64),
                    "image " + i);
        }
    }
}
