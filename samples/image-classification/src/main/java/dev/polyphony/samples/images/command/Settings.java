/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.data.Scale;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import picocli.CommandLine.Option;

/** What a run is told besides its recipe, on the command line or by the file of the run. */
final class Settings {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data set is; not needed for --scale smoke.")
    Path data;

    @Option(
            names = "--scale",
            defaultValue = "FULL",
            paramLabel = "SCALE",
            description =
                    "full: as in the literature; reduced: narrow networks, a tenth of the examples, a"
                            + " twentieth of the epochs, at least 3; smoke: a few steps on made-up images"
                            + " (default: full).")
    Scale scale;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    int seed;

    @Option(
            names = "--validation",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description =
                    "Share of the training images that epochs are judged on, and not trained on; 0 to"
                            + " train on all, as the literature does (default: ${DEFAULT-VALUE}).")
    double validation;

    @Option(
            names = "--checkpoint-minutes",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "Minutes after which a checkpoint is written; best epochs have one in any case"
                            + " (default: ${DEFAULT-VALUE}).")
    double checkpointMinutes;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "NAME",
            description =
                    "auto, cpu, gpu, gpu0 or gpu0,gpu1 and so on (default: ${DEFAULT-VALUE}).")
    String device;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "Threads of operations on the CPU; 0 for a choice (default: 0).")
    int threads;

    void write(Path file, String recipe) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("recipe", recipe);
        if (data != null) {
            properties.setProperty("data", data.toAbsolutePath().normalize().toString());
        }
        properties.setProperty("scale", scale.name());
        properties.setProperty("seed", String.valueOf(seed));
        properties.setProperty("validation", String.valueOf(validation));
        properties.setProperty("checkpoint-minutes", String.valueOf(checkpointMinutes));
        properties.setProperty("device", device);
        properties.setProperty("threads", String.valueOf(threads));
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, "What the run was told; resume and evaluate read it.");
        }
    }

    static Settings read(Path file, String recipe) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "There is no %s: train the recipe first, or say with --out where its run is"
                            .formatted(file));
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        String trained = properties.getProperty("recipe");
        if (!recipe.equals(trained)) {
            throw new IOException(
                    "%s is of a run of '%s', not of '%s'".formatted(file, trained, recipe));
        }
        Settings settings = new Settings();
        String folder = properties.getProperty("data");
        settings.data = folder == null ? null : Path.of(folder);
        settings.scale = Scale.valueOf(properties.getProperty("scale"));
        settings.seed = Integer.parseInt(properties.getProperty("seed"));
        settings.validation = Double.parseDouble(properties.getProperty("validation"));
        settings.checkpointMinutes =
                Double.parseDouble(properties.getProperty("checkpoint-minutes"));
        settings.device = properties.getProperty("device");
        settings.threads = Integer.parseInt(properties.getProperty("threads"));
        return settings;
    }
}
