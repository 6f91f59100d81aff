/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Model;
import ai.djl.util.Utils;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A model's file as DJL writes it, but whole or not at all. */
final class ModelFile {

    private ModelFile() {}

    /** Saves under the name of the folder and, as DJL does, the next free number. */
    static void save(Model model, Path folder) throws IOException {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        if (last == null) {
            throw new IOException("A model cannot be saved to the root of a file system");
        }
        String name = last.toString();
        Files.createDirectories(folder);
        Path temporary = folder.resolve(".saving");
        delete(temporary);
        // another model: it remembers where it was saved
        try (Model copy = Model.newInstance(name, model.getNDManager().getDevice())) {
            copy.setBlock(model.getBlock());
            copy.setDataType(model.getDataType());
            model.getProperties().forEach(copy::setProperty);
            copy.save(temporary, name);
            String number =
                    String.format(Locale.ROOT, "-%04d", Utils.getCurrentEpoch(folder, name) + 1);
            AtomicFile.move(onlyFile(temporary), folder.resolve(name + number + ".params"));
        } finally {
            delete(temporary);
        }
    }

    private static Path onlyFile(Path folder) throws IOException {
        return list(folder).get(0);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path file : list(folder)) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
