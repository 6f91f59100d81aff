/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the images of Tiny ImageNet-200 in the folders of its archive: colour images of 64x64
 * pixels of 200 classes, 100,000 to train on and 10,000 to validate on; those of its test folder
 * have no labels. Classes are numbered in the order of their WordNet ids.
 */
public final class TinyImageNet {

    private static final ImageFormat FORMAT = ImageFormat.of(new Shape(3, 64, 64));
    private static final String FOLDER = "tiny-imagenet-200";
    private static final String ENDING = ".jpeg";

    private final Path folder;
    private final ImageFormat format;
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<String> classNames = new ArrayList<>();

    private TinyImageNet(Path folder, ImageFormat format) throws IOException {
        this.folder = folder;
        this.format = format;
        try (Stream<Path> classes = Files.list(folder.resolve("train"))) {
            classes.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .forEach(classNames::add);
        }
        classNames.forEach(name -> labels.put(name, labels.size()));
        if (labels.isEmpty()) {
            throw new IOException(folder.resolve("train") + " has no folders of classes");
        }
    }

    /**
     * Looks for the images; reads none.
     *
     * @param folder the folder {@code tiny-imagenet-200}, or the one that holds it
     * @param means what is subtracted from each of three channels, whose values are from 0 to 1
     * @param standardDeviations what each channel is then divided by
     * @return the data set
     * @throws IOException if it is not there; says where to get it
     */
    public static TinyImageNet in(Path folder, List<Float> means, List<Float> standardDeviations)
            throws IOException {
        Path inner = folder.resolve(FOLDER);
        Path own = Files.isDirectory(inner) ? inner : folder;
        if (!Files.isDirectory(own.resolve("train"))) {
            throw new IOException(
                    "There is no folder %s: get Tiny ImageNet-200, an archive of the course CS231n at Stanford University, unpack it, and give the folder %s or the one that holds it"
                            .formatted(own.resolve("train"), FOLDER));
        }
        return new TinyImageNet(own, FORMAT.withNormalization(means, standardDeviations));
    }

    /**
     * Returns the images to train on, {@code train/CLASS/images/*.JPEG}.
     *
     * @return the images, read as they are asked for
     * @throws IOException if a folder cannot be read
     */
    public Examples getTrain() throws IOException {
        List<Path> files = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        for (String name : classNames) {
            for (Path file : images(folder.resolve("train").resolve(name))) {
                files.add(file);
                classes.add(labels.get(name));
            }
        }
        return examples(files, classes);
    }

    /**
     * Returns the images to validate on, {@code val/images/*.JPEG}, whose classes are in {@code
     * val/val_annotations.txt}. The literature reports accuracies on them.
     *
     * @return the images, read as they are asked for
     * @throws IOException if a file is missing or damaged; names it
     */
    public Examples getValidation() throws IOException {
        Path annotations = folder.resolve("val").resolve("val_annotations.txt");
        if (!Files.isRegularFile(annotations)) {
            throw new IOException(
                    "There is no %s, which has the classes of the images to validate on: unpack the archive again"
                            .formatted(annotations));
        }
        List<Path> files = new ArrayList<>();
        List<Integer> classes = new ArrayList<>();
        for (String line : Files.readAllLines(annotations)) {
            String[] fields = line.split("\t");
            Integer label = fields.length < 2 ? null : labels.get(fields[1]);
            if (label == null) {
                throw new IOException(
                        "%s has the line '%s', which does not name a file and a class of the training images"
                                .formatted(annotations, line));
            }
            files.add(folder.resolve("val").resolve("images").resolve(fields[0]));
            classes.add(label);
        }
        return examples(files, classes);
    }

    private Examples examples(List<Path> files, List<Integer> classes) throws IOException {
        if (files.isEmpty()) {
            throw new IOException("There is no image of Tiny ImageNet in " + folder);
        }
        int[] own = classes.stream().mapToInt(Integer::intValue).toArray();
        return new ImageFiles(folder, List.copyOf(files), own, List.copyOf(classNames), format);
    }

    private static List<Path> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file ->
                                    file.getFileName()
                                            .toString()
                                            .toLowerCase(Locale.ROOT)
                                            .endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }
}
