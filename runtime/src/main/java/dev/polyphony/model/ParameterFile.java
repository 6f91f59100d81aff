/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.Model;
import ai.djl.util.Utils;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The parameters of a model as DJL writes them, but whole or not at all. Each save has a number of
 * its own: what was saved before is there until all of what comes after is.
 */
final class ParameterFile {

    /** What DJL calls the model's files by, whatever the folder's name. */
    static final String NAME = "ensemble";

    private static final String FILES = NAME + "-\\d{4}\\.params";

    private ParameterFile() {}

    /** Saves under the next free number. */
    static Path save(Model model, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path temporary = folder.resolve(".saving");
        delete(temporary);
        // another model: it remembers where it was saved
        try (Model copy = Model.newInstance(NAME, model.getNDManager().getDevice())) {
            copy.setBlock(model.getBlock());
            copy.setDataType(model.getDataType());
            copy.save(temporary, NAME);
            int number = Utils.getCurrentEpoch(folder, NAME) + 1;
            Path file = folder.resolve(String.format(Locale.ROOT, "%s-%04d.params", NAME, number));
            AtomicFile.move(list(temporary).get(0), file);
            return file;
        } finally {
            delete(temporary);
        }
    }

    /** Deletes all but one. */
    static void deleteOthers(Path folder, Path kept) throws IOException {
        for (Path file : list(folder)) {
            if (isOne(file) && !file.getFileName().equals(kept.getFileName())) {
                Files.delete(file);
            }
        }
    }

    /**
     * Requires that DJL, which takes the file with the largest number, takes this one.
     *
     * @throws ModelFolderException if a save was interrupted between its files
     */
    static void requireNewest(Path folder, String name) throws IOException {
        for (Path file : list(folder)) {
            if (isOne(file) && file.getFileName().toString().compareTo(name) > 0) {
                throw new ModelFolderException(
                        "%s is left of a save that was interrupted: delete it, or save the model again"
                                .formatted(file));
            }
        }
    }

    static int getNumber(String name) {
        return Integer.parseInt(name.substring(NAME.length() + 1, NAME.length() + 5));
    }

    static boolean isName(String name) {
        return name.matches(FILES);
    }

    private static boolean isOne(Path file) {
        return isName(file.getFileName().toString());
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
