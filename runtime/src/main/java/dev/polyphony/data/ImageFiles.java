/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images in files, read as they are asked for.
 *
 * @param folder the folder that holds them all
 * @param files the files, by number
 * @param labels the class of each, or null
 * @param classNames the names of the classes; none without labels
 * @param format how files are read
 */
record ImageFiles(
        Path folder, List<Path> files, int[] labels, List<String> classNames, ImageFormat format)
        implements Images {

    private Object writeReplace() throws NotSerializableException {
        return SavedImages.of(folder, files, labels, classNames, format, getChecksum());
    }

    /** Reads some of the files, one after the other. */
    static float[] read(List<Path> files, ImageFormat format, int... examples) throws IOException {
        int length = Math.toIntExact(format.shape().size());
        float[] features = new float[Math.multiplyExact(examples.length, length)];
        for (int i = 0; i < examples.length; i++) {
            format.read(files.get(examples[i]), features, i * length);
        }
        return features;
    }

    /** Adds the files' names and sizes to a checksum, and how they are read. */
    static Checksum addTo(Checksum checksum, Path folder, List<Path> files, ImageFormat format) {
        String separator = folder.getFileSystem().getSeparator();
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            checksum.add(name.replace(separator, "/")).add(size(file));
        }
        return checksum.add(format.resize() ? 1 : 0)
                .add(format.means().toString())
                .add(format.standardDeviations().toString());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public ImageFormat getInputFormat() {
        return format;
    }

    @Override
    public List<String> getClassNames() {
        return classNames;
    }

    @Override
    public String getChecksum() {
        Checksum checksum = new Checksum();
        if (labels != null) {
            checksum.add(labels);
        }
        return addTo(checksum, folder, files, format).get();
    }

    @Override
    public LabeledData read(int... examples) throws IOException {
        float[] features = read(files, format, examples);
        if (labels == null) {
            return LabeledData.unlabeled(features, getShape());
        }
        int[] own = IntStream.of(examples).map(example -> labels[example]).toArray();
        return LabeledData.of(features, getShape(), own, getOutputs());
    }
}
