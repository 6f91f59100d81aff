/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import dev.polyphony.data.ImageBytes;
import dev.polyphony.data.ImageFolder;
import dev.polyphony.data.ImageFormat;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CIFAR-10 as image files, {@code train/CLASS/*.jpg} and {@code test/CLASS/*.jpg}, in a folder or
 * in a ZIP file.
 */
final class JpegFolders {

    private static final String ZIP = "cifar10-jpeg.zip";

    private JpegFolders() {}

    /** Finds such a folder or file at a place or in the folder there. */
    static Optional<Path> find(Path place) {
        return Stream.of(place, place.resolve(ZIP), place.resolve("cifar10").resolve(ZIP))
                .filter(path -> isZip(path) || Files.isDirectory(path.resolve("train")))
                .findFirst();
    }

    private static boolean isZip(Path path) {
        return Files.isRegularFile(path) && path.toString().endsWith(".zip");
    }

    /** Reads all images into memory. */
    static Parts read(Path place, ImageFormat format) throws IOException {
        if (!isZip(place)) {
            return readFolder(place, place, format);
        }
        try (FileSystem files = FileSystems.newFileSystem(place)) {
            return readFolder(place, files.getPath("/"), format);
        }
    }

    private static Parts readFolder(Path place, Path folder, ImageFormat format)
            throws IOException {
        requirePart("train", place, folder);
        requirePart("test", place, folder);
        ImageFolder train = images(folder.resolve("train"), format, List.of());
        ImageFolder test = images(folder.resolve("test"), format, train.getClassNames());
        ImageBytes trainBytes = train.readBytes();
        return new Parts(trainBytes, Optional.empty(), test.readBytes());
    }

    private static void requirePart(String part, Path place, Path folder) throws IOException {
        if (!Files.isDirectory(folder.resolve(part))) {
            throw new IOException(
                    "There is no folder %s in %s: put all images there, as train/CLASS/*.jpg and test/CLASS/*.jpg, or get the binary version of CIFAR-10 from the page of the CIFAR data sets at the University of Toronto and give its folder"
                            .formatted(part, place));
        }
    }

    private static ImageFolder images(Path folder, ImageFormat format, List<String> classNames)
            throws IOException {
        ImageFolder.Builder builder = ImageFolder.builder().setFolder(folder).setFormat(format);
        return (classNames.isEmpty() ? builder : builder.optClassNames(classNames)).build();
    }
}
