/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Cifar;
import dev.polyphony.data.Examples;
import dev.polyphony.data.IdxFiles;
import dev.polyphony.data.ImageBytes;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.TinyImageNet;
import dev.polyphony.evaluate.corrupt.PixelRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A data set of the literature, normalised as it is there. */
public enum DataSet {
    /** CIFAR-10: the authors' binary form, or JPEG files, in folders or in one ZIP file. */
    CIFAR10("CIFAR-10", 32, 10, Normalization.CIFAR) {
        @Override
        Parts readFull(Path folder) throws IOException {
            return readCifar10(folder);
        }
    },

    /** CIFAR-100, in the authors' binary form. */
    CIFAR100("CIFAR-100", 32, 100, Normalization.CIFAR) {
        @Override
        Parts readFull(Path folder) throws IOException {
            return normalized(Cifar.readTrain100(folder), Cifar.readTest100(folder));
        }
    },

    /** CIFAR-10 as the tutorial of Packed-Ensembles normalises it, to numbers from -1 to 1. */
    CIFAR10_PLAIN("CIFAR-10", 32, 10, Normalization.HALF) {
        @Override
        Parts readFull(Path folder) throws IOException {
            return readCifar10(folder);
        }
    },

    /** Tiny ImageNet-200; what is tested on are its validation images, as in the literature. */
    TINY_IMAGENET("Tiny ImageNet", 64, 200, Normalization.HALF) {
        @Override
        Parts readFull(Path folder) throws IOException {
            Normalization by = normalization();
            TinyImageNet data = TinyImageNet.in(folder, by.means(), by.deviations());
            return new Parts(data.getTrain(), Optional.empty(), data.getValidation());
        }
    },

    /** Fashion-MNIST, gray images in the four IDX files of its authors. */
    FASHION_MNIST("Fashion-MNIST", 28, 10, Normalization.UNIT_GRAY) {
        @Override
        Parts readFull(Path folder) throws IOException {
            IdxFiles files = IdxFiles.in(folder);
            return new Parts(files.readTrain(), Optional.empty(), files.readTest());
        }
    },

    /** ImageNet, in the folders {@code train} and {@code val} with one for each class. */
    IMAGENET("ImageNet", 224, 1000, Normalization.IMAGENET) {
        @Override
        Parts readFull(Path folder) throws IOException {
            return new Parts(part(folder, "train"), Optional.empty(), part(folder, "val"));
        }

        private Examples part(Path folder, String name) throws IOException {
            Path part = folder.resolve(name);
            if (!part.toFile().isDirectory()) {
                throw new IOException(
                        "There is no folder %s: get the images of ILSVRC 2012 from the ImageNet project, which asks for an account, and unpack them into a folder for each class in %s and %s"
                                .formatted(part, folder.resolve("train"), folder.resolve("val")));
            }
            return ImageFolder.builder()
                    .setFolder(part)
                    .setFormat(format(Scale.FULL).withResize(true))
                    .build();
        }
    };

    private static final double REDUCED = 0.1;
    private static final int SMALLEST = 32;

    private final String title;
    private final int side;
    private final int classes;
    private final Normalization normalization;

    DataSet(String title, int side, int classes, Normalization normalization) {
        this.title = title;
        this.side = side;
        this.classes = classes;
        this.normalization = normalization;
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns the number of classes.
     *
     * @return the classes
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Returns the shape of an image.
     *
     * @param scale how large the run is; images of a few steps are smaller
     * @return the shape {@code [C, H, W]}
     */
    public Shape getShape(Scale scale) {
        int own = scale == Scale.SMOKE ? Math.min(side, SMALLEST) : side;
        return new Shape(normalization.means().size(), own, own);
    }

    /**
     * Reads the data.
     *
     * @param folder where they are; not looked at for a few steps, whose images are made up
     * @param scale how large the run is
     * @param validation the share of the training images to judge epochs on, 0 for none
     * @return the data
     * @throws IOException if they are not there; says where to get them and where to put them
     */
    public Parts read(Path folder, Scale scale, double validation) throws IOException {
        if (scale == Scale.SMOKE) {
            return Generated.parts(format(scale), classes);
        }
        if (folder == null) {
            throw new IOException(
                    "Say with --data in which folder %s is (one where it is not says where to get it), or train with --scale smoke on images that are made up"
                            .formatted(title));
        }
        Parts full = readFull(folder);
        return (scale == Scale.REDUCED ? full.subset(REDUCED) : full).withValidation(validation);
    }

    /**
     * Finds images that no model of this data set is made for.
     *
     * @param folder a folder of images of any size, such as those of SVHN or of the Describable
     *     Textures Dataset
     * @param scale how large the run is
     * @return the images, without labels, resized and normalised as those of this data set
     * @throws IOException if the folder cannot be read
     */
    public Examples readForeign(Path folder, Scale scale) throws IOException {
        if (!folder.toFile().isDirectory()) {
            throw new IOException(
                    "There is no folder %s: put the images there, as PNG or JPEG files, in folders or not. SVHN is to be had from the page of the Street View House Numbers at Stanford University (its cropped digits are .mat files: write them as PNG), textures from that of the Describable Textures Dataset at the University of Oxford"
                            .formatted(folder));
        }
        return ImageFolder.unlabeled(folder, format(scale).withResize(true));
    }

    /** How image files become examples. */
    ImageFormat format(Scale scale) {
        return ImageFormat.of(getShape(scale))
                .withNormalization(normalization.means(), normalization.deviations());
    }

    /**
     * Returns the range of an image's values, for what is done to images after they are read.
     *
     * @return the values of black and white, by channel
     */
    public PixelRange getRange() {
        return PixelRange.normalized(
                doubles(normalization.means()), doubles(normalization.deviations()));
    }

    private static double[] doubles(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).toArray();
    }

    /** Reads CIFAR-10 in whichever form it is there. */
    Parts readCifar10(Path folder) throws IOException {
        Optional<Path> jpegs = JpegFolders.find(folder);
        if (jpegs.isPresent()) {
            return JpegFolders.read(jpegs.get(), format(Scale.FULL));
        }
        return normalized(Cifar.readTrain10(folder), Cifar.readTest10(folder));
    }

    abstract Parts readFull(Path folder) throws IOException;

    Normalization normalization() {
        return normalization;
    }

    Parts normalized(ImageBytes train, ImageBytes test) {
        return new Parts(
                train.withNormalization(normalization.means(), normalization.deviations()),
                Optional.empty(),
                test.withNormalization(normalization.means(), normalization.deviations()));
    }
}
