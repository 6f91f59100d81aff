/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Checkpointing;
import dev.polyphony.train.DivergedException;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.RunHook;
import dev.polyphony.train.RunKey;
import dev.polyphony.train.SavedParameters;
import dev.polyphony.train.SnapshotTraining;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * An ensemble with its method's recipe, to be trained and judged. Generated harnesses extend it:
 *
 * <pre>{@code
 * try (TrainedEnsemble lenet = PackedLeNetHarness.of(10).optEpochs(5).fit(train, validation)) {
 *     lenet.evaluate(test, Map.of("letters", letters)).writeTo(Path.of("report"));
 * }
 * }</pre>
 */
public abstract class Harness extends HarnessOptions {

    /**
     * Creates a harness.
     *
     * @param name the name for readers, such as {@code LeNet, packed}
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     */
    protected Harness(String name, Supplier<? extends Ensemble> network, Recipe recipe) {
        this(name, network, recipe, null, null);
    }

    /**
     * Creates a harness of a network that is made of plain values, which model folders keep.
     *
     * @param name the name for readers
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     * @param model makes the plain model of the same values, to start from what was saved of it;
     *     null if nobody knows
     * @param arguments what the network's factory makes it of; null if nobody knows
     */
    protected Harness(
            String name,
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            Supplier<? extends Block> model,
            Arguments arguments) {
        super(name, network, recipe, model, arguments);
    }

    @Override
    protected final Harness self() {
        return this;
    }

    /**
     * Trains the ensemble.
     *
     * @param train the training data
     * @return the trained ensemble, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws IllegalStateException if an example cannot be read; names it
     * @throws DivergedException if the loss becomes NaN, infinite, or far larger than it was
     */
    public TrainedEnsemble fit(Examples train) {
        return fit(train, null);
    }

    /**
     * Trains the ensemble and judges each epoch.
     *
     * @param train the training data
     * @param validation what each epoch is judged on, or null; training depends on it only with a
     *     selection or patience
     * @return the trained ensemble, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws IllegalStateException if an example cannot be read; names it
     * @throws DivergedException if the loss becomes NaN, infinite, or far larger than it was
     */
    public TrainedEnsemble fit(Examples train, Examples validation) {
        return fit(
                getName(),
                train,
                validation,
                getTraining(),
                newProgress(getName(), Map.of(getName(), 0)),
                getCheckpoints());
    }

    /**
     * Goes on from the newest checkpoint, as {@link #resume(Examples, Examples)}.
     *
     * @param train the training data
     * @return the trained ensemble, to be closed
     */
    public TrainedEnsemble resume(Examples train) {
        return resume(train, null);
    }

    /**
     * Goes on from the newest of the checkpoints that are set, with data and settings as they were.
     * The outcome is that of a training that never stopped, bit for bit. If that is over already,
     * its outcome is returned. The number of epochs may be another one, if the steps made do not
     * depend on it.
     *
     * @param train the training data
     * @param validation the validation data, or null
     * @return the trained ensemble, to be closed; {@link TrainedEnsemble#getResumed} tells from
     *     where it went on
     * @throws dev.polyphony.train.checkpoint.CheckpointException if there is no checkpoint, or the
     *     newest is damaged or of another training, which it leaves as it is
     * @throws IllegalStateException if no checkpoints are set
     * @throws DivergedException if the loss becomes NaN, infinite, or far larger than it was
     */
    public TrainedEnsemble resume(Examples train, Examples validation) {
        return resume(
                getName(),
                train,
                validation,
                getTraining(),
                newProgress(getName(), Map.of(getName(), 0)),
                requireCheckpoints());
    }

    /**
     * Describes the network and what its training will need, without training it.
     *
     * @param example the shape of one example
     * @return the description
     * @throws IllegalArgumentException if the network does not fit the example or the settings
     */
    public Description describe(Shape example) {
        return describe(getName(), example, getTraining());
    }

    /** Describes the network with the settings of a comparison. */
    Description describe(String title, Shape example, Training training) {
        return Description.of(title, getNetwork().get(), getRecipe(), example, training);
    }

    /**
     * Loads an ensemble that {@link TrainedEnsemble#save} saved.
     *
     * @param folder the folder
     * @return the trained ensemble, to be closed
     * @throws IOException if there is none, or if it is of another model or form
     */
    public TrainedEnsemble load(Path folder) throws IOException {
        return load(getName(), folder);
    }

    /**
     * Makes the ensemble of a checkpoint: what training had come to when it was written, as that of
     * the best epoch.
     *
     * @param file the checkpoint
     * @param train the data that were trained on
     * @return the trained ensemble, to be closed
     * @throws dev.polyphony.train.checkpoint.CheckpointException if it is damaged, or of another
     *     network
     */
    public TrainedEnsemble loadCheckpoint(Path file, Examples train) {
        Training training = getTraining();
        Trained trained =
                new TrainingLoop(trainedRecipe(train), training, Progress.none())
                        .assemble(
                                getName(),
                                trainsCopies() ? this::newNetwork : getNetwork(),
                                train,
                                made -> SavedParameters.restore(file, made));
        return trained(getName(), training, finished(trained, training, train), train, null, null);
    }

    /**
     * Returns the harness of one member of a deep ensemble, to train it by itself, here or on
     * another machine, with checkpoints of its own. On one thread it comes to the bits that it has
     * among the others; {@link #assemble} puts the members together.
     *
     * @param member the member, from 0
     * @return its harness, with the settings that this has now; checkpoints and progress are its
     *     own
     * @throws IllegalArgumentException if the members are not models of their own that can be
     *     trained apart; says why
     */
    public Harness getMember(int member) {
        ProcessTraining.requireModels(this, getRecipe(), getTraining(), Task.CLASSIFICATION);
        if (!getTraining().keepsLastEpoch() || getTraining().isWatched()) {
            throw new IllegalArgumentException(
                    "A member that is trained by itself keeps its last epoch, and what sees the ensemble's training does not see it: leave selection, patience, listeners and evaluators out");
        }
        if (getStart() != null) {
            throw new IllegalArgumentException(
                    "A member that is trained by itself starts from parameters that are drawn: leave optWarmStart out");
        }
        return new MemberHarness(this, member);
    }

    /**
     * Makes the ensemble of members that {@link #getMember} trained. None is trained here.
     *
     * @param members the checkpoints of each member in order, whose training is over
     * @param train the training data
     * @return the trained ensemble, to be closed
     * @throws dev.polyphony.train.checkpoint.CheckpointException if there are no checkpoints of a
     *     member, or they are damaged, or of another member, data or settings
     * @throws IllegalArgumentException if there is not one place for each member, or the training
     *     of one is not over
     */
    public TrainedEnsemble assemble(List<Checkpoints> members, Examples train) {
        Objects.requireNonNull(train, "train: assemble needs the data that were trained on");
        Trained trained = new MemberAssembly(this, members, train).assemble();
        return trained(getName(), getTraining(), trained, train, null, null);
    }

    /** Loads a row of a comparison. */
    TrainedEnsemble load(String title, Path folder) throws IOException {
        return SavedModel.load(
                        title,
                        getNetwork().get(),
                        getRecipe(),
                        getTraining(),
                        getArguments(),
                        folder)
                .optEvaluation(getEvaluation());
    }

    /**
     * Makes the trained ensemble of a training that diverged, as it was after its last sound epoch.
     *
     * @param diverged what the training failed with
     * @param train the training data
     * @param validation the validation data, or null
     * @return the trained ensemble, to be closed
     * @throws IllegalArgumentException if no epoch was sound
     */
    public TrainedEnsemble restore(
            DivergedException diverged, Examples train, Examples validation) {
        Trained trained =
                diverged.restore()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "There is nothing to restore: training diverged in its first epoch",
                                                diverged));
        Training training = getTraining();
        return trained(
                getName(), training, finished(trained, training, train), train, validation, null);
    }

    /**
     * Finds out whether training can begin.
     *
     * @return the number of classes that the network tells apart
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     */
    int check(Training training, Examples train, Map<String, ? extends Examples> judged) {
        return new TrainingLoop(trainedRecipe(train), training, Progress.none())
                .check(this::newNetwork, train, judged);
    }

    /** Trains with the settings of a comparison; checkpoints may be null. */
    TrainedEnsemble fit(
            String title,
            Examples train,
            Examples validation,
            Training training,
            Progress progress,
            Checkpoints checkpoints) {
        Objects.requireNonNull(train, "train: fit needs data to train on");
        getEvaluation().requireValidation(validation);
        requireDrawn();
        MemberPlan plan = MemberPlan.of(this, train, training, checkpoints);
        plan.say(title, progress);
        if (plan.processes() != null) {
            return fit(plan.processes(), title, train, validation, training, progress, checkpoints);
        }
        if (checkpoints == null) {
            return run(title, train, validation, training, progress, null);
        }
        try (Checkpointing hook = Checkpointing.begin(checkpoints, train, validation, progress)) {
            return run(title, train, validation, training, progress, hook);
        }
    }

    private TrainedEnsemble fit(
            ProcessTraining processes,
            String title,
            Examples train,
            Examples validation,
            Training training,
            Progress progress,
            Checkpoints checkpoints) {
        if (checkpoints != null) {
            checkpoints.requireNone();
        }
        Trained trained =
                processes.train(title, this, own(train), training, train, validation, progress);
        TrainedEnsemble made = trained(title, training, trained, train, validation, null);
        made.setTrainedApart();
        return made;
    }

    private Recipe own(Examples train) {
        return getRecipe().forTask(train.getTask());
    }

    /** The recipe of what is trained: copies may be, of which the network is made then. */
    private Recipe trainedRecipe(Examples train) {
        Recipe own = own(train);
        return trainsCopies()
                ? new Recipe(
                        ((DeepEnsembleForm) own.form()).vectorized(false),
                        own.batches(),
                        own.loss(),
                        own.aggregation(),
                        own.fastLearningRate())
                : own;
    }

    /** Resumes with the settings of a comparison. */
    TrainedEnsemble resume(
            String title,
            Examples train,
            Examples validation,
            Training training,
            Progress progress,
            Checkpoints checkpoints) {
        Objects.requireNonNull(train, "train: resume needs the data that were trained on");
        getEvaluation().requireValidation(validation);
        requireDrawn();
        if (!checkpoints.exist()) {
            MemberPlan plan = MemberPlan.of(this, train, training, checkpoints);
            if (plan.goesOn()) {
                plan.say(title, progress);
                return fit(
                        plan.processes(),
                        title,
                        train,
                        validation,
                        training,
                        progress,
                        checkpoints);
            }
        }
        try (Checkpointing hook = Checkpointing.resume(checkpoints, train, validation, progress)) {
            return run(title, train, validation, training, progress, hook);
        }
    }

    private TrainedEnsemble run(
            String title,
            Examples train,
            Examples validation,
            Training training,
            Progress progress,
            Checkpointing checkpointing) {
        RunHook hook = checkpointing == null ? RunHook.none() : checkpointing;
        Trained trained =
                getRecipe().takesSnapshots()
                        ? new SnapshotTraining(own(train), training, progress, hook)
                                .train(title, getNetwork(), train, validation)
                        : new TrainingLoop(trainedRecipe(train), training, progress, hook)
                                .train(title, this::newNetwork, train, validation);
        Resumed resumed = checkpointing == null ? null : checkpointing.getResumed();
        return trained(
                title, training, finished(trained, training, train), train, validation, resumed);
    }

    /** The network of the harness, if that is not what was trained. */
    private Trained finished(Trained trained, Training training, Examples train) {
        return trainsCopies()
                ? MemberPlacement.vectorize(this, own(train), training, train, trained)
                : trained;
    }

    private TrainedEnsemble trained(
            String title,
            Training training,
            Trained trained,
            Examples train,
            Examples validation,
            Resumed resumed) {
        ModelDescription description =
                SavedModel.describe(
                        title, training, trained, getArguments().orElse(null), train, validation);
        return new TrainedEnsemble(description, trained, train, validation, resumed)
                .optEvaluation(getEvaluation());
    }

    /** What tells the outcome of this training from that of another. */
    String getKey(Training training, Examples train, Examples validation) {
        return RunKey.of(this::newNetwork, trainedRecipe(train), training, train, validation);
    }
}
