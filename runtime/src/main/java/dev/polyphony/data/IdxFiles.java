/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.checks.Checks;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads images and labels in IDX files, the format of MNIST and of the sets that take its place, as
 * Fashion-MNIST and Kuzushiji-MNIST; gzipped or not.
 *
 * <pre>{@code
 * LabeledData train = IdxFiles.in(Path.of("fashion-mnist")).readTrain();
 * }</pre>
 *
 * <p>Images become examples of the shape {@code (1, height, width)} with pixels from 0 to 1.
 * Immutable.
 */
public final class IdxFiles {

    /** The names of the parts, and how the four files are named. */
    private static final String TRAIN = "train";

    private static final String TEST = "t10k";
    private static final String IMAGES = "images-idx3-ubyte";
    private static final String LABELS = "labels-idx1-ubyte";

    private static final int UNSIGNED_BYTES = 0x08;
    private static final float WHITE = 255;

    private final Path folder;
    private final int classes;
    private final int limit;

    private IdxFiles(Path folder, int classes, int limit) {
        this.folder = folder;
        this.classes = classes;
        this.limit = limit;
    }

    /**
     * Reads from the folder of one set, with the file names that MNIST and its successors have:
     * {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
     * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each with or without {@code .gz}.
     *
     * @param folder the folder
     * @return a reader of 10 classes
     */
    public static IdxFiles in(Path folder) {
        return new IdxFiles(folder, 10, Integer.MAX_VALUE);
    }

    /**
     * Sets the number of classes.
     *
     * @param classes the number, at least 2; 10 if it is not set
     * @return the new reader
     */
    public IdxFiles optClasses(int classes) {
        Checks.require("number of classes", classes, classes >= 2, "at least 2");
        return new IdxFiles(folder, classes, limit);
    }

    /**
     * Sets how many examples are read at most, from the beginning of the files.
     *
     * @param examples the number, at least 1; all if it is not set
     * @return the new reader
     */
    public IdxFiles optLimit(int examples) {
        Checks.require("number of examples to read", examples, examples >= 1, "at least 1");
        return new IdxFiles(folder, classes, examples);
    }

    /**
     * Reads the training data.
     *
     * @return the examples
     * @throws FileNotFoundException if a file is not there; says which, and where it comes from
     * @throws IOException if a file cannot be read, or is no such file; says why
     */
    public LabeledData readTrain() throws IOException {
        return read(TRAIN);
    }

    /**
     * Reads the test data.
     *
     * @return the examples
     * @throws FileNotFoundException if a file is not there; says which, and where it comes from
     * @throws IOException if a file cannot be read, or is no such file; says why
     */
    public LabeledData readTest() throws IOException {
        return read(TEST);
    }

    private LabeledData read(String part) throws IOException {
        return read(find(part + "-" + IMAGES), find(part + "-" + LABELS), classes, limit);
    }

    private Path find(String name) throws FileNotFoundException {
        for (String file : List.of(name, name + ".gz")) {
            if (Files.isRegularFile(folder.resolve(file))) {
                return folder.resolve(file);
            }
        }
        throw new FileNotFoundException(
                ("There is no %s, or %s.gz, in %s. Put the four files of the set there, as they come:"
                                + " those of Fashion-MNIST from the repository fashion-mnist of"
                                + " Zalando Research (data/fashion), those of MNIST from the page"
                                + " 'The MNIST database of handwritten digits' or a copy of it")
                        .formatted(name, name, folder.toAbsolutePath().normalize()));
    }

    /**
     * Reads two files of any names.
     *
     * @param images the images, {@code [N, height, width]} unsigned bytes
     * @param labels their classes, {@code [N]} unsigned bytes
     * @param classes the number of classes
     * @return the examples
     * @throws IOException if a file cannot be read, or is no such file; says why
     */
    public static LabeledData read(Path images, Path labels, int classes) throws IOException {
        return read(images, labels, classes, Integer.MAX_VALUE);
    }

    private static LabeledData read(Path images, Path labels, int classes, int limit)
            throws IOException {
        Content pixels = Content.read(images, 3, limit);
        Content answers = Content.read(labels, 1, limit);
        if (pixels.all() != answers.all()) {
            throw new IOException(
                    "%s has %d images, but %s has %d labels: they are not of one set"
                            .formatted(images, pixels.all(), labels, answers.all()));
        }
        float[] features = new float[pixels.bytes().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = Byte.toUnsignedInt(pixels.bytes()[i]) / WHITE;
        }
        int[] right = new int[answers.bytes().length];
        for (int i = 0; i < right.length; i++) {
            right[i] = Byte.toUnsignedInt(answers.bytes()[i]);
            if (right[i] >= classes) {
                throw new IOException(
                        "label %d of %s is %d, but there are %d classes, from 0"
                                .formatted(i, labels, right[i], classes));
            }
        }
        Shape shape = new Shape(1, pixels.axes()[1], pixels.axes()[2]);
        return LabeledData.of(features, shape, right, classes);
    }

    /**
     * What a file holds.
     *
     * @param axes the sizes of its axes
     * @param bytes those of the examples that were asked for
     */
    private record Content(int[] axes, byte[] bytes) {

        int all() {
            return axes[0];
        }

        static Content read(Path file, int dimensions, int limit) throws IOException {
            try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
                    DataInputStream in = new DataInputStream(unzipped(raw))) {
                return read(file, in, dimensions, limit);
            } catch (EOFException | ZipException e) {
                throw new IOException(
                        "%s is damaged or not whole (%s): get it again"
                                .formatted(file, e.getMessage()),
                        e);
            }
        }

        private static InputStream unzipped(InputStream raw) throws IOException {
            raw.mark(2);
            boolean isZipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return isZipped ? new GZIPInputStream(raw, 1 << 16) : raw;
        }

        private static Content read(Path file, DataInputStream in, int dimensions, int limit)
                throws IOException {
            int magic = in.readInt();
            if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
                throw new IOException(
                        "%s is no IDX file of unsigned bytes with %d axes: it begins with %08x, not with %08x"
                                .formatted(
                                        file, dimensions, magic, UNSIGNED_BYTES << 8 | dimensions));
            }
            int[] axes = new int[dimensions];
            long size = 1;
            for (int i = 0; i < dimensions; i++) {
                axes[i] = in.readInt();
                if (axes[i] < 1) {
                    throw new IOException("%s has an axis of %d".formatted(file, axes[i]));
                }
                size *= i == 0 ? Math.min(axes[i], limit) : axes[i];
                if (size > Integer.MAX_VALUE) {
                    throw new IOException(
                            "%s has axes %s, more than an array can hold: read fewer examples"
                                    .formatted(file, Arrays.toString(axes)));
                }
            }
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length < size) {
                throw new EOFException("%,d of %,d bytes are there".formatted(bytes.length, size));
            }
            if (axes[0] <= limit && in.read() >= 0) {
                throw new IOException(
                        "%s goes on behind what its axes %s say"
                                .formatted(file, Arrays.toString(axes)));
            }
            return new Content(axes, bytes);
        }
    }
}
