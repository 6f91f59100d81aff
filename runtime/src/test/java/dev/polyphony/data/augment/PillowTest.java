/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations of AugMix, against what Pillow 12.3 makes of the same bytes. */
class PillowTest {

    private static final int[] IMAGE = {
        10, 20, 30, 40, 250, 60, 70, 80, 90, 100, 0, 120, 130, 140, 150, 200, 170, 180, 190, 200
    };

    /** A byte, and what single precision adds. */
    private static final double ROUNDING = 1.001;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray image(int[] bytes, int height, int width) {
        float[] unit = new float[bytes.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = bytes[i] / 255f;
        }
        return manager.create(unit, new Shape(1, 1, height, width));
    }

    /** Compares all bytes; a whole one more or less is Pillow's rounding. */
    private static void assertBytes(int[] expected, NDArray images, double rounding) {
        float[] unit = images.toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], unit[i] * 255, rounding, "at " + i);
        }
    }

    private void assertWarp(float[] map, int... expected) {
        assertBytes(expected, Warp.apply(image(IMAGE, 4, 5), new float[][] {map}), ROUNDING);
    }

    @Test
    void rotates() {
        assertWarp(
                Warp.rotate(30, 4, 5),
                0,
                28,
                47,
                118,
                110,
                18,
                52,
                85,
                119,
                153,
                56,
                84,
                124,
                157,
                191,
                12,
                88,
                162,
                181,
                0);
        assertWarp(
                Warp.rotate(-17, 4, 5),
                42,
                33,
                28,
                35,
                0,
                23,
                81,
                79,
                74,
                155,
                120,
                135,
                130,
                125,
                119,
                0,
                174,
                181,
                176,
                167);
    }

    @Test
    void shears() {
        assertWarp(
                Warp.shearX(0.3),
                11,
                21,
                31,
                71,
                250,
                64,
                74,
                84,
                94,
                100,
                90,
                127,
                137,
                147,
                0,
                170,
                180,
                190,
                200,
                0);
        assertWarp(
                Warp.shearY(-0.2),
                10,
                20,
                30,
                0,
                0,
                54,
                55,
                55,
                55,
                235,
                6,
                105,
                105,
                104,
                105,
                179,
                155,
                155,
                155,
                155);
    }

    @Test
    void translates() {
        assertWarp(
                Warp.translateX(2),
                30,
                40,
                250,
                0,
                0,
                80,
                90,
                100,
                0,
                0,
                130,
                140,
                150,
                0,
                0,
                180,
                190,
                200,
                0,
                0);
        assertWarp(
                Warp.translateY(-1),
                0,
                0,
                0,
                0,
                0,
                10,
                20,
                30,
                40,
                250,
                60,
                70,
                80,
                90,
                100,
                0,
                120,
                130,
                140,
                150);
    }

    @Test
    void eachImageHasItsOwnMap() {
        NDArray two = NDArrays.concat(new NDList(image(IMAGE, 4, 5), image(IMAGE, 4, 5)));
        float[][] maps = {Warp.translateX(2), Warp.rotate(30, 4, 5)};
        float[] both = Warp.apply(two, maps).toFloatArray();
        for (int i = 0; i < 2; i++) {
            float[] one = Warp.apply(image(IMAGE, 4, 5), new float[][] {maps[i]}).toFloatArray();
            float[] own = new float[20];
            System.arraycopy(both, 20 * i, own, 0, 20);
            assertArrayEquals(one, own);
        }
    }

    @Test
    void stretchesTones() {
        assertBytes(
                new int[] {0, 25, 51, 255},
                Tones.autoContrast(image(new int[] {20, 40, 60, 220}, 2, 2)),
                1);
        assertUnchanged(Tones::autoContrast);
    }

    private void assertUnchanged(UnaryOperator<NDArray> operation) {
        int[] flat = new int[16];
        Arrays.fill(flat, 77);
        assertBytes(flat, operation.apply(image(flat, 4, 4)), 1e-3);
    }

    @Test
    void solarizes() {
        NDArray changed = Tones.solarize(image(IMAGE, 4, 5), new float[] {128 / 255f});
        assertBytes(
                new int[] {
                    10, 20, 30, 40, 5, 60, 70, 80, 90, 100, 0, 120, 125, 115, 105, 55, 85, 75, 65,
                    55
                },
                changed,
                1e-3);
    }

    @Test
    void posterizes() {
        assertBytes(
                new int[] {
                    0, 0, 0, 32, 224, 32, 64, 64, 64, 96, 0, 96, 128, 128, 128, 192, 160, 160, 160,
                    192
                },
                Tones.posterize(image(IMAGE, 4, 5), new int[] {3}),
                1e-3);
    }

    /** A pattern of 97 tones; the sums are Pillow's. */
    @Test
    void equalizes() {
        int[] pattern = new int[600];
        for (int i = 0; i < 600; i++) {
            int x = i % 20;
            int y = i / 20;
            pattern[i] = (x * x + 3 * y) % 97 + 20;
        }
        NDArray equal = Tones.equalize(image(pattern, 30, 20));
        int[] first = {
            0, 4, 13, 28, 51, 78, 110, 152, 199, 252, 9, 74, 146, 224, 6, 95, 194, 255, 101, 217, 9,
            13, 22, 37, 60
        };
        assertBytes(first, equal, 1e-3);
        float[] bytes = equal.toFloatArray();
        long sum = 0;
        long weighted = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += Math.round(bytes[i] * 255);
            weighted += (i + 1L) * Math.round(bytes[i] * 255);
        }
        assertEquals(87_227, sum);
        assertEquals(27_541_611, weighted);
        assertUnchanged(Tones::equalize);
    }

    /** Each channel of each image has its own tones. */
    @Test
    void equalizesEachChannel() {
        int[] pattern = new int[600];
        for (int i = 0; i < 600; i++) {
            pattern[i] = i * 37 % 251;
        }
        NDArray one = image(pattern, 30, 20);
        NDArray other = one.neg().add(1);
        NDArray both = NDArrays.concat(new NDList(one, other), 1);
        NDArray two = NDArrays.concat(new NDList(both, both.flip(1)));
        NDArray expected =
                NDArrays.concat(new NDList(Tones.equalize(one), Tones.equalize(other)), 1);
        assertArrayEquals(
                NDArrays.concat(new NDList(expected, expected.flip(1))).toFloatArray(),
                Tones.equalize(two).toFloatArray());
    }
}
