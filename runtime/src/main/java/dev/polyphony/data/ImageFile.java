/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * An image in memory: gray or red, green and blue, from 0 to 1.
 *
 * @param planes the channels, each {@code [height, width]} in row-major order
 * @param height the rows
 * @param width the columns
 */
record ImageFile(float[][] planes, int height, int width) {

    private static final int OPAQUE = 255;

    /** What red, green and blue count in gray, by ITU-R BT.601. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    /**
     * Reads a file. What is transparent is taken as if it were not.
     *
     * @throws IOException if it cannot be read or is no image; names the file
     */
    static ImageFile read(Path file) throws IOException {
        BufferedImage image;
        try (InputStream in = Files.newInputStream(file)) {
            image = ImageIO.read(in);
        } catch (IOException | RuntimeException e) {
            // decoders of damaged files throw whatever they stumble over
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IOException(file + " is no image that Java reads: make it a PNG or JPEG");
        }
        return of(image);
    }

    /** Takes an image that has been read. */
    static ImageFile of(BufferedImage image) {
        boolean isGray = image.getColorModel().getColorSpace().getNumComponents() == 1;
        return isGray ? gray(image) : colour(image);
    }

    /** The numbers as they stand in the file: Java would take them for linear light. */
    private static ImageFile gray(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        float[] plane = raster.getSamples(0, 0, width, height, 0, (float[]) null);
        float largest = (1 << image.getColorModel().getComponentSize(0)) - 1;
        for (int i = 0; i < plane.length; i++) {
            plane[i] /= largest;
        }
        return new ImageFile(new float[][] {plane}, height, width);
    }

    private static ImageFile colour(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        float[][] planes = new float[3][pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            for (int c = 0; c < planes.length; c++) {
                int value = pixels[i] >> 8 * (2 - c) & OPAQUE;
                planes[c][i] = value / (float) OPAQUE;
            }
        }
        return new ImageFile(planes, height, width);
    }

    /** The same image with one channel or three. */
    ImageFile withChannels(int channels) {
        if (channels == planes.length) {
            return this;
        }
        if (channels == 3) {
            return new ImageFile(new float[][] {planes[0], planes[0], planes[0]}, height, width);
        }
        float[] gray = new float[height * width];
        for (int i = 0; i < gray.length; i++) {
            for (int c = 0; c < LUMA.length; c++) {
                gray[i] += LUMA[c] * planes[c][i];
            }
        }
        return new ImageFile(new float[][] {gray}, height, width);
    }

    /** The same image in another size, stretched if its sides have another ratio. */
    ImageFile resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        float[][] resized = new float[planes.length][];
        for (int c = 0; c < resized.length; c++) {
            resized[c] = Resampling.resize(planes[c], height, width, newHeight, newWidth);
        }
        return new ImageFile(resized, newHeight, newWidth);
    }
}
