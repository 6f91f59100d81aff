/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.harness.Description;
import dev.polyphony.inference.Arguments;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An ensemble whose model has several outputs, with its method's recipe and its tasks. Generated
 * harnesses extend it:
 *
 * <pre>{@code
 * try (TrainedTasks trained = PackedDigitAndMassHarness.of(10)
 *         .optBalance(Balance.uncertainty())
 *         .fit(train)) {
 *     MultiTaskEvaluation evaluation = trained.evaluate(test);
 *     evaluation.get("digit").getMetric(TaskMetric.ACCURACY);
 *     evaluation.get("mass").getUncertainty().getMeanDisagreement();
 * }
 * }</pre>
 *
 * <p>The loss is {@code sum_i f_i w_i b_i L_i}: {@code L_i} is that of a task, reduced over members
 * as the method has it, {@code w_i} the task's weight, {@code b_i} what the balance says and {@code
 * f_i} what the schedule says. Who sees what, and how members are pooled, is the recipe's.
 */
public class MultiTaskHarness extends TaskOptions<MultiTaskHarness> {

    private final Supplier<? extends Ensemble> network;
    private final List<TaskSpec> tasks;
    private Arguments arguments;
    private String name;
    private Recipe recipe;

    /**
     * Creates a harness.
     *
     * @param name the name for readers, such as {@code DigitAndMass, packed}
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     * @param tasks the outputs of the model, in order
     */
    protected MultiTaskHarness(
            String name,
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            List<TaskSpec> tasks) {
        this(name, network, recipe, tasks, null);
    }

    /**
     * Creates a harness of a network that is made of plain values, which model folders keep.
     *
     * @param name the name for readers, such as {@code DigitAndMass, packed}
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     * @param tasks the outputs of the model, in order
     * @param arguments what the network's factory makes it of; null if nobody knows
     */
    protected MultiTaskHarness(
            String name,
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            List<TaskSpec> tasks,
            Arguments arguments) {
        this.arguments = arguments;
        this.name = Objects.requireNonNull(name, "name");
        this.network = Objects.requireNonNull(network, "network");
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        this.tasks = TaskSpec.requireDistinct(tasks);
        if (recipe.takesSnapshots()) {
            throw new IllegalArgumentException(
                    "Snapshots are taken in trainings of one task: train a deep ensemble");
        }
    }

    /**
     * Creates the harness of a plain model, an ensemble of one.
     *
     * @param name the name for readers
     * @param model makes the model, a new one each time
     * @param tasks the outputs of the model, in order
     * @return the harness
     */
    public static MultiTaskHarness plain(
            String name, Supplier<? extends Block> model, List<TaskSpec> tasks) {
        DeepEnsembleForm form = DeepEnsembleForm.of(1);
        return new MultiTaskHarness(
                name, () -> new PlainModel(form, model), Recipe.of(form), tasks);
    }

    private static final class PlainModel extends Ensemble {

        PlainModel(DeepEnsembleForm form, Supplier<? extends Block> model) {
            super(form, model);
        }
    }

    @Override
    protected final MultiTaskHarness self() {
        return this;
    }

    /**
     * Sets what the network's generated factory makes it of, which model folders keep: for networks
     * that a supplier makes.
     *
     * @param arguments the values by name
     * @return this
     */
    public MultiTaskHarness optArguments(Arguments arguments) {
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

    private TaskNetwork made() {
        return new TaskNetwork(network, MultiTaskHarness::className, getArguments());
    }

    /** A plain model is known by its own class. */
    private static String className(Ensemble ensemble) {
        Object named =
                ensemble instanceof PlainModel ? ensemble.getChildren().valueAt(0) : ensemble;
        return named.getClass().getName();
    }

    /**
     * Sets the name for readers.
     *
     * @param name the name
     * @return this
     */
    public MultiTaskHarness optName(String name) {
        this.name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the recipe, whose batches, reduction over members and pooling are the method's own if it
     * is not set.
     *
     * @param recipe a recipe of the same form
     * @return this
     */
    public MultiTaskHarness optRecipe(Recipe recipe) {
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        return this;
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
     * Returns the tasks.
     *
     * @return the outputs of the model, in order
     */
    public List<TaskSpec> getTasks() {
        return tasks;
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
     * Trains the ensemble in all tasks.
     *
     * @param train the training data, with an answer for each task
     * @return the trained ensemble, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws dev.polyphony.train.checkpoint.CheckpointException if checkpoints are set, and there
     *     are some already
     * @throws ai.djl.TrainingDivergedException if a loss becomes NaN or infinite
     */
    public TrainedTasks fit(MultiExamples train) {
        return fit(train, null);
    }

    /**
     * Trains the ensemble in all tasks, and judges each epoch.
     *
     * @param train the training data, with an answer for each task
     * @param validation what each epoch is judged on, or null; training does not depend on it
     * @return the trained ensemble, to be closed
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     * @throws dev.polyphony.train.checkpoint.CheckpointException if checkpoints are set, and there
     *     are some already
     * @throws ai.djl.TrainingDivergedException if a loss becomes NaN or infinite
     */
    public TrainedTasks fit(MultiExamples train, MultiExamples validation) {
        Objects.requireNonNull(train, "train: fit needs data to train on");
        try (TaskCheckpointing kept = TaskCheckpointing.begin(checkpoints())) {
            return new TaskTraining(name, tasks, recipe, this).run(made(), train, validation, kept);
        }
    }

    /**
     * Goes on from the newest checkpoint, as {@link #resume(MultiExamples, MultiExamples)}.
     *
     * @param train the training data
     * @return the trained ensemble, to be closed
     */
    public TrainedTasks resume(MultiExamples train) {
        return resume(train, null);
    }

    /**
     * Goes on from the newest of the checkpoints that are set, with data and settings as they were.
     * The outcome is that of a training that never stopped, bit for bit. If that is over already,
     * its outcome is returned. The number of epochs may be another one, if the steps made do not
     * depend on it.
     *
     * @param train the training data
     * @param validation what each epoch is judged on, or null
     * @return the trained ensemble, to be closed; {@link TrainedTasks#getResumed} tells from where
     *     it went on
     * @throws dev.polyphony.train.checkpoint.CheckpointException if there is no checkpoint, or the
     *     newest is damaged or of another training, which it leaves as it is
     * @throws IllegalStateException if no checkpoints are set
     * @throws ai.djl.TrainingDivergedException if a loss becomes NaN or infinite
     */
    public TrainedTasks resume(MultiExamples train, MultiExamples validation) {
        Objects.requireNonNull(train, "train: resume needs the data that were trained on");
        try (TaskCheckpointing kept = TaskCheckpointing.resume(requireCheckpoints())) {
            return new TaskTraining(name, tasks, recipe, this).run(made(), train, validation, kept);
        }
    }

    /**
     * Describes the network and what its training will need, without training it.
     *
     * @param example the shape of each input of one example
     * @return the description
     * @throws IllegalArgumentException if the network does not fit the example or the settings
     */
    public Description describe(Shape... example) {
        return Description.of(name, network.get(), recipe, example, getTraining());
    }

    /**
     * Loads what {@link TrainedTasks#save} saved.
     *
     * @param folder the folder
     * @return the trained ensemble, to be closed
     * @throws dev.polyphony.model.ModelFolderException if there is none, if it is damaged, or of
     *     another model, form, or other tasks
     * @throws IOException if it cannot be read
     */
    public TrainedTasks load(Path folder) throws IOException {
        return new SavedTasks(name, tasks, recipe, made()).load(folder, getTraining());
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return name;
    }
}
