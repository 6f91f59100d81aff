/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images in memory, with a byte for each channel of a pixel. They become numbers, from 0 to 1 or
 * normalised, when they are read, so that a large set takes a quarter of the memory.
 */
public final class ImageBytes implements Images {

    private static final long serialVersionUID = 1L;

    /** The largest value of a byte. */
    static final float WHITE = 255;

    private static final int VALUES = 256;

    private final transient byte[] pixels;
    private final transient ImageFormat format;
    private final transient int[] labels;
    private final transient List<String> classNames;

    /** What each byte of each channel becomes. */
    private final transient float[][] numbers;

    ImageBytes(byte[] pixels, ImageFormat format, int[] labels, List<String> classNames) {
        this.pixels = pixels;
        this.format = format;
        this.labels = labels;
        this.classNames = classNames;
        numbers = numbers(format);
    }

    private Object writeReplace() {
        return SavedImages.of(pixels, labels, classNames, format);
    }

    /**
     * Takes images.
     *
     * @param pixels the bytes of the images, {@code [N, C, H, W]}, 0 to 255; not copied
     * @param shape the shape of one image, {@code [C, H, W]}, of 1 or 3 channels
     * @param labels the class of each image, from 0 to {@code classes - 1}
     * @param classes the number of classes
     * @return the images, from 0 to 1
     * @throws IllegalArgumentException if lengths do not fit, or a label is no class
     */
    public static ImageBytes of(byte[] pixels, Shape shape, int[] labels, int classes) {
        ImageFormat format = ImageFormat.of(shape);
        if (pixels.length != labels.length * shape.size() || labels.length == 0) {
            throw new IllegalArgumentException(
                    "%d bytes are not those of %d images of the shape %s"
                            .formatted(pixels.length, labels.length, shape));
        }
        for (int label : labels) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        "The label %d is none of the %d classes from 0".formatted(label, classes));
            }
        }
        List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        return new ImageBytes(pixels, format, labels, names);
    }

    /** In single precision and in this order, as images in folders are normalised. */
    private static float[][] numbers(ImageFormat format) {
        float[][] numbers = new float[format.means().size()][VALUES];
        for (int c = 0; c < numbers.length; c++) {
            float mean = format.means().get(c);
            float deviation = format.standardDeviations().get(c);
            for (int value = 0; value < VALUES; value++) {
                numbers[c][value] = (value / WHITE - mean) / deviation;
            }
        }
        return numbers;
    }

    /**
     * Returns the same images normalised: each channel, from 0 to 1, less a number and divided by
     * another.
     *
     * @param means a number for each channel
     * @param standardDeviations a number above 0 for each channel
     * @return the images, which share their memory with these
     * @throws IllegalArgumentException if there are not as many numbers as channels, or a deviation
     *     is not above 0
     */
    public ImageBytes withNormalization(List<Float> means, List<Float> standardDeviations) {
        return new ImageBytes(
                pixels, format.withNormalization(means, standardDeviations), labels, classNames);
    }

    /**
     * Returns the class of each image.
     *
     * @return a copy of the labels
     */
    public int[] getLabels() {
        return labels.clone();
    }

    /**
     * Divides the images of each class at random, so that all parts have the same mix of classes.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts, which share their memory with these
     * @throws IllegalArgumentException if a share is not above 0, they exceed 1, or a part is empty
     */
    public Examples[] splitStratified(long seed, double... fractions) {
        return Images.divide(this, labels, seed, fractions);
    }

    /** {@inheritDoc} */
    @Override
    public int size() {
        return labels.length;
    }

    /** Returns how image files become such images. */
    @Override
    public ImageFormat getInputFormat() {
        return format;
    }

    /** {@inheritDoc} */
    @Override
    public List<String> getClassNames() {
        return classNames;
    }

    /** Returns a checksum of all bytes and labels, and of the numbers that bytes become. */
    @Override
    public String getChecksum() {
        Checksum checksum = new Checksum().add(pixels).add(labels);
        for (float[] channel : numbers) {
            checksum.add(channel);
        }
        return checksum.get();
    }

    /** {@inheritDoc} */
    @Override
    public LabeledData read(int... examples) {
        int length = Math.toIntExact(getShape().size());
        int plane = length / numbers.length;
        float[] features = new float[Math.multiplyExact(examples.length, length)];
        int at = 0;
        for (int example : examples) {
            int from = example * length;
            for (float[] channel : numbers) {
                for (int end = from + plane; from < end; from++) {
                    features[at++] = channel[Byte.toUnsignedInt(pixels[from])];
                }
            }
        }
        int[] own = IntStream.of(examples).map(example -> labels[example]).toArray();
        return LabeledData.of(features, getShape(), own, getOutputs());
    }
}
