/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The verdict on one trained classifier: every metric on the test set, the reliability diagram, the
 * members one by one and side by side, what it could answer safely, and how well its uncertainty
 * tells foreign data sets apart.
 *
 * <p>Immutable. Holds some numbers for each example, as {@link ClassificationMeter} says.
 */
public final class Evaluation implements TaskEvaluation {

    /** What was judged: how many examples, and what of. */
    record Kind(int examples, int members, int classes, Aggregation aggregation) {}

    private final Kind kind;
    private final Map<Metric, Double> values;
    private final List<ReliabilityBin> reliability;
    private final double[] topAccuracy;
    private final double[] classCalibrationError;
    private final RankedConfidence confidence;
    private final SelectivePrediction selection;
    private final List<MemberFigures> memberFigures;
    private final Map<PairMeasure, double[][]> pairs;
    private final RankedScores scores;
    private final Map<String, Map<UncertaintyScore, Detection>> detections;
    private final List<List<JudgedExample>> extremes;

    Evaluation(
            Kind kind,
            Map<Metric, Double> values,
            PooledTotals pooled,
            RankedConfidence confidence,
            List<MemberFigures> memberFigures,
            Map<PairMeasure, double[][]> pairs,
            RankedScores scores,
            List<List<JudgedExample>> extremes) {
        this.kind = kind;
        this.values = values;
        reliability = pooled.toBins();
        topAccuracy = pooled.getTopAccuracies(kind.examples);
        classCalibrationError = pooled.getClassErrors(kind.examples);
        this.confidence = confidence;
        selection = confidence.toSelection();
        this.memberFigures = memberFigures;
        this.pairs = pairs;
        this.scores = scores;
        detections = Collections.unmodifiableMap(scores.toDetections());
        this.extremes = extremes;
    }

    /**
     * Judges an ensemble on a test set alone.
     *
     * @param test labelled predictions on the test set
     * @return the evaluation
     * @throws IllegalStateException if there are no labels
     */
    public static Evaluation of(Predictions test) {
        return of(test, Map.of());
    }

    /**
     * Judges an ensemble on a test set and on data that it was not made for.
     *
     * @param test labelled predictions on the test set
     * @param outOfDistribution predictions on foreign data sets by their names, in the order of
     *     tables; labels are not looked at
     * @return the evaluation
     * @throws IllegalStateException if the test set has no labels
     * @throws IllegalArgumentException if a foreign set was predicted by another kind of ensemble
     */
    public static Evaluation of(Predictions test, Map<String, Predictions> outOfDistribution) {
        ClassificationMeter meter =
                ClassificationMeter.builder()
                        .setMembers(test.getMembers())
                        .setClasses(test.getClasses())
                        .optAggregation(test.getAggregation())
                        .build()
                        .add(test);
        outOfDistribution.forEach(meter::addForeign);
        return meter.getEvaluation();
    }

    /** {@inheritDoc} */
    @Override
    public int getExamples() {
        return kind.examples;
    }

    /** {@inheritDoc} */
    @Override
    public int getMembers() {
        return kind.members;
    }

    /**
     * Returns the number of classes.
     *
     * @return {@code C}
     */
    public int getClasses() {
        return kind.classes;
    }

    /**
     * Returns how the members were pooled.
     *
     * @return the aggregation
     */
    public Aggregation getAggregation() {
        return kind.aggregation;
    }

    /**
     * Returns all metrics on the test set: those of {@link Metrics#getQuality}.
     *
     * @return the values in the order of tables; NaN where a metric has no value, as measures of
     *     pairs have none for a single member
     */
    @Override
    public Map<Metric, Double> getValues() {
        return values;
    }

    /**
     * Returns the top-k accuracy.
     *
     * @param k how many classes may be named, from 1 to {@code C}
     * @return the share of examples whose right class is among the k most probable
     */
    public double getTopAccuracy(int k) {
        Objects.checkIndex(k - 1, topAccuracy.length);
        return topAccuracy[k - 1];
    }

    /**
     * Returns the bars of the reliability diagram.
     *
     * @return {@value Calibration#BINS} bins of equal width, from low to high confidence
     */
    public List<ReliabilityBin> getReliability() {
        return reliability;
    }

    /**
     * Returns the bars of a reliability diagram that all hold the same number of examples, which
     * the adaptive ECE is made of.
     *
     * @return {@value Calibration#BINS} bins of equal mass, from low to high confidence
     */
    public List<ReliabilityBin> getEqualMassReliability() {
        return EqualMass.bins(confidence.right(), confidence.wrong(), Calibration.BINS);
    }

    /**
     * Returns the calibration error of the probability of each class, whose mean is the class-wise
     * ECE.
     *
     * @return the errors, {@code [C]}
     */
    public double[] getClassCalibrationError() {
        return classCalibrationError.clone();
    }

    /**
     * Counts right answers by their confidence.
     *
     * @param bins how many bins between 0 and 1
     * @return the histogram; empty if no answer is right
     */
    public Histogram getConfidenceOfRight(int bins) {
        return confidence.toHistogram(true, bins);
    }

    /**
     * Counts wrong answers by their confidence.
     *
     * @param bins how many bins between 0 and 1
     * @return the histogram; empty if no answer is wrong
     */
    public Histogram getConfidenceOfWrong(int bins) {
        return confidence.toHistogram(false, bins);
    }

    /**
     * Returns what the ensemble could answer safely: its risk-coverage curve, and the areas under
     * it.
     *
     * @return selective prediction by the confidence
     */
    public SelectivePrediction getSelection() {
        return selection;
    }

    /**
     * Returns how good each member is on its own.
     *
     * @return the figures, {@code M} of them
     */
    public List<MemberFigures> getMemberFigures() {
        return memberFigures;
    }

    /**
     * Returns the accuracy of each member on its own.
     *
     * @return the accuracies, {@code [M]}
     */
    public double[] getMemberAccuracy() {
        return memberFigures.stream().mapToDouble(MemberFigures::accuracy).toArray();
    }

    /**
     * Returns the negative log likelihood of each member on its own.
     *
     * @return the values in nats, {@code [M]}
     */
    public double[] getMemberNegativeLogLikelihood() {
        return memberFigures.stream().mapToDouble(MemberFigures::negativeLogLikelihood).toArray();
    }

    /**
     * Returns every two members side by side.
     *
     * @param measure how they are compared
     * @return a copy, {@code [M][M]}; the diagonal compares a member with itself
     */
    public double[][] getPairs(PairMeasure measure) {
        return Arrays.stream(pairs.get(measure)).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns how well each score tells the foreign sets from the test set.
     *
     * @return by name of the set, then by score
     */
    public Map<String, Map<UncertaintyScore, Detection>> getDetections() {
        return detections;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Detection> getMainDetections() {
        Map<String, Detection> main = new LinkedHashMap<>();
        detections.forEach(
                (set, scores) -> main.put(set, scores.get(UncertaintyScore.PREDICTIVE_ENTROPY)));
        return main;
    }

    /**
     * Counts the examples of the test set by a score. The bins reach from 0 to the greatest score
     * of the test set and of all foreign sets; to 1 if all are 0.
     *
     * @param score the score
     * @param bins how many bins, at least 1
     * @return the histogram
     */
    public Histogram getScores(UncertaintyScore score, int bins) {
        return scores.toHistogram(score, bins);
    }

    /**
     * Counts the examples of each foreign set by a score, in the bins of {@link #getScores}.
     *
     * @param score the score
     * @param bins how many bins, at least 1
     * @return the histograms by name of the set
     */
    public Map<String, Histogram> getForeignScores(UncertaintyScore score, int bins) {
        Map<String, Histogram> histograms = new LinkedHashMap<>();
        detections
                .keySet()
                .forEach(set -> histograms.put(set, scores.toHistogram(set, score, bins)));
        return histograms;
    }

    /**
     * Returns the examples whose predictive entropy is highest.
     *
     * @return at most as many as the meter was asked for, the most uncertain first
     */
    public List<JudgedExample> getMostUncertain() {
        return extremes.get(0);
    }

    /**
     * Returns the examples that were answered wrong with the highest confidence.
     *
     * @return at most as many as the meter was asked for, the surest first
     */
    public List<JudgedExample> getMostConfidentlyWrong() {
        return extremes.get(1);
    }
}
