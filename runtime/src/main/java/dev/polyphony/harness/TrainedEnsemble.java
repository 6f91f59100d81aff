/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.regression.GaussianNoise;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.suite.EvaluationSuite;
import dev.polyphony.model.AnswerRule;
import dev.polyphony.model.ModelDescription;
import dev.polyphony.model.ModelFolder;
import dev.polyphony.report.Report;
import dev.polyphony.report.Result;
import dev.polyphony.train.Trained;
import dev.polyphony.train.progress.Resumed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** A trained ensemble: predicts, is judged, and is saved. */
public final class TrainedEnsemble extends TrainedModel {

    private final Examples train;
    private Examples validation;
    private EvaluationSuite evaluation = EvaluationSuite.builder().build();

    TrainedEnsemble(
            ModelDescription description,
            Trained trained,
            Examples train,
            Examples validation,
            Resumed resumed) {
        super(description, trained, resumed);
        this.train = train;
        this.validation = validation;
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
        setDescription(getDescription().withClassNames(classNames));
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
        setDescription(getDescription().withInput(input));
        return this;
    }

    /**
     * Sets how answers of predictors are made: pooling, temperatures, abstention.
     *
     * @param answers the rule; the recipe's pooling alone if it is not set
     * @return this
     */
    public TrainedEnsemble optAnswers(AnswerRule answers) {
        setDescription(getDescription().withAnswers(answers));
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
        return Tasks.judge(this, getTask(), test);
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
        setDescription(getDescription().withMetrics(scores));
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
                        .addFact("Training", getDescription().training().settings())
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
        Tasks.requireJudgeable(getTask(), test);
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
        setDescription(getDescription().withMetrics(figures(result.evaluation())));
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
     * Saves a model folder, which {@link Harness#load}, {@code Criteria.optModelPath(folder)} and
     * DJL Serving load again. Whenever it stops, the folder has the whole model, the whole one that
     * was there before, or none.
     *
     * @param folder the folder; made if it is not there
     * @throws IOException if it cannot be written
     */
    public void save(Path folder) throws IOException {
        ModelFolder.save(folder, getDescription(), getModel());
    }
}
