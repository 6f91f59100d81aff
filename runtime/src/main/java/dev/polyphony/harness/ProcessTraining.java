/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.ImageBytes;
import dev.polyphony.data.LabeledData;
import dev.polyphony.data.Task;
import dev.polyphony.engine.OneDnn;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains the members of a deep ensemble in processes of their own, and puts them together.
 *
 * @param processes how many run at a time
 * @param folder where members are kept; null for a folder that is deleted at the end
 */
record ProcessTraining(int processes, Path folder) {

    private static final String REFUSED = "Members cannot be trained in processes of their own: ";

    /**
     * Trains.
     *
     * @param harness what is trained
     * @param recipe its recipe, for the task of the data
     * @param validation what a selection, evaluators and listeners see of each member; may be null
     * @throws IllegalArgumentException if members cannot be trained in processes
     */
    Trained train(
            String name,
            HarnessOptions harness,
            Recipe recipe,
            Training training,
            Examples train,
            Examples validation,
            Progress progress) {
        require(harness, recipe, training, train.getTask());
        MemberJob job = job(name, harness, training, train, validation);
        return keep(
                kept -> {
                    List<MemberResult> results = new MemberProcesses(kept, processes).train(job);
                    MemberHistory history = new MemberHistory(results);
                    history.show(job, recipe, progress);
                    return new TrainingLoop(recipe, training, Progress.none())
                            .assemble(
                                    name,
                                    harness.getNetwork(),
                                    train,
                                    ensemble -> {
                                        MemberPlacement.load(
                                                ensemble,
                                                copies(harness),
                                                results.stream()
                                                        .map(MemberResult::parameters)
                                                        .toList());
                                        return history.together();
                                    });
                });
    }

    /** Trains in a folder. */
    private interface InFolder {

        Trained train(Path folder);
    }

    private Trained keep(InFolder work) {
        if (folder != null) {
            return work.train(folder);
        }
        Path passing = null;
        try {
            passing = Files.createTempDirectory("polyphony-members");
            return work.train(passing);
        } catch (IOException e) {
            throw new UncheckedIOException("Members have no folder to be kept in: " + e, e);
        } finally {
            MemberProcesses.delete(passing);
        }
    }

    /**
     * Returns why members cannot be trained so that they become what they become together.
     *
     * @param harness a harness of a deep ensemble
     * @return the reason; empty if they can
     */
    Optional<String> refuse(HarnessOptions harness, Training training, Examples train) {
        try {
            require(
                    harness,
                    harness.getRecipe().forTask(train.getTask()),
                    training,
                    train.getTask());
            if (!training.keepsLastEpoch() || training.isWatched()) {
                throw refused(
                        "each would be judged, watched and kept by itself, not with the others");
            }
            // data in memory can be handed over, and are not written to find that out
            boolean isInMemory = train instanceof LabeledData || train instanceof ImageBytes;
            MemberJob job = job("The ensemble", harness, training, isInMemory ? null : train, null);
            job.toBytes();
            // which finds their classes
            ChildProcess.of(MemberProcess.class, job.getUser(), List.of());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static PlainCopies copies(HarnessOptions harness) {
        return harness.getCopies(harness.getRecipe().form().getMembers()).orElse(null);
    }

    private static MemberJob job(
            String name,
            HarnessOptions harness,
            Training training,
            Examples train,
            Examples validation) {
        boolean isSeen = !training.keepsLastEpoch() || training.isWatched();
        return new MemberJob(
                name,
                harness.getModels(),
                harness.getRecipe().form().getMembers(),
                training,
                train,
                isSeen ? validation : null,
                OneDnn.isEnabled());
    }

    private static void require(
            HarnessOptions harness, Recipe recipe, Training training, Task task) {
        requireModels(harness, recipe, training, task);
        if (harness.getStart() != null) {
            throw refused("they would start from parameters that are drawn");
        }
        training.findUnwritten()
                .ifPresent(
                        watcher -> {
                            throw refused(
                                    "the %s is not Serializable, so that it cannot be handed to them"
                                            .formatted(watcher.getClass().getName()));
                        });
    }

    /** Requires members that are models of their own, which nothing binds together. */
    static void requireModels(HarnessOptions harness, Recipe recipe, Training training, Task task) {
        if (!(recipe.form() instanceof DeepEnsembleForm form)) {
            throw refused(
                    recipe.form()
                            + " has no members that are models of their own; a deep ensemble has");
        }
        if (form.isVectorized() && copies(harness) == null) {
            throw refused(
                    "the ensemble is vectorized, and how its plain model is made is not known: say it with optPlainModel");
        }
        Recipe usual = Recipe.of(form).forTask(task);
        if (!recipe.toString().equals(usual.toString())
                || !recipe.batches().equals(usual.batches())) {
            throw refused("they have the usual recipe, and this is another one: " + recipe);
        }
        if (training.getClipNorm() > 0) {
            throw refused("the norm of the gradient is bounded over all of them together");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(REFUSED + why);
    }
}
