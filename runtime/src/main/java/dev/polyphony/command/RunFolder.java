/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a run:
 *
 * <pre>
 * run.json          how it was called
 * checkpoints/      what it goes on from
 * results/          for a comparison what rows said, so that none is asked twice
 * training.html     how it goes: a page of curves; history.csv and history.json
 * model/            what was trained; for a comparison a folder for each row
 * index.html        the report; report.md, report.json, results.csv, pictures/
 * </pre>
 *
 * @param path the folder
 */
record RunFolder(Path path) {

    Path getRunFile() {
        return path.resolve("run.json");
    }

    Path getCheckpoints() {
        return path.resolve("checkpoints");
    }

    /** Where members are that are trained in processes of their own. */
    Path getMembers() {
        return path.resolve("members");
    }

    /** Where a comparison keeps what its rows said. */
    Path getResults() {
        return path.resolve("results");
    }

    Path getModels() {
        return path.resolve("model");
    }

    /** The model folders of the run: one, or of a comparison one for each row. */
    List<Path> findModels() throws IOException {
        return find(getModels(), Pattern.quote(ModelFolder.DESCRIPTION)).stream()
                .map(Path::getParent)
                .toList();
    }

    /** Requires that something is trained. */
    void requireModel() throws IOException {
        if (findModels().isEmpty()) {
            throw new IllegalArgumentException(
                    "The run in %s is not finished, there is no model yet: go on with it by 'resume %s'"
                            .formatted(getShown(), path));
        }
    }

    /** The path as messages show it. */
    Path getShown() {
        return path.toAbsolutePath().normalize();
    }

    /** Requires that a run may begin here. */
    void requireFree(boolean overwrite) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new WrongCallException("--out is a folder, but %s is not".formatted(path));
        }
        if (isBegun() && !overwrite) {
            throw new WrongCallException(
                    "%s has a run: go on with it by 'resume %s', or train with another --out, or with --overwrite"
                            .formatted(getShown(), path));
        }
    }

    /** Whether there is a run in the folder that has got as far as to have something to lose. */
    boolean isBegun() throws IOException {
        return Files.exists(getRunFile()) && !findKept().isEmpty();
    }

    /** Checkpoints and results, for which seeds and rows have folders of their own, and members. */
    private List<Path> findKept() throws IOException {
        List<Path> kept = new ArrayList<>(find(getCheckpoints(), ".*\\.ply"));
        kept.addAll(find(getMembers(), "(member-\\d+|job)\\.bin"));
        kept.addAll(find(getResults(), "row\\.json|answers-\\d+\\.bin"));
        return kept;
    }

    private static List<Path> find(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(file -> file.getFileName().toString().matches(name)).toList();
        }
    }

    /** Deletes checkpoints, members and results, and nothing else. */
    void deleteKept() throws IOException {
        for (Path file : findKept()) {
            Files.delete(file);
        }
    }

    /** Requires that there is a run in the folder. */
    void requireRun() {
        if (!Files.isRegularFile(getRunFile())) {
            throw new WrongCallException(
                    "There is no run in %s: train one with --out %s first"
                            .formatted(getShown(), path));
        }
    }
}
