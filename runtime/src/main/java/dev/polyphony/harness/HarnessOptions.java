/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.inference.Arguments;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.Recipe;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What a {@link Harness} trains, and from where. */
public abstract class HarnessOptions extends TrainingOptions<Harness> {

    private final Supplier<? extends Ensemble> network;
    private String name;
    private Recipe recipe;
    private Arguments arguments;
    private ProcessTraining processes;

    HarnessOptions(
            String name,
            Supplier<? extends Ensemble> network,
            Recipe recipe,
            Supplier<? extends Block> plainModel,
            Arguments arguments) {
        super(plainModel);
        this.name = Objects.requireNonNull(name, "name");
        this.network = Objects.requireNonNull(network, "network");
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        this.arguments = arguments;
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
        return self();
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
        return self();
    }

    /**
     * Sets the recipe, to train in another way than the method's paper.
     *
     * @param recipe a recipe of the same form
     * @return this
     */
    public Harness optRecipe(Recipe recipe) {
        this.recipe = Objects.requireNonNull(recipe, "recipe");
        return self();
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
        return self();
    }

    /** Makes a new network, from plain models if it is to start from these. */
    final Ensemble newNetwork() {
        Ensemble made = network.get();
        if (getStart() != null) {
            made.startFrom(getStart());
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

    /** What makes networks that start from parameters that are drawn. */
    final Supplier<? extends Ensemble> getNetwork() {
        return network;
    }

    /** Members in processes of their own; null to train in this process. */
    final ProcessTraining getProcesses() {
        return processes;
    }

    /** Requires what members have that are not trained beside one another. */
    final void requireDrawn() {
        if (getStart() != null && (processes != null || recipe.takesSnapshots())) {
            throw new IllegalArgumentException(
                    "Members that are trained in processes of their own, or as snapshots, start from parameters that are drawn: leave optWarmStart out");
        }
    }
}
