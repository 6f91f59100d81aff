/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;

/** Each effect against numbers that SciPy 1.17 or Python's {@code colorsys} gives, or by hand. */
class EffectsTest {

    private static final double EXACT = 2e-6;

    /** A pattern that Python can write as well. */
    static Pixels pattern(int channels, int height, int width) {
        float[][] planes = new float[channels][height * width];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < height * width; i++) {
                planes[c][i] = (7 * (i / width) + 13 * (i % width) + 29 * c) % 17 / 16f;
            }
        }
        return new Pixels(planes, height, width);
    }

    private static Pixels flat(int channels, int height, int width, float value) {
        return pattern(channels, height, width).mapValues(any -> value);
    }

    private static float[] rows(Pixels image, int... rows) {
        float[] found = new float[rows.length * image.width()];
        for (int r = 0; r < rows.length; r++) {
            int from = rows[r] * image.width();
            System.arraycopy(image.planes()[0], from, found, r * image.width(), image.width());
        }
        return found;
    }

    private static void assertClose(double[] expected, float[] actual, double tolerance) {
        double[] found = IntStream.range(0, actual.length).mapToDouble(i -> actual[i]).toArray();
        assertArrayEquals(expected, found, tolerance);
    }

    /** {@code scipy.ndimage.gaussian_filter(mode='reflect', truncate=4)}. */
    @Test
    void gaussianBlur() {
        double[] expected = {
            0.272029, 0.519247, 0.584629, 0.434815, 0.379314, 0.526085, 0.519471, 0.481518,
            0.437651, 0.398912, 0.496667, 0.550708, 0.506339, 0.450947, 0.487121, 0.437846
        };
        Pixels image = pattern(1, 6, 8);
        double level = 0.8 / image.unit();
        assertClose(expected, rows(Blurs.gaussian(image, level, null), 0, 3), EXACT);
        double[] wide = {
            0.451391, 0.480961, 0.510404, 0.522957, 0.524668, 0.514647, 0.483152, 0.448492
        };
        level = 1.5 / image.unit();
        assertClose(wide, rows(Blurs.gaussian(image, level, null), 5), EXACT);
    }

    /** The disk's share of each pixel, by finer integration. */
    @Test
    void defocusBlur() {
        double[] small = {0.497359, 0.121522, 0.121522, 0.004138};
        double[] large = {
            0.079577, 0.079577, 0.038115, 0.079577, 0.078381, 0.017016, 0.038115, 0.017016, 0
        };
        assertClose(small, quarter(0.8, 1), 2e-3);
        assertClose(large, quarter(2, 2), 1e-3);
    }

    /** Blurs a point in the middle, and takes the quarter below and to the right. */
    private static float[] quarter(double radius, int reach) {
        Pixels blurred = Blurs.defocus(point(), radius / point().unit(), null);
        float[] quarter = new float[(reach + 1) * (reach + 1)];
        for (int i = 0; i < quarter.length; i++) {
            int y = 4 + i / (reach + 1);
            int x = 4 + i % (reach + 1);
            quarter[i] = blurred.planes()[0][y * 9 + x];
        }
        return quarter;
    }

    private static Pixels point() {
        float[] plane = new float[81];
        plane[40] = 1;
        return new Pixels(new float[][] {plane}, 9, 9);
    }

    /** A line of 4 pixels at 30 degrees, by integration of bilinear weights. */
    @Test
    void motionBlur() {
        Random sixth =
                new Random() {
                    @Override
                    public double nextDouble() {
                        return 1 / 6.0;
                    }
                };
        double[] expected = {
            0, 0, 0, 0, 0, 0.066453, 0.155769, 0.027778, 0, 0, 0.010897, 0.122543, 0.233120,
            0.122543, 0.010897, 0, 0, 0.027778, 0.155769, 0.066453, 0, 0, 0, 0, 0
        };
        float[] plane = Blurs.motion(point(), 4 / point().unit(), sixth).planes()[0];
        float[] middle = new float[25];
        for (int i = 0; i < 25; i++) {
            middle[i] = plane[(2 + i / 5) * 9 + 2 + i % 5];
        }
        assertClose(expected, middle, 1e-3);
    }

    /** {@code scipy.ndimage.map_coordinates(order=1, mode='reflect')}. */
    @Test
    void zoomBlur() {
        double[] expected = {
            0.102243, 0.757444, 0.583171, 0.340361, 0.097551, 0.799725, 0.598038, 0.420622,
            0.840848, 0.599609, 0.370506, 0.142661, 0.917143, 0.689297, 0.460195, 0.218956
        };
        assertClose(expected, rows(Blurs.zoom(pattern(1, 6, 8), 0.06, null), 0, 2), EXACT);
    }

    /** {@code scipy.ndimage.rotate(reshape=False, order=1, mode='reflect')}. */
    @Test
    void rotation() {
        double[] expected = {
            0.770283, 0.561045, 0.326122, 0.091199, 0.591483, 0.268979, 0.570421, 0.595101,
            0.429707, 0.114404, 0.399369, 0.627419, 0.835453, 0.564791, 0.750457, 0.618527
        };
        assertClose(expected, rows(Sampling.rotate(pattern(1, 6, 8), 20), 0, 4), EXACT);
    }

    /** {@code scipy.ndimage.shift(order=1, mode='reflect')}. */
    @Test
    void translation() {
        double[] expected = {
            0.6625, 0.4125, 0.1625, 0.55, 0.725, 0.475, 0.375, 0.525, 0.59375, 0.535, 0.4125,
            0.60875, 0.65625, 0.40625, 0.30625, 0.45625
        };
        assertClose(expected, rows(Sampling.shift(pattern(1, 6, 8), 0.3, -1.6), 0, 5), EXACT);
    }

    /** On a ramp, what a pixel changes by is how far it came. */
    @Test
    void elastic() {
        float[] ramp = new float[64 * 64];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % 64;
        }
        Pixels moved =
                Geometry.elastic(new Pixels(new float[][] {ramp}, 64, 64), 1.4, new Random(3));
        double squares = 0;
        int count = 0;
        for (int i = 0; i < ramp.length; i++) {
            if (i % 64 >= 10 && i % 64 < 54) {
                squares += Math.pow(moved.planes()[0][i] - ramp[i], 2);
                count++;
            }
        }
        // 1.4 pixels of 32; edges, where the ramp is mirrored, are left out
        assertEquals(2.8, Math.sqrt(squares / count), 0.3);
        assertClose(
                new double[] {0.5, 0.5, 0.5, 0.5},
                rows(Geometry.elastic(flat(1, 4, 4, 0.5f), 1.4, new Random(3)), 2),
                EXACT);
    }

    /** {@code colorsys.rgb_to_hsv} and back. */
    @Test
    void brightnessAndSaturation() {
        float[][] colours = {
            {0.2f, 0.9f, 0.4f, 0, 1}, {0.5f, 0.3f, 0.4f, 0, 0}, {0.1f, 0.6f, 0.4f, 0, 0}
        };
        Pixels image = new Pixels(colours, 1, 5);
        Pixels bright = ToneChanges.brightness(image, 0.2, null);
        assertClose(new double[] {0.28, 1, 0.6, 0.2, 1}, bright.planes()[0], EXACT);
        assertClose(new double[] {0.7, 0.333333, 0.6, 0.2, 0}, bright.planes()[1], EXACT);
        assertClose(new double[] {0.14, 0.666667, 0.6, 0.2, 0}, bright.planes()[2], EXACT);
        Pixels garish = ToneChanges.saturate(image, 2.5, null);
        assertClose(new double[] {0.125, 0.9, 0.4, 0, 1}, garish.planes()[0], EXACT);
        assertClose(new double[] {0.5, 0, 0.4, 0, 0}, garish.planes()[1], EXACT);
        assertClose(new double[] {0, 0.45, 0.4, 0, 0}, garish.planes()[2], EXACT);
        Pixels gray = ToneChanges.brightness(flat(1, 1, 2, 0.5f), 0.2, null);
        assertClose(new double[] {0.7, 0.7}, gray.planes()[0], EXACT);
    }

    @Test
    void contrast() {
        Pixels image = new Pixels(new float[][] {{0, 0.2f, 0.4f, 1}}, 2, 2);
        double[] expected = {0.2, 0.3, 0.4, 0.7};
        assertClose(expected, ToneChanges.contrast(image, 0.5, null).planes()[0], EXACT);
    }

    /** Means of areas, by matrices of overlaps; and which of them each pixel shows. */
    @Test
    void pixelate() {
        double[] means = {
            0.246094, 0.664062, 0.484375, 0.593750, 0.546875, 0.5, 0.343750, 0.429687, 0.515625
        };
        Pixels image = pattern(1, 4, 4);
        assertClose(means, Digital.areaMeans(image.planes()[0], 4, 4, 3, 3), EXACT);
        float[] coarse = Digital.pixelate(image, 0.5, null).planes()[0];
        float first = (0 + 0.8125f + 0.4375f + 0.1875f) / 4;
        float second = (0.5625f + 0.3125f + 1 + 0.75f) / 4;
        assertClose(new double[] {first, first, second, second}, Arrays.copyOf(coarse, 4), EXACT);
        assertArrayEquals(Arrays.copyOf(coarse, 4), Arrays.copyOfRange(coarse, 4, 8));
    }

    /** Gray and coloured pixels as Java's own encoder and decoder leave them. */
    @Test
    void jpeg() throws IOException {
        BufferedImage colour = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
        Pixels image = pattern(3, 16, 16);
        for (int i = 0; i < 256; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | Math.round(255 * image.planes()[c][i]);
            }
            colour.setRGB(i % 16, i / 16, rgb);
        }
        BufferedImage decoded = decoded(colour, 0.4f);
        Pixels actual = Digital.jpeg(image, 0.4, null);
        for (int i = 0; i < 256; i++) {
            int rgb = decoded.getRGB(i % 16, i / 16);
            for (int c = 0; c < 3; c++) {
                assertEquals(rgb >> 8 * (2 - c) & 255, 255 * actual.planes()[c][i], 1e-3);
            }
        }
        Pixels gray = pattern(1, 16, 16);
        BufferedImage plane = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 256; i++) {
            int tone = Math.round(255 * gray.planes()[0][i]);
            plane.getRaster().setSample(i % 16, i / 16, 0, tone);
        }
        BufferedImage grayDecoded = decoded(plane, 0.8f);
        float[] tones = Digital.jpeg(gray, 0.8, null).planes()[0];
        for (int i = 0; i < 256; i++) {
            int expected = grayDecoded.getRaster().getSample(i % 16, i / 16, 0);
            assertEquals(expected, 255 * tones[i], 1e-3);
        }
    }

    private static BufferedImage decoded(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        }
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void gaussianAndSpeckleNoise() {
        double[] of = moments(Noise.gaussian(flat(1, 200, 200, 0.4f), 0.1, new Random(1)));
        assertEquals(0.4, of[0], 0.002);
        assertEquals(0.1, of[1], 0.001);
        of = moments(Noise.speckle(flat(1, 200, 200, 0.4f), 0.1, new Random(1)));
        assertEquals(0.4, of[0], 0.001);
        assertEquals(0.04, of[1], 0.0005);
    }

    /** The variance of a Poisson count is its mean. */
    @Test
    void shotNoise() {
        double[] of = moments(Noise.shot(flat(1, 200, 200, 0.4f), 0.02, new Random(1)));
        assertEquals(0.4, of[0], 0.002);
        assertEquals(Math.sqrt(0.4 * 0.02), of[1], 0.001);
    }

    /** {@code scipy.stats.poisson.ppf}. */
    @Test
    void poissonQuantiles() {
        double[] means = {0.3, 5, 50, 500};
        double[] draws = {0.001, 0.3, 0.5, 0.9, 0.9999};
        int[] expected = {
            0, 0, 0, 1, 4, 0, 4, 5, 8, 15, 30, 46, 50, 59, 78, 432, 488, 500, 529, 585
        };
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Noise.poisson(means[i / 5], draws[i % 5]));
        }
        assertEquals(0, Noise.poisson(0, 0.9999));
        assertTrue(Noise.poisson(500, Math.nextDown(1.0)) > 600);
    }

    @Test
    void impulseNoise() {
        float[] plane = Noise.impulse(flat(1, 200, 200, 0.4f), 0.07, new Random(1)).planes()[0];
        int[] count = new int[3];
        for (float value : plane) {
            count[value == 0 ? 0 : value == 1 ? 1 : 2]++;
            assertTrue(value == 0 || value == 1 || value == 0.4f);
        }
        assertEquals(0.035, count[0] / 40000.0, 0.003);
        assertEquals(0.035, count[1] / 40000.0, 0.003);
    }

    private static double[] moments(Pixels image) {
        float[] plane = image.planes()[0];
        double mean = IntStream.range(0, plane.length).mapToDouble(i -> plane[i]).sum();
        mean /= plane.length;
        double squares = 0;
        for (float value : plane) {
            squares += (value - mean) * (value - mean);
        }
        return new double[] {mean, Math.sqrt(squares / plane.length)};
    }

    /** Solved for the fog: the same in all channels and at all levels, from 0 to 1. */
    @Test
    void fog() {
        Pixels image = pattern(3, 20, 28);
        Pixels foggy = Weather.fog(image, 0.5, new Random(4));
        Pixels thick = Weather.fog(image, 1.5, new Random(4));
        double low = 1;
        double high = 0;
        double near = 0;
        double far = 0;
        double[] last = new double[560];
        for (int i = 0; i < 560; i++) {
            double fog = (1.5 * foggy.planes()[0][i] - image.planes()[0][i]) / 0.5;
            assertEquals(fog, (1.5 * foggy.planes()[2][i] - image.planes()[2][i]) / 0.5, 1e-5);
            assertEquals(fog, (2.5 * thick.planes()[1][i] - image.planes()[1][i]) / 1.5, 1e-5);
            low = Math.min(low, fog);
            high = Math.max(high, fog);
            last[i] = fog;
            near += i % 28 > 0 ? Math.abs(fog - last[i - 1]) : 0;
            far += i % 28 >= 10 ? Math.abs(fog - last[i - 10]) * 1.5 : 0;
        }
        assertEquals(0, low, 1e-5);
        assertEquals(1, high, 1e-5);
        assertTrue(near < 0.5 * far, "clouds are smooth, not noise");
    }

    /** Between the flakes there is the veil alone. */
    @Test
    void snow() {
        Pixels snowy = Weather.snow(flat(1, 64, 64, 0.2f), 0.2, new Random(5));
        float[] sorted = snowy.planes()[0].clone();
        Arrays.sort(sorted);
        double veiled = 0.88 * 0.2 + 0.12 * (0.5 + 0.5 * 0.2);
        assertEquals(veiled, sorted[0], EXACT);
        assertEquals(veiled, sorted[sorted.length / 2], EXACT);
        assertTrue(sorted[sorted.length - 1] > veiled + 0.3);
    }

    @Test
    void spatter() {
        Pixels image = pattern(3, 40, 40);
        Pixels wet = Weather.spatter(image, 0.2, new Random(6));
        double[] water = {0.69, 0.93, 0.93};
        int drops = 0;
        for (int i = 0; i < 1600; i++) {
            boolean isWet = wet.planes()[0][i] != image.planes()[0][i];
            drops += isWet ? 1 : 0;
            for (int c = 0; c < 3; c++) {
                double clean = image.planes()[c][i];
                double expected = isWet ? clean + 0.8 * (water[c] - clean) : clean;
                assertEquals(expected, wet.planes()[c][i], EXACT);
            }
        }
        assertEquals(0.2, drops / 1600.0, 0.001);
    }
}
