/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import dev.polyphony.evaluate.Predictions;
import java.util.stream.IntStream;

/**
 * Predicts sets of classes that hold the right one with a given probability, whatever the model: if
 * validation examples and new ones come from the same distribution, in any order, then a set holds
 * the right class with a probability of at least {@code coverage}, over the draw of all of them.
 *
 * <p>Split conformal prediction: {@code q} is the {@code ceil((n + 1) coverage)}-th smallest of the
 * scores of {@code n} validation examples' right classes, and a set holds every class with a score
 * of at most {@code q}. With fewer examples than {@link #getLeastExamples} it is infinite, and
 * every set holds all classes: {@link #isInformative()} tells. Sets are left as the method gives
 * them; empty ones say that no class looks like what was seen.
 *
 * <p>It is fitted on examples that were not trained on, and judged by others than those; if
 * probabilities are calibrated on validation data too, then on another part of them, as scores of
 * examples that the calibration knows are not like those of new ones.
 *
 * @see <a href="https://arxiv.org/abs/2107.07511">Angelopoulos and Bates, A Gentle Introduction to
 *     Conformal Prediction, 2021</a>
 */
public final class ConformalPredictor {

    private final ConformalMethod method;
    private final double coverage;
    private final double quantile;
    private final int classes;

    private ConformalPredictor(
            ConformalMethod method, double coverage, double quantile, int classes) {
        this.method = method;
        this.coverage = coverage;
        this.quantile = quantile;
        this.classes = classes;
    }

    /**
     * Fits a predictor.
     *
     * @param method how strange a class is
     * @param coverage the probability with which a set shall hold the right class, such as 0.9
     * @param validation labelled predictions for examples that were not trained on
     * @return the predictor
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException if the coverage is not above 0 and below 1
     */
    public static ConformalPredictor fit(
            ConformalMethod method, double coverage, Predictions validation) {
        return fit(method, coverage, validation.getProbabilities(), validation.getLabels());
    }

    /**
     * Fits a predictor.
     *
     * @param method how strange a class is
     * @param coverage the probability with which a set shall hold the right class, such as 0.9
     * @param probabilities what a model gives for examples that were not trained on, {@code [N][C]}
     * @param labels the right class of each, {@code [N]}
     * @return the predictor
     * @throws IllegalArgumentException if the coverage is not above 0 and below 1, there are no
     *     examples, or a length does not fit, or a label is no class
     */
    public static ConformalPredictor fit(
            ConformalMethod method, double coverage, double[][] probabilities, int[] labels) {
        ConformalQuantile.requireCoverage(coverage);
        if (probabilities.length == 0 || probabilities.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d rows of probabilities for %d labels: there must be one for each, and at least one"
                            .formatted(probabilities.length, labels.length));
        }
        int classes = probabilities[0].length;
        double[] scores = new double[labels.length];
        for (int i = 0; i < scores.length; i++) {
            requireClasses(probabilities[i], classes);
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label %d of example %d is not one of the %d classes (0 to %d)"
                                .formatted(labels[i], i, classes, classes - 1));
            }
            // shares of chance must differ from those of the examples to come
            scores[i] = method.scores(probabilities[i], -1L - i)[labels[i]];
        }
        double quantile = ConformalQuantile.of(scores, coverage);
        return new ConformalPredictor(method, coverage, quantile, classes);
    }

    private static void requireClasses(double[] row, int classes) {
        if (row.length != classes) {
            throw new IllegalArgumentException(
                    "there are probabilities of %d classes, where there should be %d"
                            .formatted(row.length, classes));
        }
    }

    /**
     * Predicts the set of an example.
     *
     * @param probabilities what the model gives, {@code [C]}
     * @param example the number of the example, by which a method with chance draws; any for others
     * @return the classes in ascending order; may be none
     * @throws IllegalArgumentException if there is not one probability for each class
     */
    public int[] predict(double[] probabilities, long example) {
        requireClasses(probabilities, classes);
        double[] scores = method.scores(probabilities, example);
        return IntStream.range(0, classes).filter(c -> scores[c] <= quantile).toArray();
    }

    /**
     * Predicts the sets of examples, numbered from 0.
     *
     * @param probabilities what the model gives, {@code [N][C]}
     * @return the classes of each in ascending order
     * @throws IllegalArgumentException if a row has not one probability for each class
     */
    public int[][] predict(double[][] probabilities) {
        int[][] sets = new int[probabilities.length][];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = predict(probabilities[i], i);
        }
        return sets;
    }

    /**
     * Judges the sets of a test set.
     *
     * @param test labelled predictions for examples that this was not fitted on
     * @return the result
     * @throws IllegalStateException if there are no labels
     * @throws IllegalArgumentException if there are other classes
     */
    public ConformalResult evaluate(Predictions test) {
        return ConformalResult.of(this, predict(test.getProbabilities()), test.getLabels());
    }

    /**
     * Returns how strange a class is.
     *
     * @return the method
     */
    public ConformalMethod getMethod() {
        return method;
    }

    /**
     * Returns the probability with which a set shall hold the right class.
     *
     * @return the coverage
     */
    public double getCoverage() {
        return coverage;
    }

    /**
     * Returns the score up to which classes are in a set.
     *
     * @return the quantile; infinite if there were too few validation examples
     */
    public double getQuantile() {
        return quantile;
    }

    /**
     * Returns the number of classes.
     *
     * @return {@code C}
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Tells whether there were enough validation examples for sets that say anything.
     *
     * @return false if every set holds all classes
     */
    public boolean isInformative() {
        return quantile < Double.POSITIVE_INFINITY;
    }

    /**
     * Returns how many validation examples it takes for sets that say anything.
     *
     * @param coverage the probability with which a set shall hold the right class
     * @return the least number, such as 9 for 0.9 and 99 for 0.99
     * @throws IllegalArgumentException if the coverage is not above 0 and below 1
     */
    public static int getLeastExamples(double coverage) {
        ConformalQuantile.requireCoverage(coverage);
        return ConformalQuantile.least(coverage);
    }
}
