/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.harness.Harness;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The ways in which the members of a deep ensemble can be trained. */
final class MemberOptions {

    private static final String PROCESSES = "--processes";
    private static final String SNAPSHOTS = "--snapshots";

    @Option(
            names = PROCESSES,
            paramLabel = "N",
            description =
                    "Train the members of a deep ensemble in processes of their own, N at a time,"
                            + " one thread each. Members are kept when they are trained, in place of"
                            + " checkpoints.")
    private Integer processes;

    @Option(
            names = SNAPSHOTS,
            description =
                    "Train one model of a deep ensemble, and take it as a member at the end of each"
                            + " cycle of its learning rate; --epochs are those of all cycles.")
    private boolean snapshots;

    /** Whether members are kept, each once it is trained, and no checkpoints. */
    boolean keepsMembers() {
        return processes != null;
    }

    /** Members that are not trained beside one another start from parameters that are drawn. */
    void requireDrawn(WarmStartOptions start) {
        if (start.isGiven() && (processes != null || snapshots)) {
            throw new WrongCallException(
                    "%s starts members that are trained beside one another: leave it out with %s"
                            .formatted(
                                    WarmStartOptions.WARM_START,
                                    processes != null ? PROCESSES : SNAPSHOTS));
        }
    }

    void apply(Harness harness, Path members) {
        if (processes != null && snapshots) {
            throw new WrongCallException(
                    "%s and %s exclude one another: snapshots are taken of one model, in one process"
                            .formatted(PROCESSES, SNAPSHOTS));
        }
        if (processes != null) {
            requireModels(harness, PROCESSES);
            harness.optProcesses(processes, members);
        }
        if (snapshots) {
            harness.optRecipe(Recipe.snapshots(requireModels(harness, SNAPSHOTS)));
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
