/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.LabeledData;
import java.util.Arrays;

/**
 * Which numbers stand for black and white in images: {@code v = offset + scale u}, where {@code u}
 * runs from 0 to 1. Corruptions are defined for {@code u}.
 */
public final class PixelRange {

    /** From 0 to 1. */
    public static final PixelRange UNIT = of(0, 1);

    /** From 0 to 255. */
    public static final PixelRange BYTES = of(0, 255);

    /** How far beyond black and white rounding may lie, as a share of the range. */
    private static final double TOLERANCE = 1e-3;

    private final double[] offsets;
    private final double[] scales;

    private PixelRange(double[] offsets, double[] scales) {
        this.offsets = offsets;
        this.scales = scales;
    }

    /**
     * Returns a range that is the same for all channels.
     *
     * @param black the lowest value
     * @param white the highest value, above the lowest
     * @return the range
     * @throws IllegalArgumentException if it is not above
     */
    public static PixelRange of(double black, double white) {
        if (!(white > black) || !Double.isFinite(white - black)) {
            throw new IllegalArgumentException(
                    "Pixels cannot run from %s to %s: white must lie above black"
                            .formatted(black, white));
        }
        return new PixelRange(new double[] {black}, new double[] {white - black});
    }

    /**
     * Returns the range of images from 0 to 1 that were normalised: {@code v = (u - mean) / std}.
     *
     * @param means the mean of each channel, or one for all
     * @param deviations the standard deviation of each channel, or one for all, above 0
     * @return the range
     * @throws IllegalArgumentException if there is not one of each, or a deviation is not above 0
     */
    public static PixelRange normalized(double[] means, double[] deviations) {
        if (means.length == 0
                || means.length != deviations.length
                || !Arrays.stream(deviations).allMatch(deviation -> deviation > 0)) {
            throw new IllegalArgumentException(
                    "Means %s and standard deviations %s: give one of each for every channel, deviations above 0"
                            .formatted(Arrays.toString(means), Arrays.toString(deviations)));
        }
        double[] offsets = new double[means.length];
        Arrays.setAll(offsets, c -> -means[c] / deviations[c]);
        return new PixelRange(offsets, Arrays.stream(deviations).map(d -> 1 / d).toArray());
    }

    /**
     * Returns the range of images that were read in a format.
     *
     * @param format the format, as {@code Examples.getInputFormat()} gives it for images
     * @return from 0 to 1, normalised as the format says
     */
    public static PixelRange of(ImageFormat format) {
        return normalized(
                format.means().stream().mapToDouble(Float::doubleValue).toArray(),
                format.standardDeviations().stream().mapToDouble(Float::doubleValue).toArray());
    }

    /**
     * Requires that pixels are in this range.
     *
     * @param images images {@code [C, H, W]}
     * @throws IllegalArgumentException if one is not; says which
     */
    public void requireInside(LabeledData images) {
        Shape shape = images.getShape();
        float[] all = images.getFeatures();
        int width = Math.toIntExact(shape.size());
        for (int i = 0; i < images.size(); i++) {
            toPixels(Arrays.copyOfRange(all, i * width, (i + 1) * width), shape, i);
        }
    }

    /** The image from 0 to 1. */
    Pixels toPixels(float[] image, Shape shape, long index) {
        int channels = requireChannels(shape);
        int height = Math.toIntExact(shape.get(1));
        int width = Math.toIntExact(shape.get(2));
        if (image.length != shape.size()) {
            throw new IllegalArgumentException(
                    "%d numbers are no image of shape %s".formatted(image.length, shape));
        }
        float[][] planes = new float[channels][height * width];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < planes[c].length; i++) {
                float value = image[c * planes[c].length + i];
                double unit = (value - offset(c)) / scale(c);
                // written so that NaN fails
                if (!(unit >= -TOLERANCE && unit <= 1 + TOLERANCE)) {
                    throw new IllegalArgumentException(
                            "Image %d has the value %s in channel %d, but pixels should run from %s to %s: state the range that these images have"
                                    .formatted(index, value, c, offset(c), offset(c) + scale(c)));
                }
                planes[c][i] = (float) Math.min(Math.max(unit, 0), 1);
            }
        }
        return new Pixels(planes, height, width);
    }

    /** Requires that there is a range for each channel. */
    int requireChannels(Shape shape) {
        int channels = Math.toIntExact(shape.get(0));
        if (offsets.length != 1 && offsets.length != channels) {
            throw new IllegalArgumentException(
                    "The range is that of %d channels, but images have %d"
                            .formatted(offsets.length, channels));
        }
        return channels;
    }

    /** The image in this range, in row-major order. */
    float[] fromPixels(Pixels pixels) {
        float[] image = new float[pixels.planes().length * pixels.area()];
        for (int c = 0; c < pixels.planes().length; c++) {
            for (int i = 0; i < pixels.area(); i++) {
                image[c * pixels.area() + i] =
                        (float) (offset(c) + scale(c) * pixels.planes()[c][i]);
            }
        }
        return image;
    }

    private double offset(int channel) {
        return offsets[offsets.length == 1 ? 0 : channel];
    }

    private double scale(int channel) {
        return scales[scales.length == 1 ? 0 : channel];
    }

    /** Returns the range in words. */
    @Override
    public String toString() {
        double[] whites = new double[offsets.length];
        Arrays.setAll(whites, c -> offsets[c] + scales[c]);
        return "%s to %s".formatted(Arrays.toString(offsets), Arrays.toString(whites));
    }
}
