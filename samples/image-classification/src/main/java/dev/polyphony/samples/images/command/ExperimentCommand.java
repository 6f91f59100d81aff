/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.command;

import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.data.Parts;
import dev.polyphony.samples.images.data.Scale;
import dev.polyphony.samples.images.recipe.ExperimentRecipes;
import dev.polyphony.samples.images.recipe.Recipe;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The reduced experiment. */
@Command(
        name = "experiment",
        sortOptions = false,
        description =
                "Trains plain networks, deep ensembles, Packed-Ensembles, BatchEnsemble, MIMO and MixMo"
                        + " with two small networks on 10,000 images of CIFAR-10. Called again, it goes on"
                        + " where it stopped or was killed.")
final class ExperimentCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "DIR", description = "Where CIFAR-10 is.")
    private Path data;

    @Option(
            names = "--seeds",
            defaultValue = "3",
            paramLabel = "N",
            description = "Runs of each row, with the seeds 0, 1, ... (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--shown-seed",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Seed whose pictures and costs the report shows beside the figures of all"
                            + " (default: ${DEFAULT-VALUE}).")
    private int shownSeed;

    @Option(
            names = "--out",
            defaultValue = "runs/experiment",
            paramLabel = "DIR",
            description =
                    "Folder of the runs, the table and the report (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--runs",
            defaultValue = "2147483647",
            paramLabel = "N",
            description = "Stop after so many runs (default: when all are done).")
    private int runs;

    @Option(
            names = "--only",
            defaultValue = "",
            paramLabel = "PART",
            description = "Those rows alone whose name has this in it, such as cifarnet.")
    private String only;

    @Option(
            names = "--scale",
            defaultValue = "FULL",
            paramLabel = "SCALE",
            description = "full, or smoke for a few steps on made-up images (default: full).")
    private Scale scale;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Recipe> rows =
                ExperimentRecipes.all().stream()
                        .filter(recipe -> recipe.name().contains(only))
                        .toList();
        if (rows.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "No row of the experiment has '%s' in it".formatted(only));
        }
        if (scale == Scale.REDUCED) {
            throw new ParameterException(
                    spec.commandLine(), "The experiment is reduced already: --scale full or smoke");
        }
        if (shownSeed < 0 || shownSeed >= seeds) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shown-seed is one of the seeds 0 to %d, but is %d"
                            .formatted(seeds - 1, shownSeed));
        }
        Parts parts = DataSet.CIFAR10.read(data, scale, 0);
        Parts own = scale == Scale.SMOKE ? parts : parts.withTrain(ExperimentRecipes.TRAIN_SHARE);
        Experiment experiment = new Experiment(rows, seeds, scale, own, out, Progress.automatic());
        int missing = experiment.run(runs);
        experiment.summarize();
        if (missing == 0) {
            experiment.report(shownSeed);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println(experiment.getState());
        console.println("Table: " + out.resolve("results.md").toAbsolutePath().normalize());
        console.flush();
        return 0;
    }
}
