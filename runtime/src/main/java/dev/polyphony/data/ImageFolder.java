/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Images in a folder for each class, {@code cats/1.png}, {@code dogs/tall/2.jpg}: read as training
 * goes, and never decoded all at once.
 *
 * <p>An example is {@code [C, H, W]}, gray or red, green and blue, from 0 to 1, or normalised.
 * Classes are numbered in the order of the folders' names. Hidden files are passed over.
 */
public final class ImageFolder implements Images {

    private static final long serialVersionUID = 1L;

    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp", ".gif");

    private final transient Path folder;
    private final transient ImageFormat format;
    private final transient List<String> classNames;
    private final transient List<Path> files = new ArrayList<>();
    private final transient int[] labels;

    private ImageFolder(Builder settings) throws IOException {
        folder = settings.folder;
        format = settings.format();
        classNames = settings.classNames == null ? folders(folder) : settings.classNames;
        List<Integer> found = new ArrayList<>();
        for (int label = 0; label < classNames.size(); label++) {
            List<Path> own = images(folder.resolve(classNames.get(label)));
            files.addAll(own);
            found.addAll(Collections.nCopies(own.size(), label));
        }
        labels = found.stream().mapToInt(Integer::intValue).toArray();
    }

    private Object writeReplace() throws NotSerializableException {
        return SavedImages.of(folder, files, labels, classNames, format, getChecksum());
    }

    /**
     * Creates a builder.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static List<String> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<String> names =
                    inside.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList();
            if (names.isEmpty()) {
                throw new IllegalArgumentException(
                        folder + " has no folders: put the images of each class into one");
            }
            return names;
        }
    }

    private static List<Path> images(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("The class has no folder " + folder);
        }
        return findImages(folder);
    }

    /**
     * Finds images, whatever folders they are in.
     *
     * @param folder the folder
     * @return the files, in the order of their names; hidden ones are passed over
     * @throws IOException if a folder cannot be read
     * @throws IllegalArgumentException if there is no image, or a file is none
     */
    public static List<Path> findImages(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            List<Path> images =
                    inside.filter(Files::isRegularFile)
                            .filter(path -> !path.getFileName().toString().startsWith("."))
                            .sorted()
                            .toList();
            for (Path image : images) {
                String name = image.getFileName().toString().toLowerCase(Locale.ROOT);
                if (ENDINGS.stream().noneMatch(name::endsWith)) {
                    throw new IllegalArgumentException(
                            "%s is no image, whose names end with %s: move it elsewhere"
                                    .formatted(image, String.join(", ", ENDINGS)));
                }
            }
            if (images.isEmpty()) {
                throw new IllegalArgumentException("There is no image in " + folder);
            }
            return images;
        }
    }

    /**
     * Takes all images below a folder, of whatever classes: what a model is not made for, say.
     *
     * @param folder the folder; those in it are no classes
     * @param format how the images are read
     * @return the images, without labels, read as they are asked for
     * @throws IOException if the folder cannot be read
     * @throws IllegalArgumentException if there is no folder or no image in it, or a file is none
     */
    public static Examples unlabeled(Path folder, ImageFormat format) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("There is no folder " + folder);
        }
        return new ImageFiles(folder, findImages(folder), null, List.of(), format);
    }

    /** Returns the names of the folders, by the number of the class. */
    @Override
    public List<String> getClassNames() {
        return classNames;
    }

    /**
     * Returns the files of the images.
     *
     * @return the files, by number
     */
    public List<Path> getFiles() {
        return List.copyOf(files);
    }

    /**
     * Divides the images of each class at random, so that all parts have the same mix of classes.
     *
     * @param seed the seed; the same seed gives the same parts
     * @param fractions the share of each part, together at most 1
     * @return the parts
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

    /** Returns how the images are read. */
    @Override
    public ImageFormat getInputFormat() {
        return format;
    }

    /** Returns a checksum of the images' names, sizes and classes, and of how they are read. */
    @Override
    public String getChecksum() {
        return ImageFiles.addTo(new Checksum().add(labels), folder, files, format).get();
    }

    /**
     * Reads all images into memory, with a byte for each channel of a pixel: a quarter of what
     * {@link #readAll} takes, and decoded once. Numbers that resizing made are rounded to bytes.
     *
     * @return the images, of the same format
     * @throws IOException if one cannot be read; names it
     */
    public ImageBytes readBytes() throws IOException {
        int length = Math.toIntExact(getShape().size());
        byte[] pixels = new byte[Math.multiplyExact(files.size(), length)];
        ImageFormat plain = ImageFormat.of(getShape()).withResize(format.resize());
        float[] values = new float[length];
        for (int i = 0; i < files.size(); i++) {
            plain.read(files.get(i), values, 0);
            for (int p = 0; p < length; p++) {
                pixels[i * length + p] = (byte) Math.round(values[p] * ImageBytes.WHITE);
            }
        }
        return new ImageBytes(pixels, format, labels, classNames);
    }

    /** {@inheritDoc} */
    @Override
    public LabeledData read(int... examples) throws IOException {
        float[] features = ImageFiles.read(files, format, examples);
        int[] own = IntStream.of(examples).map(example -> labels[example]).toArray();
        return LabeledData.of(features, getShape(), own, classNames.size());
    }

    /** The builder of {@link ImageFolder}. */
    public static final class Builder {

        private Path folder;
        private Shape shape;
        private boolean resize;
        private float[] means;
        private float[] standardDeviations;
        private List<String> classNames;

        private Builder() {}

        /**
         * Sets the folder.
         *
         * @param folder the folder that holds one for each class
         * @return this builder
         */
        public Builder setFolder(Path folder) {
            this.folder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Sets the shape of an example. Gray images are repeated for three channels, and coloured
         * ones become gray for one.
         *
         * @param shape the channels, 1 or 3, the height and the width
         * @return this builder
         */
        public Builder setShape(Shape shape) {
            this.shape = Objects.requireNonNull(shape, "shape");
            return this;
        }

        /**
         * Sets whether images of another size are resized, linearly and without regard to the ratio
         * of their sides.
         *
         * @param resize whether to resize; false if it is not set, and then they are an error
         * @return this builder
         */
        public Builder optResize(boolean resize) {
            this.resize = resize;
            return this;
        }

        /**
         * Sets what is subtracted from each channel, whose values are from 0 to 1, and what it is
         * then divided by.
         *
         * @param means a number for each channel; 0 if it is not set
         * @param standardDeviations a number above 0 for each channel; 1 if it is not set
         * @return this builder
         */
        public Builder optNormalize(float[] means, float[] standardDeviations) {
            this.means = means.clone();
            this.standardDeviations = standardDeviations.clone();
            return this;
        }

        /**
         * Sets shape, resizing and normalisation together, such as those of other images.
         *
         * @param format how the images are read
         * @return this builder
         */
        public Builder setFormat(ImageFormat format) {
            shape = format.shape();
            resize = format.resize();
            means = array(format.means());
            standardDeviations = array(format.standardDeviations());
            return this;
        }

        private static float[] array(List<Float> values) {
            float[] array = new float[values.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = values.get(i);
            }
            return array;
        }

        /**
         * Sets the classes, such as those of the training images for a folder of test images.
         *
         * @param classNames the names of the folders in the order of their numbers; all folders in
         *     the order of their names if it is not set
         * @return this builder
         */
        public Builder optClassNames(List<String> classNames) {
            this.classNames = List.copyOf(classNames);
            return this;
        }

        /**
         * Looks for the images; reads none.
         *
         * @return the images
         * @throws IOException if a folder cannot be read
         * @throws IllegalArgumentException if a setting makes no sense, a class has no image, or a
         *     file is none
         */
        public ImageFolder build() throws IOException {
            Objects.requireNonNull(folder, "setFolder: the images need a folder");
            Objects.requireNonNull(shape, "setShape: the images need a shape");
            return new ImageFolder(this);
        }

        private ImageFormat format() {
            ImageFormat plain = ImageFormat.of(shape).withResize(resize);
            return means == null
                    ? plain
                    : plain.withNormalization(list(means), list(standardDeviations));
        }

        private static List<Float> list(float[] values) {
            List<Float> list = new ArrayList<>();
            for (float value : values) {
                list.add(value);
            }
            return list;
        }
    }
}
