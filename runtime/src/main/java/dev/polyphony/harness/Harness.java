/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.data.Examples;
import dev.polyphony.inference.Arguments;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.WarmStart;
import dev.polyphony.train.Checkpointing;
import dev.polyphony.train.DivergedException;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.RunHook;
import dev.polyphony.train.RunKey;
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
import java.util.Optional;
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
public abstract class Harness extends TrainingOptions<Harness> {

    private final Supplier<? extends Ensemble> network;
    private String name;
    private Recipe recipe;
    private Arguments arguments;
    private ProcessTraining processes;
    private WarmStart start;

    /**
     * Creates a harness.
     *
     * @param name the name for readers, such as {@code LeNet, packed}
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     */
    protected Harness(String name, Supplier<? extends Ensemble> network, Recipe recipe) {
        this(name, network, recipe, null);
    }

    /**
     * Creates a harness of a network that is made of plain values, which model folders keep.
     *
     * @param name the name for readers
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     * @param arguments what the network's factory makes it of; null if nobody knows
     */
    protected Harness(
            String name, Supplier<? extends Ensemble> network, Recipe recipe, Arguments arguments) {
        this.name = Objects.requireNonNull(name, "name");
        this.network = Objects.requireNonNull(network, "network");
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        this.arguments = arguments;
    }

    @Override
    protected final Harness self() {
        return this;
    }

    /**
     * Sets what the network's generated factory makes it of, which model folders keep: for networks
     * that a supplier makes.
     *
     * @param arguments the values by name
     * @return this
     */
    public Harness optArguments(Arguments arguments) {
        this.arguments = Objects.requireNonNull(arguments, "arguments");
        return this;
    }

    /**
     * Returns what the network is made of.
     *
     * @return the values by name; empty if nobody knows
     */
    public Optional<Arguments> getArguments() {
        return Optional.ofNullable(arguments);
    }

    /**
     * Sets the name for readers.
     *
     * @param name the name
     * @return this
     */
    public Harness optName(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the recipe, to train in another way than the method's paper.
     *
     * @param recipe a recipe of the same form
     * @return this
     */
    public Harness optRecipe(Recipe recipe) {
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        return this;
    }

    /**
     * Trains the members of a deep ensemble in processes of their own: with one thread for
     * arithmetic each, the classes and settings of this process, and the memory of one model. The
     * outcome is that of training in this process on one thread, bit for bit.
     *
     * <p>Each member is written to the folder when it is trained, beside what its process said. If
     * a member fails, or everything is killed, those that are there are not trained again by the
     * next {@link #fit} with the same data and settings. Validation data are not looked at in
     * training.
     *
     * @param processes how many processes run at a time, at least 1
     * @param folder where members are kept; made if it is not there
     * @return this
     */
    public Harness optProcesses(int processes, Path folder) {
        this.processes = new ProcessTraining(processes, folder);
        return this;
    }

    /**
     * Starts from a plain model that has been trained, instead of parameters that are drawn: all
     * members from one, or, in deep and packed ensembles, each from its own.
     *
     * @param models the plain model, or one for each member; initialised, and open until the
     *     ensemble has been trained
     * @return this
     */
    public Harness optWarmStart(Block... models) {
        return optWarmStart(WarmStart.of(models));
    }

    /**
     * Starts from plain models that have been trained.
     *
     * @param start what to start from, and how far from it
     * @return this
     */
    public Harness optWarmStart(WarmStart start) {
        this.start = Objects.requireNonNull(start, "start");
        return this;
    }

    private Ensemble newNetwork() {
        Ensemble made = network.get();
        if (start != null) {
            made.startFrom(start);
        }
        return made;
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public String getName() {
        return name;
    }

    /**
     * Returns the recipe.
     *
     * @return the recipe
     */
    public Recipe getRecipe() {
        return recipe;
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
                name,
                train,
                validation,
                getTraining(),
                newProgress(name, List.of(name)),
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
                name,
                train,
                validation,
                getTraining(),
                newProgress(name, List.of(name)),
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
        return describe(name, example, getTraining());
    }

    /** Describes the network with the settings of a comparison. */
    Description describe(String title, Shape example, Training training) {
        return Description.of(title, network.get(), recipe, example, training);
    }

    /**
     * Loads an ensemble that {@link TrainedEnsemble#save} saved.
     *
     * @param folder the folder
     * @return the trained ensemble, to be closed
     * @throws IOException if there is none, or if it is of another model or form
     */
    public TrainedEnsemble load(Path folder) throws IOException {
        return load(name, folder);
    }

    /** Loads a row of a comparison. */
    TrainedEnsemble load(String title, Path folder) throws IOException {
        return SavedModel.load(
                title,
                network.get(),
                recipe,
                getTraining(),
                Optional.ofNullable(arguments),
                folder);
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
        return trained(name, getTraining(), trained, train, validation, null);
    }

    /**
     * Finds out whether training can begin.
     *
     * @return the number of classes that the network tells apart
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     */
    int check(Training training, Examples train, Map<String, ? extends Examples> judged) {
        return new TrainingLoop(own(train), training, Progress.none())
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
        requireDrawn();
        if (processes != null) {
            requireNone(checkpoints);
            Trained trained =
                    processes.train(title, network, own(train), training, train, progress);
            return trained(title, training, trained, train, validation, null);
        }
        if (checkpoints == null) {
            return run(title, train, validation, training, progress, null);
        }
        try (Checkpointing hook = Checkpointing.begin(checkpoints, train, validation, progress)) {
            return run(title, train, validation, training, progress, hook);
        }
    }

    private Recipe own(Examples train) {
        return recipe.forTask(train.getTask());
    }

    private static void requireNone(Checkpoints checkpoints) {
        if (checkpoints != null) {
            throw new IllegalArgumentException(
                    "Members that are trained in processes of their own are kept in their folder, and have no checkpoints");
        }
    }

    /** Requires what members have that are not trained beside one another. */
    private void requireDrawn() {
        if (start != null && (processes != null || recipe.takesSnapshots())) {
            throw new IllegalArgumentException(
                    "Members that are trained in processes of their own, or as snapshots, start from parameters that are drawn: leave optWarmStart out");
        }
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
        requireDrawn();
        if (processes != null) {
            requireNone(checkpoints);
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
                recipe.takesSnapshots()
                        ? new SnapshotTraining(own(train), training, progress, hook)
                                .train(title, network, train, validation)
                        : new TrainingLoop(own(train), training, progress, hook)
                                .train(title, this::newNetwork, train, validation);
        Resumed resumed = checkpointing == null ? null : checkpointing.getResumed();
        return trained(title, training, trained, train, validation, resumed);
    }

    private TrainedEnsemble trained(
            String title,
            Training training,
            Trained trained,
            Examples train,
            Examples validation,
            Resumed resumed) {
        ModelDescription description =
                SavedModel.describe(title, training, trained, arguments, train, validation);
        return new TrainedEnsemble(description, trained, train, validation, resumed);
    }

    /** What tells the outcome of this training from that of another. */
    String getKey(Training training, Examples train, Examples validation) {
        return RunKey.of(this::newNetwork, own(train), training, train, validation);
    }
}
