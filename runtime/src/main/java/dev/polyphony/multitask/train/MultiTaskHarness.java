/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.nn.Block;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.train.Recipe;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
    final MultiTaskHarness self() {
        return this;
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
     * @throws ai.djl.TrainingDivergedException if a loss becomes NaN or infinite
     */
    public TrainedTasks fit(MultiExamples train, MultiExamples validation) {
        Objects.requireNonNull(train, "train: fit needs data to train on");
        return new TaskTraining(name, tasks, recipe, this).run(network, train, validation);
    }

    /**
     * Loads what {@link TrainedTasks#save} saved.
     *
     * @param file the file
     * @return the trained ensemble, to be closed
     * @throws IOException if it cannot be read, or is of another model or form
     */
    public TrainedTasks load(Path file) throws IOException {
        training().prepareEngine();
        Model model = Model.newInstance(name, training().getDevice());
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            Ensemble ensemble = network.get();
            model.setBlock(ensemble);
            ensemble.loadParameters(model.getNDManager(), in);
            TaskHistory none = new TaskHistory(List.of(), 0, 0);
            return new TrainedTasks(model, "", tasks, recipe.aggregation(), none);
        } catch (MalformedModelException e) {
            model.close();
            throw new IOException(
                    "The model in %s cannot be loaded: %s".formatted(file, e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return name;
    }
}
