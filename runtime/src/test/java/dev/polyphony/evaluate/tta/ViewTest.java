/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.tta;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Views against {@code scipy.ndimage} (SciPy 1.17, {@code order=1, mode='nearest'}). */
class ViewTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** A pattern that Python can write as well. */
    private NDArray pattern(int batch, int channels, int height, int width) {
        float[] values = new float[batch * channels * height * width];
        for (int i = 0; i < values.length; i++) {
            int c = i / (height * width) % channels;
            values[i] = (7 * (i / width % height) + 13 * (i % width) + 29 * c) % 17 / 16f;
        }
        return manager.create(values, new Shape(batch, channels, height, width));
    }

    /** Rows of the second channel of the last image. */
    private void assertRows(double[] expected, View view, int... rows) {
        NDArray seen = view.apply(pattern(3, 2, 5, 7));
        assertEquals(new Shape(3, 2, 5, 7), seen.getShape());
        for (int r = 0; r < rows.length; r++) {
            float[] row = seen.get("2, 1, " + rows[r]).toFloatArray();
            for (int x = 0; x < 7; x++) {
                assertEquals(expected[r * 7 + x], row[x], 2e-6);
            }
        }
    }

    @Test
    void rotation() {
        double[] expected = {
            0.595035, 0.353553, 0.112072, 0.412915, 0.655246, 0.706409, 0.682015, 0.645393,
            0.556294, 0.428045, 0.326631, 0.171549, 0.412603, 0.692770
        };
        assertRows(expected, View.rotate(15), 0, 3);
    }

    @Test
    void shift() {
        double[] expected = {
            0.343750, 0.554688, 0.437500, 0.585938, 0.468750, 0.617188, 0.500000, 0.375000,
            0.187500, 0.734375, 0.750000, 0.500000, 0.250000, 0.796875
        };
        assertRows(expected, View.shift(0.25, -1.5), 0, 4);
    }

    @Test
    void crop() {
        double[] expected = {
            0.490625, 0.290625, 0.090625, 0.522813, 0.673438, 0.553125, 0.378125, 0.567812,
            0.628125, 0.428125, 0.228125, 0.373438, 0.630313, 0.715625
        };
        assertRows(expected, View.crop(0.8, 1, -0.5), 0, 4);
    }

    /** Turned after it was mirrored; in the other order it would be turned the other way. */
    @Test
    void viewsInARow() {
        double[] expected = {0.414915, 0.737629, 0.367070, 0.400735, 0.570965, 0.741196, 0.501412};
        assertRows(expected, View.flip().then(View.rotate(-10)), 1);
        NDArray image = pattern(1, 1, 5, 7);
        float[] one = View.flip().then(View.rotate(-10)).apply(image).toFloatArray();
        float[] other = View.rotate(10).then(View.flip()).apply(image).toFloatArray();
        assertArrayEquals(one, other, 2e-6f);
    }

    /** Whole pixels are taken as they are, to the last bit. */
    @Test
    void wholePixelsAreExact() {
        NDArray images = pattern(2, 3, 4, 5);
        assertEquals(images.flip(3), View.flip().apply(images));
        assertEquals(images.flip(2), View.flipVertical().apply(images));
        assertEquals(
                images.get(":, :, 1:, :-2"), View.shift(2, -1).apply(images).get(":, :, :-1, 2:"));
        assertEquals(images, View.flip().then(View.flip()).apply(images));
        assertEquals(images, View.crop(1, 1, 1).apply(images));
        NDArray square = pattern(1, 1, 4, 4);
        NDArray turned = View.rotate(90).apply(square);
        // against the clock: the last column becomes the first row
        assertArrayEquals(
                square.get("0, 0, :, 3").toFloatArray(), turned.get("0, 0, 0").toFloatArray());
        assertSame(images, View.identity().apply(images));
    }

    @Test
    void randomViewsDependOnTheSeedAlone() {
        List<View> views = View.random(4, 2, 10, 3);
        assertEquals(views.toString(), View.random(4, 2, 10, 3).toString());
        assertNotEquals(views.toString(), View.random(4, 2, 10, 4).toString());
        assertEquals(4, views.stream().map(View::getName).distinct().count());
    }

    @Test
    void namesAreReadAgain() {
        for (String name :
                List.of(
                        "identity",
                        "flip",
                        "flip-vertical",
                        "shift(1, -2.5)",
                        "rotate(-5)",
                        "crop(0.9, 0, 1)",
                        "flip+rotate(5)+shift(1, 0)")) {
            String normal = name.replace("0.9", "0.9000").replace("2.5", "2.500");
            assertEquals(normal, View.parse(name).getName());
        }
        assertEquals("flip", View.parse(" identity + flip ").getName());
    }

    @Test
    void badInputIsNamed() {
        for (String name :
                List.of("", "flop", "flip(1)", "rotate", "rotate(x)", "shift(1)", "flip+", "(")) {
            Exception e =
                    assertThrows(IllegalArgumentException.class, () -> View.parse(name), name);
            assertTrue(e.getMessage().contains("choose identity, flip,"), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> View.rotate(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> View.shift(Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> View.crop(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> View.crop(1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> View.random(-1, 0, 0, 0));
        NDArray row = manager.create(new float[4]);
        assertThrows(IllegalArgumentException.class, () -> View.flip().apply(row));
    }
}
