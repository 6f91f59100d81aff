/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import dev.polyphony.harness.Harness;
import dev.polyphony.harness.TrainedEnsemble;
import dev.polyphony.report.Report;
import dev.polyphony.train.checkpoint.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** A deep ensemble from its members, each a trial, to its model folder. */
final class MemberTraining {

    private final SearchProject project;
    private final Trial ensemble;
    private final List<Trial> members;
    private final SearchData data;
    private final SearchFolder folder;

    /**
     * Plans the training, and finds out whether it can begin.
     *
     * @param project whose model it is
     * @param ensemble the whole ensemble
     * @param folder where all is kept
     * @throws IllegalArgumentException if it makes no sense
     * @throws IOException if the data cannot be read
     */
    MemberTraining(SearchProject project, Trial ensemble, SearchFolder folder) throws IOException {
        this.project = project;
        this.ensemble = ensemble;
        this.folder = folder;
        data = project.readData();
        int count = ensemble.newHarness(project).getRecipe().form().getMembers();
        members = IntStream.range(0, count).mapToObj(ensemble::withMember).toList();
        members.forEach(member -> member.newHarness(project));
    }

    /**
     * Trains what is missing, puts the members together, saves and judges the ensemble.
     *
     * @param spark where members are trained
     * @param progress is told when one is done
     * @return the report
     * @throws IOException if the folder has something else, or cannot be read or written
     * @throws SearchException if a member fails, or an executor cannot do its work
     */
    Report run(JavaSparkContext spark, Consumer<String> progress) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("ensemble", ensemble.toString());
        folder.begin(
                new SearchFolder.Identity(
                        project.getClass().getName(), data.getFingerprint(), parts));
        new TrialJob(spark, folder, progress)
                .run(members)
                .forEach(
                        (member, result) -> {
                            if (result.isFailed()) {
                                throw new SearchException(
                                        "Member %d failed: %s"
                                                .formatted(member.member(), result.failure()));
                            }
                        });
        List<Checkpoints> trained =
                members.stream()
                        .map(one -> TrialTraining.checkpoints(folder.of(one.getKey())))
                        .toList();
        Harness harness = ensemble.newHarness(project);
        try (TrainedEnsemble whole = harness.assemble(trained, data.train())) {
            Report report = whole.evaluate(data.test(), Map.of());
            whole.save(getModel());
            return report;
        }
    }

    Path getModel() {
        return folder.path().resolve("model");
    }

    Path write(Report report) throws IOException {
        return report.writeTo(folder.path().resolve("report"));
    }
}
