/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Corruptions of how images are kept. */
final class Digital {

    private static final float TOP = 255;

    private static final String JPEG = "jpeg";

    private Digital() {}

    /**
     * Shrinks to a share of {@code level} of each side by means of areas; each pixel then stays.
     */
    static Pixels pixelate(Pixels image, double level, Random random) {
        int height = (int) Math.max(1, Math.round(level * image.height()));
        int width = (int) Math.max(1, Math.round(level * image.width()));
        return image.mapPlanes(
                plane -> {
                    float[] small = areaMeans(plane, image.height(), image.width(), height, width);
                    float[] coarse = new float[plane.length];
                    for (int i = 0; i < coarse.length; i++) {
                        // the small pixel that this one's centre lies in
                        int y = (2 * (i / image.width()) + 1) * height / (2 * image.height());
                        int x = (2 * (i % image.width()) + 1) * width / (2 * image.width());
                        coarse[i] = small[y * width + x];
                    }
                    return coarse;
                });
    }

    /** The mean of what each new pixel covers. */
    static float[] areaMeans(float[] plane, int height, int width, int newHeight, int newWidth) {
        float[] means = new float[newHeight * newWidth];
        double sideY = (double) height / newHeight;
        double sideX = (double) width / newWidth;
        for (int i = 0; i < means.length; i++) {
            double top = i / newWidth * sideY;
            double left = i % newWidth * sideX;
            double sum = 0;
            for (int y = (int) top; y < Math.min(top + sideY, height); y++) {
                double coversY = Math.min(top + sideY, y + 1) - Math.max(top, y);
                for (int x = (int) left; x < Math.min(left + sideX, width); x++) {
                    double coversX = Math.min(left + sideX, x + 1) - Math.max(left, x);
                    sum += coversY * coversX * plane[y * width + x];
                }
            }
            means[i] = (float) (sum / (sideY * sideX));
        }
        return means;
    }

    /** Writes a JPEG of a quality of {@code level}, from 0 to 1, and reads it again. */
    static Pixels jpeg(Pixels image, double level, Random random) {
        int channels = image.planes().length;
        BufferedImage bytes =
                new BufferedImage(
                        image.width(),
                        image.height(),
                        image.isGray() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        WritableRaster raster = bytes.getRaster();
        for (int c = 0; c < channels; c++) {
            float[] tones = new float[image.area()];
            for (int i = 0; i < tones.length; i++) {
                tones[i] = Math.round(TOP * image.planes()[c][i]);
            }
            raster.setSamples(0, 0, image.width(), image.height(), c, tones);
        }
        try {
            BufferedImage decoded = decode(encode(bytes, level));
            float[][] planes = new float[channels][];
            for (int c = 0; c < channels; c++) {
                planes[c] = tones(decoded, c);
            }
            return new Pixels(planes, image.height(), image.width());
        } catch (IOException e) {
            throw new UncheckedIOException("Java cannot write a JPEG in memory", e);
        }
    }

    private static byte[] encode(BufferedImage image, double quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(JPEG).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // ImageIO's own streams may go through a file
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality((float) quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage decode(byte[] bytes) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(JPEG).next();
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Decoded images are blue, green, red in memory; samples are red, green, blue. */
    private static float[] tones(BufferedImage image, int channel) {
        float[] tones =
                image.getRaster()
                        .getSamples(
                                0, 0, image.getWidth(), image.getHeight(), channel, (float[]) null);
        for (int i = 0; i < tones.length; i++) {
            tones[i] /= TOP;
        }
        return tones;
    }
}
