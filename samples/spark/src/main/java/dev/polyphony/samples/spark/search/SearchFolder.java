/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.polyphony.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a search, which all machines see under the same path: {@code search.json}, a folder
 * for each trial under its key, and at the end the tables and the page.
 *
 * @param path the folder
 */
record SearchFolder(Path path) {

    private static final String SEARCH = "search.json";
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * What {@code search.json} says.
     *
     * @param project the class of the project
     * @param data what tells its data from others
     * @param parts what else tells this search from others
     */
    record Identity(String project, String data, Map<String, String> parts) {

        private Map<String, String> all() {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("project", project);
            all.put("data", data);
            all.putAll(parts);
            return all;
        }
    }

    /**
     * Takes the folder for a search, which goes on with what is there of it.
     *
     * @throws IOException if it cannot be written to, or has something else
     */
    void begin(Identity identity) throws IOException {
        Path file = path.resolve(SEARCH);
        if (Files.exists(file)) {
            requireSame(readIdentity(), identity);
            return;
        }
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new IOException(
                            "%s is not empty and has no search: give another folder with --out"
                                    .formatted(path));
                }
            }
        }
        AtomicFile.write(file, GSON.toJson(identity) + "\n");
    }

    Identity readIdentity() throws IOException {
        Path file = path.resolve(SEARCH);
        try {
            Identity identity = GSON.fromJson(Files.readString(file), Identity.class);
            if (identity != null && identity.project != null && identity.parts != null) {
                return identity;
            }
        } catch (NoSuchFileException e) {
            throw new IOException("There is no search in %s".formatted(path), e);
        } catch (JsonParseException e) {
            throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
        throw new IOException("%s is not what a search wrote".formatted(file));
    }

    private void requireSame(Identity old, Identity now) throws IOException {
        Map<String, String> before = old.all();
        Map<String, String> after = now.all();
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String then = before.getOrDefault(name, "not there");
            String here = after.getOrDefault(name, "not there");
            if (!then.equals(here)) {
                throw new IOException(
                        "%s belongs to another search, with the %s '%s' and not '%s': give another folder with --out"
                                .formatted(path, name, then, here));
            }
        }
    }

    TrialFolder of(String key) {
        return new TrialFolder(path.resolve("trials").resolve(key));
    }

    /**
     * The folder of a trial.
     *
     * @param path the folder
     */
    record TrialFolder(Path path) {

        Path getSpec() {
            return path.resolve("trial.json");
        }

        Path getLock() {
            return path.resolve("lock");
        }

        Path getLog(long attempt) {
            return path.resolve("attempt-" + attempt + ".log");
        }

        Path getCheckpoints() {
            return path.resolve("checkpoints");
        }

        Path getModel() {
            return path.resolve("model");
        }

        Path getAnswers() {
            return path.resolve("answers");
        }

        private Path getResult() {
            return path.resolve("result.json");
        }

        /** Writes what is to be trained, unless that was done. */
        void write(Trial trial) throws IOException {
            if (!has(trial.toJson())) {
                AtomicFile.write(getSpec(), trial.toJson());
            }
        }

        /** Whether the folder is there, as the driver wrote it. */
        boolean has(String spec) {
            try {
                return Files.readString(getSpec()).equals(spec);
            } catch (IOException e) {
                return false;
            }
        }

        /** Reads the result, if there is one. */
        Optional<TrialResult> findResult() throws IOException {
            try {
                return Optional.of(TrialResult.parse(Files.readString(getResult())));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new IOException(
                        "%s cannot be read: %s. Delete it, and the trial is trained again"
                                .formatted(getResult(), e.getMessage()),
                        e);
            }
        }

        /** From here on the trial is done. */
        void write(TrialResult result) throws IOException {
            AtomicFile.write(getResult(), result.toJson());
        }
    }
}
