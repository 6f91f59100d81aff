/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.score;

import dev.polyphony.data.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.spark.sql.Row;

/**
 * Turns the bytes of images into features.
 *
 * @param name the column
 * @param place where it is
 * @param format what the model takes
 */
record ImageCells(String name, int place, ImageFormat format) implements RowReader {

    /** 256 MiB in memory, which may be a few bytes in the table: an executor's heap bears them. */
    private static final long MOST_PIXELS = 1L << 26;

    /** {@inheritDoc} */
    @Override
    public String read(Row row, float[] features, int at) {
        if (row.isNullAt(place)) {
            return "column '%s' is null".formatted(name);
        }
        byte[] bytes = row.getAs(place);
        try (ImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                return "the bytes are no image that Java reads, such as PNG or JPEG";
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MOST_PIXELS) {
                    return "the image has %d x %d pixels, more than %d"
                            .formatted(height, width, MOST_PIXELS);
                }
                return write(reader.read(0), features, at);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // decoders of damaged files throw whatever they stumble over
            return "the image cannot be read: " + e.getMessage();
        }
    }

    private String write(BufferedImage image, float[] features, int at) {
        try {
            float[] read = format.toFeatures(image);
            System.arraycopy(read, 0, features, at, read.length);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
