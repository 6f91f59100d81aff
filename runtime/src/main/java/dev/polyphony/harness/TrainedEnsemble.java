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
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import dev.polyphony.evaluate.regression.GaussianNoise;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.inference.EnsembleClassifications;
import dev.polyphony.inference.EnsembleTranslator;
import dev.polyphony.inference.EnsembleTranslatorFactory;
import dev.polyphony.model.AnswerRule;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.MemberPrediction;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Trained;
import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** A trained ensemble: predicts, is judged, and is saved. */
public final class TrainedEnsemble implements AutoCloseable {

    /** What answers for other tasks. */
    private static final String ANOTHER = "give newPredictor a translator of its scores";

    private final Recipe recipe;
    private final Trained trained;
    private final Task task;
    private final Examples train;
    private final Resumed resumed;
    private Examples validation;
    private EvaluationSuite evaluation = EvaluationSuite.builder().build();
    private ModelDescription description;

    TrainedEnsemble(
            ModelDescription description,
            Trained trained,
            Examples train,
            Examples validation,
            Resumed resumed) {
        this.description = description;
        this.recipe = trained.recipe();
        this.trained = trained;
        this.task = description.task();
        this.train = train;
        this.validation = validation;
        this.resumed = resumed;
    }

    /**
     * Returns the name for readers.
     *
     * @return the name
     */
    public String getName() {
        return description.name();
    }

    /**
     * Returns what a model folder says of this ensemble.
     *
     * @return the description, with the figures of the last evaluation
     */
    public ModelDescription getDescription() {
        return description;
    }

    /**
     * Sets the names of the classes, labels or numbers, for answers and for the model folder.
     *
     * @param classNames the names by number; those of the training data if it is not set, and
     *     {@code 0}, {@code 1}, ... if these have none
     * @return this
     * @throws IllegalArgumentException if they are not one for each output
     */
    public TrainedEnsemble optClassNames(List<String> classNames) {
        description = description.withClassNames(classNames);
        return this;
    }

    /**
     * Sets what an example is, and how it becomes the array that the network takes.
     *
     * @param input the format, such as that of images; that of the training data if it is not set
     * @return this
     * @throws IllegalArgumentException if its array is not the network's input
     */
    public TrainedEnsemble optInput(InputFormat input) {
        description = description.withInput(input);
        return this;
    }

    /**
     * Sets how answers of predictors are made: pooling, temperatures, abstention.
     *
     * @param answers the rule; the recipe's pooling alone if it is not set
     * @return this
     */
    public TrainedEnsemble optAnswers(AnswerRule answers) {
        description = description.withAnswers(answers);
        return this;
    }

    /**
     * Sets what {@link #evaluate} judges beyond the test set; what the harness has if it is not set
     * here.
     *
     * @param suite the suite
     * @return this
     */
    public TrainedEnsemble optEvaluation(EvaluationSuite suite) {
        evaluation = Objects.requireNonNull(suite, "suite");
        return this;
    }

    /**
     * Sets what {@link #evaluate} fits calibrations and conformal sets on: for ensembles that were
     * loaded.
     *
     * @param validation labelled examples that were not trained on; the validation data of the
     *     training if they are not set
     * @return this
     */
    public TrainedEnsemble optValidation(Examples validation) {
        this.validation = Objects.requireNonNull(validation, "validation");
        return this;
    }

    /**
     * Returns what was trained, and how.
     *
     * @return the recipe
     */
    public Recipe getRecipe() {
        return recipe;
    }

    /**
     * Returns DJL's model, which owns the parameters.
     *
     * @return the model, closed with this
     */
    public Model getModel() {
        return trained.model();
    }

    /**
     * Returns the network.
     *
     * @return the network
     */
    public Ensemble getEnsemble() {
        return trained.ensemble();
    }

    /**
     * Returns how training went, epoch by epoch.
     *
     * @return the history
     */
    public History getHistory() {
        return trained.history();
    }

    /**
     * Returns where training went on from, if it did.
     *
     * @return the checkpoint and its place; empty if training began anew
     */
    public Optional<Resumed> getResumed() {
        return Optional.ofNullable(resumed);
    }

    /**
     * Returns the number of trained numbers.
     *
     * @return the parameters of all members together
     */
    public long getParameterCount() {
        return trained.parameters();
    }

    /**
     * Returns how often a network of the base model's kind ran forward in training: once for each
     * update, and in a deep ensemble once for each update and member.
     *
     * @return the number of forward calls
     */
    public long getForwardCalls() {
        int each = getRecipe().takesSnapshots() ? 1 : getEnsemble().getForwardCalls();
        return getHistory().steps() * each;
    }

    /**
     * Returns the wall time of training, without validation.
     *
     * @return the seconds
     */
    public double getTrainingSeconds() {
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
    public Predictions predict(Examples data) {
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
    public MultiLabelPredictions predictLabels(Examples data) {
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
    public RegressionPredictions predictNumbers(Examples data) {
        require(data, Task.REGRESSION);
        return MemberPrediction.predictNumbers(getEnsemble(), getModel().getNDManager(), data);
    }

    private void require(Examples data, Task task) {
        Objects.requireNonNull(data, "data: predict needs examples");
        Tasks.require(this.task, task, data);
    }

    /**
     * Judges the ensemble on a data set of its task, which is read batch by batch: nothing but sums
     * and a few numbers of each example is kept.
     *
     * @param test the examples, with the right answers
     * @return an {@link Evaluation} for classes, a {@code MultiLabelEvaluation} for several labels,
     *     a {@link RegressionEvaluation} of points for numbers
     * @throws IllegalStateException if the data are of another task or not labelled, or an example
     *     cannot be read
     */
    public TaskEvaluation judge(Examples test) {
        return Tasks.judge(this, task, test);
    }

    /**
     * Judges an ensemble of numbers, as {@link #judge} does, or as one that also says how far off
     * it may be: with noise, each member is a Gaussian of its number.
     *
     * @param test the examples, with the right numbers
     * @param noise the variance of each target, such as {@link #fitNoise} gives; none for points
     * @return the evaluation; with noise it has a likelihood, and intervals cover the noise
     * @throws IllegalStateException if the ensemble was not trained on numbers, the data have none,
     *     or an example cannot be read
     * @throws IllegalArgumentException if there is not one variance for each target, or one is not
     *     above 0
     */
    public RegressionEvaluation judgeNumbers(Examples test, double... noise) {
        require(test, Task.REGRESSION);
        return Tasks.judgeNumbers(this, test, noise);
    }

    /**
     * Fits how far the right numbers lie from what the members say.
     *
     * @param validation examples that were not trained on, with the right numbers; what members say
     *     of them is held in memory
     * @return the variance of each target
     * @throws IllegalStateException if the ensemble was not trained on numbers, the data have none,
     *     or an example cannot be read
     * @see GaussianNoise
     */
    public double[] fitNoise(Examples validation) {
        return GaussianNoise.fit(predictNumbers(validation));
    }

    /**
     * Returns what the ensemble comes to on a data set: the metrics of {@link #judge}, by their
     * keys.
     *
     * @param test the examples, with the right answers
     * @return the figures in the order of tables, without those that have no value
     * @throws IllegalStateException if the data are of another task or not labelled, or an example
     *     cannot be read
     */
    public Map<String, Double> getScores(Examples test) {
        Map<String, Double> scores = figures(judge(test));
        description = description.withMetrics(scores);
        return scores;
    }

    /**
     * Judges the ensemble.
     *
     * @param test the test data
     * @param outOfDistribution data that the ensemble was not made for, by name; labels are not
     *     looked at
     * @return a report on this ensemble alone
     * @throws IllegalStateException if the test data are of another task or not labelled, or an
     *     example cannot be read
     * @throws IllegalArgumentException if the data do not suit {@linkplain #optEvaluation what is
     *     judged beyond the test set}
     */
    public Report evaluate(Examples test, Map<String, ? extends Examples> outOfDistribution) {
        Result result = getResult(test, outOfDistribution);
        Report.Builder report =
                Report.builder()
                        .setTitle(getName())
                        .addFact("Data", Facts.data(train, validation, test, outOfDistribution))
                        .addFact("Training", description.training().settings())
                        .addFact("Recipe", Facts.recipe(this));
        Facts.addSuite(report, evaluation);
        Facts.addIntervals(report, result);
        return report.addFact("Inference time", Facts.INFERENCE).addResult(result).build();
    }

    /**
     * Judges the ensemble, for a report with others. The inference time is the median of 5 passes
     * over the test set after a first one, from the host's memory to scores on the host.
     *
     * <p>Where numbers are predicted, and there are validation data, each member is a Gaussian
     * whose variance is {@linkplain #fitNoise fitted} to these; without, members are points, and
     * intervals hold only how far they lie apart.
     *
     * @param test the test data
     * @param outOfDistribution data that the ensemble was not made for, by name
     * @return the row of a report
     * @throws IllegalStateException if the test data are of another task or not labelled, or an
     *     example cannot be read
     */
    public Result getResult(Examples test, Map<String, ? extends Examples> outOfDistribution) {
        Objects.requireNonNull(test, "test: evaluate needs data to judge on");
        Objects.requireNonNull(outOfDistribution, "outOfDistribution: give Map.of() for none");
        Tasks.requireJudgeable(task, test);
        evaluation.require(validation, test);
        Result result;
        try {
            result =
                    Subject.of(this, getName(), OptionalDouble.empty())
                            .judge(
                                    new Judging(
                                            evaluation, validation, test, outOfDistribution, false))
                            .result();
        } catch (IOException e) {
            throw new UncheckedIOException("Answers that are asked for now are in no file", e);
        }
        description = description.withMetrics(figures(result.evaluation()));
        return result;
    }

    /** The metrics that have a value, by their keys. */
    private static Map<String, Double> figures(TaskEvaluation evaluation) {
        Map<String, Double> figures = new LinkedHashMap<>();
        evaluation
                .getValues()
                .forEach(
                        (metric, value) -> {
                            if (!value.isNaN()) {
                                figures.put(metric.key(), value);
                            }
                        });
        return figures;
    }

    /**
     * Creates a predictor of examples that are given as arrays {@code [x...]}.
     *
     * @return a predictor, to be closed
     */
    public Predictor<NDList, EnsembleClassifications> newPredictor() {
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
    public <I, O> Predictor<I, O> newPredictor(Class<I> input, Class<O> output) {
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
    public <I> Predictor<I, EnsembleClassifications> newPredictor(
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
    public <I, O> Predictor<I, O> newPredictor(Translator<I, O> translator) {
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
    public Model extractMember(int member, Block model) {
        return LoneModel.of(this, member, model);
    }

    /**
     * Saves a model folder, which {@link Harness#load}, {@code Criteria.optModelPath(folder)} and
     * DJL Serving load again. Whenever it stops, the folder has the whole model, the whole one that
     * was there before, or none.
     *
     * @param folder the folder; made if it is not there
     * @throws IOException if it cannot be written
     */
    public void save(Path folder) throws IOException {
        ModelFolder.save(folder, description, getModel());
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        trained.close();
    }
}
