/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.data.Examples;
import dev.polyphony.data.SharedBatches;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LoneMember;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.optimize.Schedules;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Trains one model with a learning rate that falls to 0 in every cycle, and takes it as a member at
 * the end of each.
 *
 * @see <a href="https://arxiv.org/abs/1704.00109">Snapshot Ensembles: Train 1, Get M for Free</a>
 */
public final class SnapshotTraining {

    private final Recipe recipe;
    private final Training training;
    private final Progress progress;
    private final RunHook hook;

    /**
     * Creates a training.
     *
     * @param recipe a recipe of {@link Recipe#snapshots}
     * @param training the other settings; the learning rate is that of the first update of a cycle
     * @param progress is told how it comes along
     * @throws IllegalArgumentException if the learning rate has a schedule of its own
     */
    public SnapshotTraining(Recipe recipe, Training training, Progress progress) {
        this(recipe, training, progress, RunHook.none());
    }

    /**
     * Creates a training.
     *
     * @param recipe a recipe of {@link Recipe#snapshots}
     * @param training the other settings; the learning rate is that of the first update of a cycle
     * @param progress is told how it comes along
     * @param hook is called as {@link TrainingLoop} calls it, once a snapshot has been taken
     * @throws IllegalArgumentException if the learning rate has a schedule of its own
     */
    public SnapshotTraining(Recipe recipe, Training training, Progress progress, RunHook hook) {
        int members = recipe.form().getMembers();
        if (!training.getScheduleText().equals(Schedules.getName(Schedule.constant()))) {
            throw new IllegalArgumentException(
                    "Snapshots are taken at the ends of cycles of the learning rate, which leave no room for a schedule: "
                            + training.getScheduleText());
        }
        if (training.isBootstrap() || !training.keepsLastEpoch()) {
            throw new IllegalArgumentException(
                    "Snapshots are taken of one run at fixed times: leave out bootstrap samples, selection and patience");
        }
        this.recipe = recipe;
        this.training = training.toBuilder().optSchedule(Schedule.cosineCycles(members)).build();
        this.progress = progress;
        this.hook = hook;
    }

    /**
     * Trains.
     *
     * @param name the name of the model
     * @param network makes a deep ensemble of copies
     * @param train the training data
     * @param validation what the model is judged on after each epoch, or null
     * @return the ensemble of snapshots, to be closed, with the history of the one run
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws ai.djl.TrainingDivergedException if the loss becomes NaN or infinite
     */
    public Trained train(
            String name,
            Supplier<? extends Ensemble> network,
            Examples train,
            Examples validation) {
        Recipe one =
                Recipe.of(DeepEnsembleForm.of(1))
                        .withBatches(new SharedBatches())
                        .withLoss(recipe.loss())
                        .withAggregation(recipe.aggregation());
        Snapshots snapshots = new Snapshots(getUpdates(one, train));
        History history;
        try (Trained trained =
                new TrainingLoop(one, training, progress, snapshots)
                        .train(name, () -> LoneMember.of(network.get(), 0), train, validation)) {
            history = trained.history();
        }
        return new TrainingLoop(recipe, training, Progress.none())
                .assemble(
                        name,
                        network,
                        train,
                        ensemble -> {
                            MemberParameters.load(ensemble, snapshots.run.state().getMembers());
                            return history;
                        });
    }

    private long getUpdates(Recipe one, Examples train) {
        int steps =
                one.batches()
                        .getEpoch(train.size(), training.getBatchSize(), training.getSeed(), 0)
                        .getSteps();
        long updates = (long) steps * training.getEpochs();
        int members = recipe.form().getMembers();
        long cycle = Schedules.cycle(updates, members);
        if ((updates + cycle - 1) / cycle != members) {
            throw new IllegalArgumentException(
                    "%d updates cannot be divided into %d cycles: train for more epochs"
                            .formatted(updates, members));
        }
        return updates;
    }

    private final class Snapshots implements RunHook {

        private final long updates;
        private final long cycle;
        private TrainingRun run;

        Snapshots(long updates) {
            this.updates = updates;
            cycle = Schedules.cycle(updates, recipe.form().getMembers());
        }

        @Override
        public void onStart(TrainingRun started) {
            run = started;
            hook.onStart(started);
        }

        @Override
        public void onStep(TrainingRun made) {
            if (made.getSteps() % cycle == 0 || made.getSteps() == updates) {
                byte[] parameters = MemberParameters.save((LoneMember) made.getEnsemble());
                made.state().addMember(parameters);
            }
            // a checkpoint of this step has the snapshot
            hook.onStep(made);
        }

        @Override
        public void onEpoch(TrainingRun made) {
            hook.onEpoch(made);
        }

        @Override
        public Optional<Path> getLastCheckpoint() {
            return hook.getLastCheckpoint();
        }
    }
}
