/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Many recipes with several seeds in a folder: each run is trained, judged and written down on its
 * own, and none is made twice.
 */
final class Experiment {

    /** What the table shows of a run. */
    static final List<Metric> METRICS =
            List.of(
                    Metrics.ACCURACY,
                    Metrics.NLL,
                    Metrics.BRIER,
                    Metrics.ECE,
                    Metrics.MISCLASSIFICATION_AUROC,
                    Metrics.MEMBER_ACCURACY,
                    Metrics.DISAGREEMENT);

    private static final double MINUTES = 1;

    private final List<Recipe> recipes;
    private final int seeds;
    private final Scale scale;
    private final Parts data;
    private final Path folder;
    private final Progress progress;

    Experiment(
            List<Recipe> recipes,
            int seeds,
            Scale scale,
            Parts data,
            Path folder,
            Progress progress) {
        this.recipes = recipes;
        this.seeds = seeds;
        this.scale = scale;
        this.data = data;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Makes the runs that are missing, seed by seed.
     *
     * @param most how many at most
     * @return how many are still missing
     */
    int run(int most) throws IOException {
        int left = most;
        int missing = 0;
        for (int seed = 0; seed < seeds; seed++) {
            for (Recipe recipe : recipes) {
                if (Files.exists(result(recipe, seed))) {
                    continue;
                }
                if (left > 0) {
                    run(recipe, seed);
                    left--;
                } else {
                    missing++;
                }
            }
        }
        return missing;
    }

    private Path runFolder(Recipe recipe, int seed) {
        return folder.resolve("runs").resolve(recipe.name()).resolve("seed-" + seed);
    }

    private Path result(Recipe recipe, int seed) {
        return runFolder(recipe, seed).resolve("result.csv");
    }

    private void run(Recipe recipe, int seed) throws IOException {
        Path own = runFolder(recipe, seed);
        Checkpoints checkpoints =
                Checkpoints.in(own.resolve("checkpoints")).optEveryMinutes(MINUTES).optKeepLast(1);
        Harness harness = newHarness(recipe, seed).optCheckpoints(checkpoints);
        try (TrainedEnsemble trained =
                checkpoints.exist() ? harness.resume(data.train()) : harness.fit(data.train())) {
            trained.save(own.resolve("model"));
            Evaluation evaluation = Evaluation.of(trained.predict(data.test()));
            new ResultFile(result(recipe, seed))
                    .write(
                            evaluation.getValues(),
                            trained.getParameterCount(),
                            trained.getTrainingSeconds());
        }
    }

    private Harness newHarness(Recipe recipe, int seed) {
        return recipe.newHarness(scale)
                .optName(recipe.name() + ", seed " + seed)
                .optSeed(seed)
                .optProgress(progress);
    }

    /** Writes the tables of the runs that are there. */
    void summarize() throws IOException {
        ResultTable table = new ResultTable();
        for (Recipe recipe : recipes) {
            for (int seed = 0; seed < seeds; seed++) {
                Path file = result(recipe, seed);
                if (Files.exists(file)) {
                    Map<String, Double> values = new ResultFile(file).read();
                    table.add(recipe.network().title(), recipe.name(), seed, values);
                }
            }
        }
        Files.writeString(folder.resolve("results.csv"), table.toCsv());
        Files.writeString(folder.resolve("results.md"), table.toMarkdown());
    }

    /**
     * Writes a report for each network: figures over all seeds, and pictures and costs of one.
     *
     * @param shown that seed
     */
    void report(int shown) throws IOException {
        Map<String, List<Recipe>> networks =
                recipes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        recipe -> recipe.network().title(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        for (Map.Entry<String, List<Recipe>> network : networks.entrySet()) {
            newReport(network.getKey(), network.getValue(), shown)
                    .writeTo(folder.resolve("report").resolve(network.getKey().replace(' ', '-')));
        }
    }

    private Report newReport(String network, List<Recipe> rows, int shown) throws IOException {
        Report.Builder report =
                Report.builder()
                        .setTitle("Reduced experiment: " + network)
                        .addFact("Training images", String.valueOf(data.train().size()))
                        .addFact("Test images", String.valueOf(data.test().size()))
                        .addFact(
                                "Seeds",
                                "%d; pictures and costs are those of %d".formatted(seeds, shown));
        RunStatistics.Builder statistics = RunStatistics.builder().setReference(rows.get(0).name());
        for (Recipe recipe : rows) {
            Result result;
            try (TrainedEnsemble trained =
                    newHarness(recipe, shown)
                            .optName(recipe.name())
                            .load(runFolder(recipe, shown).resolve("model"))) {
                result = trained.getResult(data.test(), Map.of());
            }
            report.addResult(result);
            Set<Metric> metrics = result.evaluation().getValues().keySet();
            for (int seed = 0; seed < seeds; seed++) {
                Map<String, Double> values = new ResultFile(result(recipe, seed)).read();
                Map<Figure, Double> figures = new LinkedHashMap<>();
                metrics.forEach(
                        metric ->
                                figures.put(
                                        Figure.of(metric),
                                        values.getOrDefault(metric.key(), Double.NaN)));
                statistics.add(recipe.name(), seed, figures, null);
            }
        }
        if (rows.size() > 1) {
            report.optStatistics(statistics.build());
        }
        return report.build();
    }

    /** The runs by their state, for whoever waits. */
    String getState() {
        long done =
                recipes.stream()
                        .flatMapToInt(
                                recipe ->
                                        Arrays.stream(seedsOf())
                                                .filter(seed -> Files.exists(result(recipe, seed))))
                        .count();
        return "%d of %d runs are done".formatted(done, recipes.size() * seeds);
    }

    private int[] seedsOf() {
        int[] all = new int[seeds];
        Arrays.setAll(all, seed -> seed);
        return all;
    }
}
