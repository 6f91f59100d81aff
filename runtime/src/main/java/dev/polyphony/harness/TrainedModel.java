/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.translate.PreProcessor;
import ai.djl.translate.Translator;
import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslator;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.MemberPrediction;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Resumed;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A trained ensemble with what came of its training: predicts, and members can be taken out. {@link
 * TrainedEnsemble} is judged, and is saved.
 */
public abstract sealed class TrainedModel implements AutoCloseable permits TrainedEnsemble {

    /** What answers for other tasks. */
    private static final String ANOTHER = "give newPredictor a translator of its scores";

    private final Recipe recipe;
    private final Trained trained;
    private final Task task;
    private final Resumed resumed;
    private ModelDescription description;
    private boolean apart;

    TrainedModel(ModelDescription description, Trained trained, Resumed resumed) {
        this.description = description;
        this.recipe = trained.recipe();
        this.trained = trained;
        this.task = description.task();
        this.resumed = resumed;
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public final String getName() {
        return description.name();
    }

    /**
     * Returns what a model folder says of this ensemble.
     *
     * @return the description, with the figures of the last evaluation
     */
    public final ModelDescription getDescription() {
        return description;
    }

    final void setDescription(ModelDescription description) {
        this.description = description;
    }

    final Task getTask() {
        return task;
    }

    /**
     * Returns what was trained, and how.
     *
     * @return the recipe
     */
    public final Recipe getRecipe() {
        return recipe;
    }

    /**
     * Returns DJL's model, which owns the parameters.
     *
     * @return the model, closed with this
     */
    public final Model getModel() {
        return trained.model();
    }

    /**
     * Returns the network.
     *
     * @return the network
     */
    public final Ensemble getEnsemble() {
        return trained.ensemble();
    }

    /**
     * Returns how training went, epoch by epoch.
     *
     * @return the history
     */
    public final History getHistory() {
        return trained.history();
    }

    /**
     * Returns where training went on from, if it did.
     *
     * @return the checkpoint and its place; empty if training began anew
     */
    public final Optional<Resumed> getResumed() {
        return Optional.ofNullable(resumed);
    }

    /** Says that it was trained in processes of its members' own. */
    final void setTrainedApart() {
        apart = true;
    }

    /** Whether it was trained in other processes than this. */
    final boolean isTrainedApart() {
        return apart;
    }

    /**
     * Returns the number of trained numbers.
     *
     * @return the parameters of all members together
     */
    public final long getParameterCount() {
        return trained.parameters();
    }

    /**
     * Returns how often a network of the base model's kind ran forward in training: once for each
     * update, or for each part of its batch if batches were divided; in a deep ensemble of copies
     * once more for each other member.
     *
     * @return the number of forward calls
     */
    public final long getForwardCalls() {
        return getHistory().forwardCalls();
    }

    /**
     * Returns the wall time of training, without validation.
     *
     * @return the seconds
     */
    public final double getTrainingSeconds() {
        return getHistory().seconds();
    }

    /**
     * Predicts the classes of a data set.
     *
     * @param data the examples
     * @return the answers of all members, labelled if the data are
     * @throws IllegalStateException if the ensemble was not trained on classes, or an example
     *     cannot be read
     */
    public final Predictions predict(Examples data) {
        require(data, Task.CLASSIFICATION);
        return MemberPrediction.predict(
                getEnsemble(), getModel().getNDManager(), data, recipe.aggregation());
    }

    /**
     * Predicts the labels of a data set whose examples have several.
     *
     * @param data the examples
     * @return the answers of all members, with the right labels if the data have them
     * @throws IllegalStateException if the ensemble was not trained on several labels, or an
     *     example cannot be read
     */
    public final MultiLabelPredictions predictLabels(Examples data) {
        require(data, Task.MULTI_LABEL);
        return MemberPrediction.predictLabels(
                getEnsemble(), getModel().getNDManager(), data, recipe.aggregation());
    }

    /**
     * Predicts the numbers of a data set, in the units of the training data.
     *
     * @param data the examples
     * @return the answers of all members, with the right numbers if the data have them
     * @throws IllegalStateException if the ensemble was not trained on numbers, or an example
     *     cannot be read
     */
    public final RegressionPredictions predictNumbers(Examples data) {
        require(data, Task.REGRESSION);
        return MemberPrediction.predictNumbers(getEnsemble(), getModel().getNDManager(), data);
    }

    final void require(Examples data, Task task) {
        Objects.requireNonNull(data, "data: predict needs examples");
        Tasks.require(this.task, task, data);
    }

    /**
     * Creates a predictor of examples that are given as arrays {@code [x...]}.
     *
     * @return a predictor, to be closed
     */
    public final Predictor<NDList, EnsembleClassifications> newPredictor() {
        Tasks.requireClasses(task, "This predictor is one of", ANOTHER);
        return newPredictor(NDList.class, EnsembleClassifications.class);
    }

    /**
     * Creates a predictor of the inputs that the training data or {@link #optInput} told of: images
     * as {@code Image}, rows of a table as {@code Map} or {@code List}, arrays as {@code NDList},
     * {@code NDArray} or {@code float[]}.
     *
     * @param <I> the type of the input
     * @param <O> the type of the answer
     * @param input the type of the input
     * @param output the type of the answer: {@link EnsembleClassifications}, {@code EnsembleLabels}
     *     or {@code EnsembleRegression}
     * @return a predictor, to be closed; for one thread at a time
     * @throws IllegalArgumentException if the model takes or gives no such type
     */
    public final <I, O> Predictor<I, O> newPredictor(Class<I> input, Class<O> output) {
        return newPredictor(EnsembleTranslatorFactory.newTranslator(input, output, description));
    }

    /**
     * Creates a predictor.
     *
     * @param <I> the type of the input
     * @param input makes the arrays of one example
     * @param classNames the names of the classes
     * @return a predictor, to be closed
     */
    public final <I> Predictor<I, EnsembleClassifications> newPredictor(
            PreProcessor<I> input, List<String> classNames) {
        Tasks.requireClasses(task, "This predictor is one of", ANOTHER);
        return newPredictor(EnsembleTranslator.of(input, classNames, recipe.aggregation()));
    }

    /**
     * Creates a predictor with a translator, which is given scores {@code [M, C]} of an example.
     *
     * @param <I> the type of the input
     * @param <O> the type of the output
     * @param translator the translator
     * @return a predictor, to be closed
     */
    public final <I, O> Predictor<I, O> newPredictor(Translator<I, O> translator) {
        return getModel().newPredictor(translator);
    }

    /**
     * Takes a member out as a plain model, which answers as the member does in prediction.
     *
     * <pre>{@code
     * try (Model lenet = trained.extractMember(2, new LeNet(10))) {
     *     lenet.save(folder, "lenet");
     * }
     * }</pre>
     *
     * @param member the member, from 0
     * @param model a new instance of the model that the ensemble was made from
     * @return DJL's model around it, to be closed
     * @throws IllegalArgumentException if no such model answers as the member does; says why
     */
    public final Model extractMember(int member, Block model) {
        return LoneModel.of(this, member, model);
    }

    /** Frees the parameters. */
    @Override
    public final void close() {
        trained.close();
    }
}
