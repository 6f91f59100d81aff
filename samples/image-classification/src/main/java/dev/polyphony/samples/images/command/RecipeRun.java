/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.data.Examples;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/**
 * A recipe in a folder: {@code run.properties}, {@code checkpoints}, the models {@code last} and
 * {@code best}, and {@code report}.
 */
final class RecipeRun {

    static final String LAST = "last";
    static final String BEST = "best";

    private final Recipe recipe;
    private final Settings settings;
    private final Path folder;
    private final Progress progress;

    RecipeRun(Recipe recipe, Settings settings, Path folder, Progress progress) {
        this.recipe = recipe;
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    static Path settingsFile(Path folder) {
        return folder.resolve("run.properties");
    }

    Path getReportFolder() {
        return folder.resolve("report");
    }

    Parts readData() throws IOException {
        return recipe.data().read(settings.data, settings.scale, settings.validation);
    }

    Examples readForeign(Path images) throws IOException {
        return recipe.data().readForeign(images, settings.scale);
    }

    /** Trains, or goes on; saves the last epoch, and the best if there are validation data. */
    void train(Parts data, boolean resumes) throws IOException {
        Examples validation = data.validation().orElse(null);
        Harness harness = newHarness(validation != null);
        try (TrainedEnsemble trained =
                resumes
                        ? harness.resume(data.train(), validation)
                        : harness.fit(data.train(), validation)) {
            trained.save(folder.resolve(LAST));
            if (validation != null) {
                saveBest(harness, trained.getHistory(), data.train());
            }
        }
    }

    private Harness newHarness(boolean keepsBest) {
        return recipe.newHarness(settings.scale)
                .optSeed(settings.seed)
                .optDevice(settings.device)
                .optThreads(settings.threads)
                .optProgress(progress)
                .optHistory(folder)
                .optCheckpoints(
                        Checkpoints.in(checkpoints())
                                .optEveryMinutes(settings.checkpointMinutes)
                                .optKeepBest(keepsBest));
    }

    private Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private void saveBest(Harness harness, History history, Examples train) throws IOException {
        int best =
                history.epochs().stream()
                        .min(Comparator.comparingDouble(History.Epoch::validationLoss))
                        .orElseThrow()
                        .number();
        long steps = history.steps() / history.epochs().size() * best;
        Path file = checkpoints().resolve(String.format(Locale.ROOT, "checkpoint-%08d.ply", steps));
        try (TrainedEnsemble trained = harness.loadCheckpoint(file, train)) {
            trained.save(folder.resolve(BEST));
        }
    }

    /**
     * Loads a model of the run.
     *
     * @param from {@code last}, {@code best}, the folder of a saved model, or a checkpoint
     */
    TrainedEnsemble load(String from, Parts data) throws IOException {
        Harness harness = newHarness(false);
        if (from.equals(LAST) || from.equals(BEST)) {
            return harness.load(folder.resolve(from));
        }
        Path place = Path.of(from);
        if (Files.isRegularFile(place)) {
            return harness.loadCheckpoint(place, data.train());
        }
        return harness.load(place);
    }
}
