/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.DivergedException;
import dev.polyphony.train.Progress;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.Training;
import dev.polyphony.train.TrainingLoop;
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
public abstract class Harness extends TrainingOptions<Harness> {

    private final Supplier<? extends Ensemble> network;
    private String name;
    private Recipe recipe;

    /**
     * Creates a harness.
     *
     * @param name the name for readers, such as {@code LeNet, packed}
     * @param network makes the network, a new one each time
     * @param recipe the recipe of the network's method
     */
    protected Harness(String name, Supplier<? extends Ensemble> network, Recipe recipe) {
        this.name = Objects.requireNonNull(name, "name");
        this.network = Objects.requireNonNull(network, "network");
        this.recipe = Objects.requireNonNull(recipe, "recipe");
    }

    @Override
    protected final Harness self() {
        return this;
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
        return fit(name, train, validation, getTraining(), getProgress());
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
        return new TrainedEnsemble(name, getTraining(), trained, train, validation);
    }

    /**
     * Finds out whether training can begin.
     *
     * @return the number of classes that the network tells apart
     * @throws IllegalArgumentException if data, network and settings do not fit one another
     */
    int check(Training training, Examples train, Map<String, ? extends Examples> judged) {
        return new TrainingLoop(recipe, training, Progress.none()).check(network, train, judged);
    }

    /** Trains with the settings of a comparison. */
    TrainedEnsemble fit(
            String title,
            Examples train,
            Examples validation,
            Training training,
            Progress progress) {
        Objects.requireNonNull(train, "train: fit needs data to train on");
        Trained trained =
                new TrainingLoop(recipe, training, progress)
                        .train(title, network, train, validation);
        return new TrainedEnsemble(title, training, trained, train, validation);
    }
}
