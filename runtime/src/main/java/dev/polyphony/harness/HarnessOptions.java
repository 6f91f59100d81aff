/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.nn.Block;
import dev.polyphony.inference.Arguments;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
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
    private MemberSettings members = MemberSettings.AUTOMATIC;

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
     * Sets how the members of a deep ensemble are trained: how many processes run at a time, if
     * there are any, is chosen by cores and memory.
     *
     * @param way the way; {@link MemberTraining#AUTO} if it is not set
     * @return this
     * @throws IllegalArgumentException if the ensemble cannot be trained so; says why
     */
    public Harness optMembers(MemberTraining way) {
        return optMembers(new MemberSettings(way, 0, members.folder()));
    }

    /**
     * Sets how the members of a deep ensemble are trained, and where they are kept if that is in
     * processes.
     *
     * @param way the way; {@link MemberTraining#AUTO} if it is not set
     * @param folder where members are kept, as {@link #optProcesses} says; if it is not set, the
     *     folder {@code members} in that of the checkpoints, or, without checkpoints, one that is
     *     deleted after training
     * @return this
     * @throws IllegalArgumentException if the ensemble cannot be trained so; says why
     */
    public Harness optMembers(MemberTraining way, Path folder) {
        return optMembers(new MemberSettings(way, 0, Objects.requireNonNull(folder, "folder")));
    }

    private Harness optMembers(MemberSettings settings) {
        MemberTraining way = settings.way();
        if (way != MemberTraining.AUTO && !(recipe.form() instanceof DeepEnsembleForm)) {
            throw new IllegalArgumentException(
                    "%s is trained as one network: only the members of a deep ensemble are trained %s"
                            .formatted(recipe.form(), way));
        }
        if (way == MemberTraining.VECTORIZED && !isVectorized()) {
            throw new IllegalArgumentException(
                    "The members of %s are models of their own: annotate the model with @DeepEnsemble(vectorized = true), and there is one network for all"
                            .formatted(name));
        }
        if (way == MemberTraining.COPIES && isVectorized() && getPlainModel() == null) {
            throw new IllegalArgumentException(
                    "The ensemble is vectorized, and how its plain model is made is not known: say it with optPlainModel");
        }
        members = settings;
        return self();
    }

    /**
     * Trains the members of a deep ensemble in processes of their own: with one thread for
     * arithmetic each, the classes and settings of this process, and the memory of one model. The
     * outcome is that of training copies in this process on one thread, bit for bit, unless an
     * epoch is selected: then each member keeps its own.
     *
     * <p>Each member is written to the folder when it is trained, beside what its process said. If
     * a member fails, or everything is killed, those that are there are not trained again by the
     * next {@link #fit} with the same data and settings. Validation data are looked at where a
     * selection, an evaluator or a listener needs them; the latter two must be serializable, as
     * each process has a copy.
     *
     * @param processes how many processes run at a time, at least 1
     * @param folder where members are kept; made if it is not there
     * @return this
     */
    public Harness optProcesses(int processes, Path folder) {
        members = MemberSettings.inProcesses(processes, folder);
        return self();
    }

    /** Makes a new network to train, from plain models if it is to start from these. */
    final Ensemble newNetwork() {
        Ensemble made =
                trainsCopies()
                        ? getCopies(recipe.form().getMembers()).orElseThrow().get()
                        : network.get();
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

    private boolean isVectorized() {
        return recipe.form() instanceof DeepEnsembleForm form && form.isVectorized();
    }

    /** Whether what is trained are copies, and the network is made of these. */
    final boolean trainsCopies() {
        return members.way() == MemberTraining.COPIES && isVectorized();
    }

    /** What a vectorized network is, taken apart; empty for others, or if nobody knows. */
    final Optional<PlainCopies> getCopies(int count) {
        return isVectorized()
                ? Optional.ofNullable(getPlainModel()).map(model -> new PlainCopies(count, model))
                : Optional.empty();
    }

    /** Makes the ensemble with a model for each member, also where its network holds all. */
    final Supplier<? extends Ensemble> getModels() {
        Optional<PlainCopies> copies = getCopies(recipe.form().getMembers());
        return copies.isPresent() ? copies.get() : network;
    }

    /** How members are to be trained. */
    final MemberSettings getMembers() {
        return members;
    }

    /** Requires what members have that are not trained beside one another. */
    final void requireDrawn() {
        boolean apart = members.way() == MemberTraining.PROCESSES || recipe.takesSnapshots();
        if (getStart() != null && apart) {
            throw new IllegalArgumentException(
                    "Members that are trained in processes of their own, or as snapshots, start from parameters that are drawn: leave optWarmStart out");
        }
    }
}
