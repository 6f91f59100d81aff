/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads CIFAR-10 and CIFAR-100 in the binary form of their authors: colour images of 32x32 pixels,
 * 50,000 to train on and 10,000 to test on.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">The CIFAR-10 and CIFAR-100 data
 *     sets</a>
 */
public final class Cifar {

    private static final Shape IMAGE = new Shape(3, 32, 32);
    private static final int PIXELS = 3 * 32 * 32;

    /** The archive, as its authors' page calls it, and the folder that is in it. */
    private enum Form {
        TEN(10, 1, "CIFAR-10", "cifar-10-batches-bin"),
        HUNDRED(100, 2, "CIFAR-100", "cifar-100-binary");

        private final int classes;

        /** Bytes in front of the pixels, the last of which is the class. */
        private final int head;

        private final String title;
        private final String folder;

        Form(int classes, int head, String title, String folder) {
            this.classes = classes;
            this.head = head;
            this.title = title;
            this.folder = folder;
        }
    }

    private Cifar() {}

    /**
     * Reads the images of CIFAR-10 to train on.
     *
     * @param folder the folder {@code cifar-10-batches-bin}, or the one that holds it
     * @return 50,000 images, from 0 to 1
     * @throws IOException if a file is missing or damaged; says which, and where to get it
     */
    public static ImageBytes readTrain10(Path folder) throws IOException {
        return read(
                Form.TEN,
                folder,
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"));
    }

    /**
     * Reads the images of CIFAR-10 to test on.
     *
     * @param folder the folder {@code cifar-10-batches-bin}, or the one that holds it
     * @return 10,000 images, from 0 to 1
     * @throws IOException as {@link #readTrain10}
     */
    public static ImageBytes readTest10(Path folder) throws IOException {
        return read(Form.TEN, folder, List.of("test_batch.bin"));
    }

    /**
     * Reads the images of CIFAR-100 to train on, with their 100 fine classes.
     *
     * @param folder the folder {@code cifar-100-binary}, or the one that holds it
     * @return 50,000 images, from 0 to 1
     * @throws IOException as {@link #readTrain10}
     */
    public static ImageBytes readTrain100(Path folder) throws IOException {
        return read(Form.HUNDRED, folder, List.of("train.bin"));
    }

    /**
     * Reads the images of CIFAR-100 to test on, with their 100 fine classes.
     *
     * @param folder the folder {@code cifar-100-binary}, or the one that holds it
     * @return 10,000 images, from 0 to 1
     * @throws IOException as {@link #readTrain10}
     */
    public static ImageBytes readTest100(Path folder) throws IOException {
        return read(Form.HUNDRED, folder, List.of("test.bin"));
    }

    private static ImageBytes read(Form form, Path folder, List<String> names) throws IOException {
        Path inner = folder.resolve(form.folder);
        Path own = Files.isDirectory(inner) ? inner : folder;
        byte[][] files = new byte[names.size()][];
        int images = 0;
        int record = form.head + PIXELS;
        for (int i = 0; i < files.length; i++) {
            files[i] = read(form, own.resolve(names.get(i)));
            if (files[i].length == 0 || files[i].length % record != 0) {
                throw new IOException(
                        "%s has %d bytes, but an image of %s in binary form has %d: it is damaged, or of another form"
                                .formatted(
                                        own.resolve(names.get(i)),
                                        files[i].length,
                                        form.title,
                                        record));
            }
            images += files[i].length / record;
        }
        byte[] pixels = new byte[Math.multiplyExact(images, PIXELS)];
        int[] labels = new int[images];
        int image = 0;
        for (int i = 0; i < files.length; i++) {
            for (int from = 0; from < files[i].length; from += record) {
                labels[image] = Byte.toUnsignedInt(files[i][from + form.head - 1]);
                if (labels[image] >= form.classes) {
                    throw new IOException(
                            "%s has the class %d, but %s has %d: it is damaged, or of another form"
                                    .formatted(
                                            own.resolve(names.get(i)),
                                            labels[image],
                                            form.title,
                                            form.classes));
                }
                System.arraycopy(files[i], from + form.head, pixels, image * PIXELS, PIXELS);
                image++;
            }
        }
        return ImageBytes.of(pixels, IMAGE, labels, form.classes);
    }

    private static byte[] read(Form form, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "There is no %s: get the binary version of %s (for C programs) from the page of the CIFAR data sets at the University of Toronto, unpack it, and give the folder %s or the one that holds it"
                            .formatted(file, form.title, form.folder));
        }
        return Files.readAllBytes(file);
    }
}
