/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jars that a job brings along to a cluster: those of the class path that Spark does not have.
 */
final class JobJars {

    private JobJars() {}

    /**
     * Finds the jars; classes in a folder are packed into one.
     *
     * @param classpath the entries of a class path
     * @param sparkJars the folder with Spark's jars
     * @param packed the folder for those that are packed
     * @return the jars
     */
    static List<Path> find(List<Path> classpath, Path sparkJars, Path packed) {
        if (!Files.isDirectory(sparkJars)) {
            throw new IllegalStateException(
                    "%s has not the jars of Spark: set the environment variable SPARK_HOME to the folder of a Spark distribution"
                            .formatted(sparkJars));
        }
        List<Path> jars = new ArrayList<>();
        for (Path entry : classpath) {
            if (Files.isDirectory(entry)) {
                jars.add(pack(entry, packed.resolve("classes-" + jars.size() + ".jar")));
            } else if (Files.exists(entry)
                    && !Files.exists(sparkJars.resolve(entry.getFileName()))) {
                jars.add(entry);
            }
        }
        return jars;
    }

    private static Path pack(Path folder, Path jar) {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> files = Files.walk(folder)) {
            for (Path one : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(one).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(one, zip);
                zip.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot pack " + folder + " for the executors", e);
        }
    }
}
