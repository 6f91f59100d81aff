/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.engine.OneDnn;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.MemberParameters;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Trains each member of a deep ensemble in a process of its own, and puts them together.
 *
 * @param processes how many run at a time
 * @param folder where members are kept
 */
record ProcessTraining(int processes, Path folder) {

    ProcessTraining {
        Objects.requireNonNull(folder, "folder");
        if (processes < 1) {
            throw new IllegalArgumentException(
                    "There must be at least 1 process, not " + processes);
        }
    }

    Trained train(
            String name,
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            Training training,
            Examples train,
            Progress progress) {
        int members = require(recipe, training, train.getTask());
        MemberJob job = new MemberJob(name, network, members, training, train, OneDnn.isEnabled());
        List<MemberResult> results = new MemberProcesses(folder, processes).train(job);
        History history = together(results);
        int steps = Math.toIntExact(history.steps() / training.getEpochs());
        progress.onBegin(
                new Progress.Run(
                        name,
                        training.getEpochs(),
                        steps,
                        (long) train.size() * recipe.batches().getRepetitions(),
                        List.of(),
                        0,
                        training.getLearningRates(steps)));
        try {
            history.epochs().forEach(progress::onEpoch);
            return new TrainingLoop(recipe, training, Progress.none())
                    .assemble(
                            name,
                            network,
                            train,
                            ensemble -> {
                                MemberParameters.load(
                                        ensemble,
                                        results.stream().map(MemberResult::parameters).toList());
                                return history;
                            });
        } finally {
            progress.onEnd();
        }
    }

    /** Requires members that can be trained apart, and returns their number. */
    static int require(Recipe recipe, Training training, Task task) {
        if (!(recipe.form() instanceof DeepEnsembleForm form) || form.isVectorized()) {
            throw refused(
                    recipe.form()
                            + " has no members that are models of their own; a deep ensemble"
                            + " that is not vectorized has");
        }
        int members = form.getMembers();
        Recipe usual = Recipe.of(form).forTask(task);
        if (!recipe.toString().equals(usual.toString())
                || !recipe.batches().equals(usual.batches())) {
            throw refused("they have the usual recipe, and this is another one: " + recipe);
        }
        if (!training.keepsLastEpoch()) {
            throw refused("what is kept of the epochs is decided by all of them together");
        }
        if (training.isWatched()) {
            throw refused("listeners and evaluators of this process do not see those");
        }
        if (training.getClipNorm() > 0) {
            throw refused("the norm of the gradient is bounded over all of them together");
        }
        return members;
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(
                "Members cannot be trained in processes of their own: " + why);
    }

    /** The losses of members are summed, as in one process. */
    static History together(List<MemberResult> results) {
        History first = results.get(0).history();
        List<History.Epoch> epochs = new ArrayList<>();
        for (int i = 0; i < first.epochs().size(); i++) {
            double loss = 0;
            double seconds = 0;
            for (MemberResult result : results) {
                loss += result.history().epochs().get(i).trainingLoss();
                seconds += result.history().epochs().get(i).seconds();
            }
            epochs.add(new History.Epoch(i + 1, loss, Double.NaN, Double.NaN, seconds));
        }
        double seconds = results.stream().mapToDouble(one -> one.history().seconds()).sum();
        return new History(epochs, first.steps(), seconds, first.kept());
    }
}
