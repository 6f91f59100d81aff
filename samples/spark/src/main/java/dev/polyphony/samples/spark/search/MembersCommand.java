/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.report.Report;
import dev.polyphony.samples.spark.command.SparkOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A deep ensemble whose members are trained on Spark, on the command line. */
@Command(
        name = "members",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains the members of a deep ensemble, each as a task of Spark in a process of its own,"
                    + " and puts them together into a model folder. It is the ensemble that one"
                    + " process would have trained on one thread, bit for bit on the same kind of"
                    + " machine.",
            "Called again, it goes on where it was stopped or killed."
        })
public final class MembersCommand implements Callable<Integer> {

    @Mixin private ModelChoices model;

    @Option(
            names = "--members",
            paramLabel = "M",
            description =
                    "The number of members, of which there must be a form (default: that of the"
                            + " deep ensemble that is annotated).")
    private Integer members;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of everything that is drawn (default: ${DEFAULT-VALUE}).")
    private int seed;

    @Option(
            names = "--out",
            defaultValue = "runs/members",
            paramLabel = "DIR",
            description =
                    "Folder of the members, the model and the page. On a cluster all machines must"
                            + " see it under the same path (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin private SparkOptions spark;

    @Spec private CommandSpec spec;

    /** Creates the command, as picocli does. */
    public MembersCommand() {}

    /** {@inheritDoc} */
    @Override
    public Integer call() throws IOException {
        MemberTraining training = plan();
        Report report;
        try (SparkSession session = spark.open()) {
            report =
                    training.run(
                            JavaSparkContext.fromSparkContext(session.sparkContext()),
                            spec.commandLine().getErr()::println);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println("Model: " + training.getModel());
        console.println("Page: " + training.write(report));
        console.flush();
        return 0;
    }

    /** What was called wrongly fails here, before Spark starts. */
    private MemberTraining plan() throws IOException {
        try {
            SearchProject project = model.newProject();
            Candidates candidates = model.getCandidates(project);
            Map<String, List<String>> asked =
                    members == null ? Map.of() : Map.of("m", List.of(members.toString()));
            List<Candidate> forms =
                    candidates.choose(List.of(DeepEnsembleForm.of(2).getName()), asked);
            if (forms.size() > 1) {
                throw new IllegalArgumentException(
                        "The model has several deep ensembles: say with --members which one");
            }
            Map<String, String> settings = single(model.getTraining(project));
            settings.put(Trial.SEED, Integer.toString(seed));
            Trial ensemble =
                    new Trial(
                            forms.get(0).row(),
                            forms.get(0).toString(),
                            single(model.getModel(project)),
                            settings,
                            null);
            return new MemberTraining(
                    project, ensemble, new SearchFolder(out.toAbsolutePath().normalize()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Map<String, String> single(Map<String, Choice> choices) {
        Map<String, String> values = new TreeMap<>();
        // of what a search would vary the first value
        choices.forEach((name, choice) -> values.put(name, choice.getAny()));
        return values;
    }
}
