/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.Harness;
import dev.polyphony.harness.MemberTraining;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The ways in which the members of a deep ensemble can be trained. */
final class MemberOptions {

    private static final String MEMBERS = "--members";
    private static final String PROCESSES = "--processes";
    private static final String SNAPSHOTS = "--snapshots";

    @Option(
            names = MEMBERS,
            converter = Converters.ToMembers.class,
            paramLabel = "WAY",
            description =
                    "How the members of a deep ensemble are trained: auto (together where the memory"
                            + " allows it, else in processes), vectorized (one network, if it is one),"
                            + " copies (models beside one another) or processes (default: auto).")
    private MemberTraining way;

    @Option(
            names = PROCESSES,
            paramLabel = "N",
            description =
                    "Train the members of a deep ensemble in N processes of their own at a time,"
                            + " one thread each. Members are kept when they are trained, in place of"
                            + " checkpoints.")
    private Integer processes;

    @Option(
            names = SNAPSHOTS,
            description =
                    "Train one model of a deep ensemble, and take it as a member at the end of each"
                            + " cycle of its learning rate; --epochs are those of all cycles.")
    private boolean snapshots;

    /** Members that are not trained beside one another start from parameters that are drawn. */
    void requireDrawn(WarmStartOptions start) {
        boolean apart = processes != null || way == MemberTraining.PROCESSES;
        if (start.isGiven() && (apart || snapshots)) {
            throw new WrongCallException(
                    "%s starts members that are trained beside one another: leave it out with %s"
                            .formatted(
                                    WarmStartOptions.WARM_START,
                                    snapshots
                                            ? SNAPSHOTS
                                            : processes != null ? PROCESSES : MEMBERS));
        }
    }

    void apply(Harness harness, Path members) {
        if (snapshots && (processes != null || way != null)) {
            throw new WrongCallException(
                    "%s and %s exclude one another: snapshots are taken of one model, in one process"
                            .formatted(processes != null ? PROCESSES : MEMBERS, SNAPSHOTS));
        }
        if (processes != null && way != null && way != MemberTraining.PROCESSES) {
            throw new WrongCallException(
                    "%s is for members in processes: leave it out with %s %s"
                            .formatted(PROCESSES, MEMBERS, way));
        }
        if (processes != null) {
            requireDeep(harness, PROCESSES);
            harness.optProcesses(processes, members);
        } else if (way != null) {
            requireDeep(harness, MEMBERS);
            harness.optMembers(way, members);
        } else if (isDeep(harness)) {
            harness.optMembers(MemberTraining.AUTO, members);
        }
        if (snapshots) {
            harness.optRecipe(Recipe.snapshots(requireModels(harness, SNAPSHOTS)));
        }
    }

    private static boolean isDeep(Harness harness) {
        return harness.getRecipe().form() instanceof DeepEnsembleForm;
    }

    private static void requireDeep(Harness harness, String option) {
        if (!isDeep(harness)) {
            throw new WrongCallException(
                    "%s is for deep ensembles, and this is %s: leave it out"
                            .formatted(option, harness.getRecipe().form()));
        }
    }

    private static DeepEnsembleForm requireModels(Harness harness, String option) {
        if (harness.getRecipe().form() instanceof DeepEnsembleForm form && !form.isVectorized()) {
            return form;
        }
        throw new WrongCallException(
                "%s is for deep ensembles whose members are models of their own, and this is %s: leave it out"
                        .formatted(option, harness.getRecipe().form()));
    }
}
