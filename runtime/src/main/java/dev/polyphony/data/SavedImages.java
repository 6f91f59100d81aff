/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Images for another process of this machine: where their files are, or their bytes.
 *
 * @param folder the folder of the files; null for bytes
 * @param files the files; null for bytes
 * @param pixels the bytes; null for files
 * @param labels the class of each image; none without labels
 * @param classNames the names of the classes
 * @param format how they are read
 * @param checksum of the files' names and sizes, which tells what is made of these from what is
 *     made of others; null for bytes
 */
record SavedImages(
        String folder,
        String[] files,
        byte[] pixels,
        int[] labels,
        String[] classNames,
        ImageFormat format,
        String checksum)
        implements Serializable {

    /**
     * Takes files.
     *
     * @throws NotSerializableException if they are in another file system, as that of a ZIP file,
     *     which is open in this process alone
     */
    static SavedImages of(
            Path folder,
            List<Path> files,
            int[] labels,
            List<String> classNames,
            ImageFormat format,
            String checksum)
            throws NotSerializableException {
        if (!folder.getFileSystem().equals(FileSystems.getDefault())) {
            throw new NotSerializableException(
                    "folder in another file system, %s,".formatted(folder.toUri()));
        }
        return new SavedImages(
                text(folder),
                files.stream().map(SavedImages::text).toArray(String[]::new),
                null,
                labels,
                classNames.toArray(new String[0]),
                format,
                checksum);
    }

    private static String text(Path path) {
        return path.toAbsolutePath().toString();
    }

    /** Takes bytes. */
    static SavedImages of(
            byte[] pixels, int[] labels, List<String> classNames, ImageFormat format) {
        return new SavedImages(
                null, null, pixels, labels, classNames.toArray(new String[0]), format, null);
    }

    private Object readResolve() {
        List<String> names = List.of(classNames);
        return files == null
                ? new ImageBytes(pixels, format, labels, names)
                : new ImageFiles(
                        Path.of(folder),
                        Arrays.stream(files).map(Path::of).toList(),
                        labels,
                        names,
                        format);
    }
}
