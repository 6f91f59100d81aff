/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.report.Report;
import dev.polyphony.samples.spark.command.SparkOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The search on the command line. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = false,
        description = {
            "Trains annotated forms with several settings, each trial as a task of Spark in a process"
                    + " of its own, and shows the best by the validation data.",
            "Called again, it goes on where it was stopped or killed: trials that are done are not"
                    + " trained again, and others go on from their checkpoints."
        })
public final class SearchCommand implements Callable<Integer> {

    /** How trials are chosen from the space. */
    private static final class Way {

        @Option(
                names = "--trials",
                paramLabel = "N",
                description = "Draw so many at random (default: 8).")
        Integer trials;

        @Option(names = "--grid", description = "Try every combination.")
        boolean isGrid;
    }

    private static final int USUAL = 8;

    @ArgGroup private Way way;

    @Option(
            names = "--draw-seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of the draws of --trials (default: ${DEFAULT-VALUE}).")
    private long drawSeed;

    @Mixin private SpaceOptions space;

    @Option(
            names = "--select",
            paramLabel = "METRIC",
            description =
                    "What the best is by, on the validation data, such as accuracy (default: the"
                            + " negative log likelihood of classes).")
    private String metric;

    @Option(
            names = "--rows",
            defaultValue = "20",
            paramLabel = "N",
            description = "The page has so many of the best (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--out",
            defaultValue = "runs/search",
            paramLabel = "DIR",
            description =
                    "Folder of the trials, the tables and the page. On a cluster all machines must"
                            + " see it under the same path (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin private SparkOptions spark;

    @Spec private CommandSpec spec;

    /** Creates the command, as picocli does. */
    public SearchCommand() {}

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        Search search = plan();
        PrintWriter err = spec.commandLine().getErr();
        Report report;
        try (SparkSession session = spark.open()) {
            report =
                    search.run(
                            JavaSparkContext.fromSparkContext(session.sparkContext()),
                            err::println);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println("Best by the validation data: " + search.getBest());
        console.println("Its model: " + search.getBestModel());
        console.println("All trials: " + search.getTable());
        console.println("Page: " + search.write(report));
        console.flush();
        return 0;
    }

    /** What was called wrongly fails here, before Spark starts. */
    private Search plan() throws IOException {
        try {
            SearchProject project = space.model.newProject();
            SearchSpace made = space.newSpace(project);
            boolean isGrid = way != null && way.isGrid;
            int count = way == null || way.trials == null ? USUAL : way.trials;
            List<Trial> trials = isGrid ? made.getGrid() : made.draw(count, drawSeed);
            return new Search(
                    project,
                    made,
                    trials,
                    isGrid ? "every combination" : "drawn with the seed " + drawSeed,
                    metric,
                    rows,
                    new SearchFolder(out.toAbsolutePath().normalize()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
