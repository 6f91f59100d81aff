/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Examples that are images: arrays {@code [C, H, W]}, gray or red, green and blue, from 0 to 1, or
 * normalised to {@code (x - mean) / deviation} channel by channel.
 *
 * @param shape the channels, 1 or 3, the height and the width
 * @param resize whether images of another size are resized, linearly and without regard to the
 *     ratio of their sides; if not, they are an error
 * @param means what is subtracted from each channel, whose values are from 0 to 1
 * @param standardDeviations what each channel is then divided by, above 0
 */
public record ImageFormat(
        Shape shape, boolean resize, List<Float> means, List<Float> standardDeviations)
        implements InputFormat {

    /** Requires that all of it fits together. */
    public ImageFormat {
        Objects.requireNonNull(shape, "setShape: the images need a shape");
        long channels = shape.dimension() == 3 ? shape.get(0) : 0;
        if (channels != 1 && channels != 3 || shape.size() < 1) {
            throw new IllegalArgumentException(
                    "Images have 1 or 3 channels, a height and a width, but the shape is " + shape);
        }
        means = List.copyOf(means);
        standardDeviations = List.copyOf(standardDeviations);
        if (means.size() != channels || standardDeviations.size() != channels) {
            throw new IllegalArgumentException(
                    "%d means and %d standard deviations for %d channels: give one for each"
                            .formatted(means.size(), standardDeviations.size(), channels));
        }
        for (float deviation : standardDeviations) {
            // written so that NaN fails
            if (!(deviation > 0)) {
                throw new IllegalArgumentException(
                        "Standard deviations must be above 0, but are " + standardDeviations);
            }
        }
    }

    /**
     * Creates a format of images that have the size they should, and are not normalised.
     *
     * @param shape the channels, 1 or 3, the height and the width
     * @return the format
     */
    public static ImageFormat of(Shape shape) {
        int channels = shape.dimension() == 3 ? (int) shape.get(0) : 0;
        return new ImageFormat(
                shape, false, Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
    }

    /**
     * Returns this format with images of other sizes resized, or refused.
     *
     * @param resize whether to resize
     * @return the format
     */
    public ImageFormat withResize(boolean resize) {
        return new ImageFormat(shape, resize, means, standardDeviations);
    }

    /**
     * Returns this format with channels normalised.
     *
     * @param means what is subtracted from each channel
     * @param standardDeviations what each is then divided by
     * @return the format
     */
    public ImageFormat withNormalization(List<Float> means, List<Float> standardDeviations) {
        return new ImageFormat(shape, resize, means, standardDeviations);
    }

    /** Returns {@code FLOAT32}. */
    @Override
    public DataType dataType() {
        return DataType.FLOAT32;
    }

    /**
     * Turns an image into numbers, as the images of a folder are turned. Gray images are repeated
     * for three channels, and coloured ones become gray for one. What is transparent is taken as if
     * it were not.
     *
     * @param image the image
     * @return the numbers {@code [C, H, W]} in row-major order
     * @throws IllegalArgumentException if it has another size and images are not resized
     */
    public float[] toFeatures(BufferedImage image) {
        float[] features = new float[Math.toIntExact(shape.size())];
        write(ImageFile.of(image), "The image", features, 0);
        return features;
    }

    /**
     * Reads an image file, as those of a folder are read.
     *
     * @param file the file
     * @return the numbers {@code [C, H, W]} in row-major order
     * @throws IOException if it cannot be read, or has another size and images are not resized
     */
    public float[] read(Path file) throws IOException {
        float[] features = new float[Math.toIntExact(shape.size())];
        read(file, features, 0);
        return features;
    }

    void read(Path file, float[] features, int at) throws IOException {
        ImageFile image = ImageFile.read(file);
        try {
            write(image, file.toString(), features, at);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes the numbers of an image. */
    private void write(ImageFile image, String name, float[] features, int at) {
        int height = (int) shape.get(1);
        int width = (int) shape.get(2);
        if (!resize && (image.height() != height || image.width() != width)) {
            throw new IllegalArgumentException(
                    "%s has %d x %d pixels, but the shape %s needs %d x %d (height x width): resize the images, or set optResize(true)"
                            .formatted(name, image.height(), image.width(), shape, height, width));
        }
        float[][] planes = image.withChannels((int) shape.get(0)).resized(height, width).planes();
        int next = at;
        for (int c = 0; c < planes.length; c++) {
            float mean = means.get(c);
            float deviation = standardDeviations.get(c);
            for (float value : planes[c]) {
                features[next++] = (value - mean) / deviation;
            }
        }
    }
}
