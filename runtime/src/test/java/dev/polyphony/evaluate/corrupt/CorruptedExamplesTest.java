/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.LabeledData;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorruptedExamplesTest {

    private static final int SIZE = 12;

    /** Images with shapes in them: blurred noise in each channel, of full contrast. */
    private static LabeledData images(int channels, int height, int width) {
        Random random = new Random(7);
        int area = height * width;
        float[] all = new float[SIZE * channels * area];
        for (int p = 0; p < SIZE * channels; p++) {
            float[] plane = new float[area];
            for (int i = 0; i < area; i++) {
                plane[i] = random.nextFloat();
            }
            float[] smooth = Kernel.gaussian(plane, height, width, Math.max(0.4, width / 24.0));
            float[] sorted = smooth.clone();
            Arrays.sort(sorted);
            float spread = Math.max(sorted[area - 1] - sorted[0], 1e-3f);
            for (int i = 0; i < area; i++) {
                all[p * area + i] = Math.min((smooth[i] - sorted[0]) / spread, 1);
            }
        }
        int[] labels = new int[SIZE];
        Arrays.setAll(labels, i -> i % 4);
        return LabeledData.of(all, new Shape(channels, height, width), labels, 5);
    }

    private static Examples corrupted(Examples clean, Corruption kind, int severity, long seed) {
        return CorruptedExamples.of(clean, kind, severity, PixelRange.UNIT, seed);
    }

    @ParameterizedTest
    @EnumSource
    void eachImageDependsOnItsNumberAlone(Corruption kind) throws Exception {
        LabeledData clean = images(3, 16, 20);
        Examples dirty = corrupted(clean, kind, 3, 11);
        int width = 3 * 16 * 20;
        float[] all = dirty.readAll().getFeatures();
        float[] some = dirty.read(9, 2, 9).getFeatures();
        float[] ninth = Arrays.copyOfRange(all, 9 * width, 10 * width);
        assertArrayEquals(ninth, Arrays.copyOf(some, width));
        assertArrayEquals(ninth, Arrays.copyOfRange(some, 2 * width, 3 * width));
        assertArrayEquals(ninth, corrupted(clean, kind, 3, 11).read(9).getFeatures());
        assertArrayEquals(dirty.readAll().getLabels(), clean.getLabels());
        assertEquals(5, dirty.readAll().getClasses());
        assertFalse(Arrays.equals(all, corrupted(clean, kind, 4, 11).readAll().getFeatures()));
    }

    @Test
    void seedsAndNumbersGiveOtherDraws() throws Exception {
        float[] same = new float[2 * 64];
        Arrays.fill(same, 0.5f);
        LabeledData twice = LabeledData.unlabeled(same, new Shape(1, 8, 8));
        Examples first = corrupted(twice, Corruption.GAUSSIAN_NOISE, 1, 1);
        float[] noisy = first.read(0).getFeatures();
        assertFalse(Arrays.equals(noisy, first.read(1).getFeatures()));
        Examples second = corrupted(twice, Corruption.GAUSSIAN_NOISE, 1, 2);
        assertFalse(Arrays.equals(noisy, second.read(0).getFeatures()));
        assertFalse(first.hasLabels());
        assertNotEquals(first.getChecksum(), second.getChecksum());
    }

    /** The next severity is always farther from the clean images than the last. */
    @ParameterizedTest
    @EnumSource
    void severityTellsHowFarImagesChange(Corruption kind) throws Exception {
        for (int channels : new int[] {1, 3}) {
            if (!Corruption.of(channels).contains(kind)) {
                continue;
            }
            for (int side : new int[] {28, 40}) {
                LabeledData clean = images(channels, side, side);
                double last = 0;
                for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                    float[] from = clean.getFeatures();
                    float[] to = corrupted(clean, kind, severity, 5).readAll().getFeatures();
                    double distance = 0;
                    for (int i = 0; i < from.length; i++) {
                        distance += Math.abs(from[i] - to[i]) / from.length;
                    }
                    assertTrue(
                            distance > 1.02 * last,
                            "%s %d of %d px: %s after %s"
                                    .formatted(kind, severity, side, distance, last));
                    last = distance;
                }
                assertTrue(last > 0.01 && last < 0.5, kind + " " + last);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesStayInRangeForImagesOfAnySize(Corruption kind) throws Exception {
        for (long[] sides : new long[][] {{1, 1}, {1, 5}, {3, 2}, {8, 8}, {33, 17}}) {
            LabeledData clean = images(3, (int) sides[0], (int) sides[1]);
            float[] to = corrupted(clean, kind, 5, 5).readAll().getFeatures();
            for (float value : to) {
                assertTrue(value >= 0 && value <= 1, kind + " gives " + value);
            }
        }
    }

    /** Images from 0 to 255, and normalised ones, come out as those from 0 to 1 do. */
    @ParameterizedTest
    @EnumSource
    void anyRangeGivesTheSameImages(Corruption kind) throws Exception {
        LabeledData clean = images(3, 12, 12);
        float[] unit = clean.getFeatures();
        float[] bytes = new float[unit.length];
        float[] normal = new float[unit.length];
        double[] means = {0.4, 0.5, 0.6};
        double[] deviations = {0.2, 0.3, 0.25};
        for (int i = 0; i < unit.length; i++) {
            int c = i / 144 % 3;
            bytes[i] = 255 * unit[i];
            normal[i] = (float) ((unit[i] - means[c]) / deviations[c]);
        }
        float[] expected = corrupted(clean, kind, 4, 3).readAll().getFeatures();
        float[] fromBytes =
                CorruptedExamples.of(clean.withFeatures(bytes), kind, 4, PixelRange.BYTES, 3)
                        .readAll()
                        .getFeatures();
        PixelRange range = PixelRange.normalized(means, deviations);
        float[] fromNormal =
                CorruptedExamples.of(clean.withFeatures(normal), kind, 4, range, 3)
                        .readAll()
                        .getFeatures();
        int different = 0;
        for (int i = 0; i < unit.length; i++) {
            int c = i / 144 % 3;
            boolean isSame =
                    Math.abs(expected[i] - fromBytes[i] / 255) < 1e-4
                            && Math.abs(expected[i] - fromNormal[i] * deviations[c] - means[c])
                                    < 1e-4;
            different += isSame ? 0 : 1;
        }
        // a count or a byte may fall to the other side of an edge
        assertTrue(different <= unit.length / 500, kind + ": " + different);
    }

    @Test
    void formatsOfImagesSayTheRange() {
        Shape shape = new Shape(3, 1, 1);
        float[] image = {-2, 0, 1};
        PixelRange range =
                PixelRange.of(
                        ImageFormat.of(shape)
                                .withNormalization(
                                        List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f)));
        Pixels pixels = range.toPixels(image, shape, 0);
        assertEquals(0, pixels.planes()[0][0]);
        assertEquals(0.5f, pixels.planes()[1][0]);
        assertEquals(0.75f, pixels.planes()[2][0]);
        assertArrayEquals(image, range.fromPixels(pixels));
    }

    @Test
    void kindsAreNamedAndNumbered() {
        assertEquals(19, Corruption.of(3).size());
        assertEquals(18, Corruption.of(1).size());
        for (Corruption kind : Corruption.values()) {
            assertEquals(kind, Corruption.of(kind.getKey()));
        }
        assertEquals("gaussian-noise", Corruption.GAUSSIAN_NOISE.getKey());
        assertMessage("choose from gaussian-noise, shot", () -> Corruption.of("fogg"));
        assertMessage("choose 1 to 5", () -> Corruption.FOG.getLevel(0));
        assertMessage("choose 1 to 5", () -> Corruption.FOG.getLevel(6));
    }

    @Test
    void badInputIsNamed() {
        LabeledData gray = images(1, 8, 8);
        assertMessage("leave saturate out", () -> corrupted(gray, Corruption.SATURATE, 1, 0));
        LabeledData rows = LabeledData.unlabeled(new float[64], new Shape(64));
        assertMessage("[C, H, W]", () -> corrupted(rows, Corruption.FOG, 1, 0));
        LabeledData four = LabeledData.unlabeled(new float[64], new Shape(4, 4, 4));
        assertMessage("1 or 3 channels", () -> corrupted(four, Corruption.FOG, 1, 0));
        LabeledData ids = LabeledData.unlabeledIds(new long[64], new Shape(1, 8, 8));
        assertMessage("ids", () -> corrupted(ids, Corruption.FOG, 1, 0));
        float[] wide = gray.getFeatures().clone();
        wide[64 * 3 + 1] = 2;
        Examples outside = corrupted(gray.withFeatures(wide), Corruption.FOG, 1, 0);
        assertMessage("Image 3 has the value 2.0 in channel 0", () -> outside.read(2, 3));
        assertMessage("white must lie above black", () -> PixelRange.of(1, 1));
        assertMessage("above 0", () -> PixelRange.normalized(new double[] {0}, new double[] {0}));
        PixelRange three = PixelRange.normalized(new double[3], new double[] {1, 1, 1});
        assertMessage(
                "3 channels, but images have 1",
                () -> CorruptedExamples.of(gray, Corruption.FOG, 1, three, 0));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
