/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.modality.cv.transform.RandomFlipLeftRight;
import ai.djl.modality.cv.transform.RandomFlipTopBottom;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomFlipTest {

    /** An image of one channel, two rows and three columns. */
    private static final float[] IMAGE = {1, 2, 3, 4, 5, 6};

    private static float[] flipped(RandomFlip flip) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return flip.transform(manager.create(IMAGE, new Shape(1, 2, 3))).toFloatArray();
        }
    }

    @Test
    void mirrorsAnImage() {
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4}, flipped(RandomFlip.leftRight(1, 0)));
        assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3}, flipped(RandomFlip.topBottom(1, 0)));
        assertArrayEquals(IMAGE, flipped(RandomFlip.leftRight(0, 0)));
    }

    @Test
    void drawsForEachImageOfABatch() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray batch = manager.create(IMAGE, new Shape(1, 1, 2, 3)).repeat(0, 400);
            NDArray first = RandomFlip.leftRight(0.25, 1).transform(batch).get(":, 0, 0, 0");
            int mirrored = 0;
            for (float corner : first.toFloatArray()) {
                mirrored += corner == 3 ? 1 : 0;
            }
            // 100 expected, with a standard deviation of 8.7
            assertEquals(100, mirrored, 35);
        }
    }

    @Test
    void djlLeavesImagesAsTheyAre() {
        Set<Float> corners = new HashSet<>();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray image = manager.create(IMAGE, new Shape(2, 3, 1));
            for (int i = 0; i < 50; i++) {
                corners.add(new RandomFlipLeftRight().transform(image).toFloatArray()[0]);
                corners.add(new RandomFlipTopBottom().transform(image).toFloatArray()[0]);
            }
        }
        assertEquals(Set.of(1f), corners, "the trap is gone");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> RandomFlip.leftRight(1.5, 0));
        try (NDManager manager = NDManager.newBaseManager()) {
            RandomFlip flip = RandomFlip.leftRight(1, 0);
            NDArray row = manager.create(IMAGE);
            assertThrows(IllegalArgumentException.class, () -> flip.transform(row));
        }
    }
}
