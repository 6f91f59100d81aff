/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Judges a classifier on a data set that comes in batches, and so need not fit in memory.
 *
 * <pre>{@code
 * ClassificationMeter meter = ClassificationMeter.builder().setMembers(4).setClasses(10).build();
 * for (each batch) {
 *     meter.add(logits, labels); // [B, M, C] and [B]
 * }
 * meter.addForeign("letters", otherLogits); // [B, M, C]
 * Evaluation evaluation = meter.getEvaluation();
 * }</pre>
 *
 * <p>How the data set is cut into batches does not change the result. Of an example of the test set
 * six numbers of 8 bytes are kept, which ranks need (its confidence and five {@linkplain
 * UncertaintyScore scores}), of a foreign one five; all else are sums, of a size of {@code 15 C +
 * 12 M^2} numbers.
 *
 * <p>{@link Evaluation#of(Predictions, Map)} judges through a meter too. Not safe for use by
 * several threads: give each its own, and {@linkplain #add(ClassificationMeter) add} them up.
 */
public final class ClassificationMeter {

    private final int members;
    private final int classes;
    private final Aggregation aggregation;
    private final int examplesShown;
    private final PooledTotals pooled;
    private final List<MemberTotals> each = new ArrayList<>();
    private final PairTotals pairs;
    private final Column rightConfidence = new Column();
    private final Column wrongConfidence = new Column();
    private final ScoreColumns scores = new ScoreColumns();
    private final Map<String, ScoreColumns> foreign = new LinkedHashMap<>();
    private final Extremes uncertain;
    private final Extremes confidentlyWrong;

    private ClassificationMeter(Builder builder) {
        members = builder.members;
        classes = builder.classes;
        aggregation = builder.aggregation;
        examplesShown = builder.examplesShown;
        builder.foreignSets.forEach(name -> foreign.put(name, new ScoreColumns()));
        pooled = new PooledTotals(classes, Calibration.BINS);
        for (int m = 0; m < members; m++) {
            each.add(new MemberTotals(Calibration.BINS));
        }
        pairs = new PairTotals(members);
        uncertain =
                new Extremes(
                        examplesShown,
                        Comparator.comparingDouble(JudgedExample::entropy).reversed());
        confidentlyWrong =
                new Extremes(
                        examplesShown,
                        Comparator.comparingDouble(JudgedExample::confidence).reversed());
    }

    /**
     * Creates a builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds examples of the test set.
     *
     * @param logits raw scores, {@code [B, M, C]} in row-major order
     * @param labels the right class of each example, {@code [B]}, from 0 to {@code C - 1}
     * @return this
     * @throws IllegalArgumentException if there are no examples, a length does not fit, a logit is
     *     NaN or infinite, or a label is no class
     */
    public ClassificationMeter add(float[] logits, int[] labels) {
        return add(Predictions.of(logits, labels, members, classes, aggregation));
    }

    /**
     * Adds examples of the test set, perhaps with calibrated probabilities.
     *
     * @param batch labelled predictions
     * @return this
     * @throws IllegalArgumentException if the number of members or classes, or the aggregation, is
     *     another
     * @throws IllegalStateException if there are no labels
     */
    public ClassificationMeter add(Predictions batch) {
        requireSame(batch, "the test set");
        int[] labels = batch.getLabels();
        for (int i = 0; i < labels.length; i++) {
            add(batch, i, labels[i]);
        }
        return this;
    }

    private void add(Predictions batch, int i, int label) {
        double[] probabilities = batch.probabilities(i);
        double[][] own = batch.memberProbabilities(i);
        double[][] logs = batch.memberLogProbabilities(i);
        int predicted = Uncertainty.argmax(probabilities);
        double confidence = probabilities[predicted];
        Map<UncertaintyScore, Double> unsure = scores.add(probabilities, own);
        JudgedExample example =
                new JudgedExample(
                        getExamples(),
                        label,
                        predicted,
                        confidence,
                        unsure.get(UncertaintyScore.PREDICTIVE_ENTROPY),
                        unsure.get(UncertaintyScore.MUTUAL_INFORMATION));
        uncertain.add(example);
        if (example.isCorrect()) {
            rightConfidence.add(confidence);
        } else {
            wrongConfidence.add(confidence);
            confidentlyWrong.add(example);
        }
        pooled.add(probabilities, batch.getLogProbability(i, label), predicted, label);
        int[] votes = new int[members];
        for (int m = 0; m < members; m++) {
            votes[m] = Uncertainty.argmax(own[m]);
            each.get(m).add(own[m], logs[m][label], votes[m], label);
        }
        pairs.add(votes, label, own, logs);
    }

    /**
     * Adds examples of a data set that the ensemble was not made for.
     *
     * @param name the name of the set
     * @param logits raw scores, {@code [B, M, C]} in row-major order
     * @return this
     * @throws IllegalArgumentException if there are no examples, a length does not fit, or a logit
     *     is NaN or infinite
     */
    public ClassificationMeter addForeign(String name, float[] logits) {
        return addForeign(name, Predictions.of(logits, members, classes, aggregation));
    }

    /**
     * Adds examples of a data set that the ensemble was not made for.
     *
     * @param name the name of the set
     * @param batch predictions; labels are not looked at
     * @return this
     * @throws IllegalArgumentException if the number of members or classes, or the aggregation, is
     *     another
     */
    public ClassificationMeter addForeign(String name, Predictions batch) {
        requireSame(batch, "the out-of-distribution set '" + name + "'");
        ScoreColumns columns = foreign.computeIfAbsent(name, key -> new ScoreColumns());
        for (int i = 0; i < batch.size(); i++) {
            columns.add(batch.probabilities(i), batch.memberProbabilities(i));
        }
        return this;
    }

    private void requireSame(Predictions batch, String set) {
        if (batch.getMembers() != members
                || batch.getClasses() != classes
                || batch.getAggregation() != aggregation) {
            throw new IllegalArgumentException(
                    ("%s was predicted with %d members, %d classes, pooled %s; this is for %d, %d,"
                                    + " %s: use one ensemble for all")
                            .formatted(
                                    set,
                                    batch.getMembers(),
                                    batch.getClasses(),
                                    batch.getAggregation(),
                                    members,
                                    classes,
                                    aggregation));
        }
    }

    /**
     * Adds what another meter saw, as if its examples came after those of this one.
     *
     * @param other a meter built alike, which is left as it is
     * @return this
     * @throws IllegalArgumentException if the other is for another kind of ensemble, or this one
     */
    public ClassificationMeter add(ClassificationMeter other) {
        if (other == this
                || other.members != members
                || other.classes != classes
                || other.aggregation != aggregation
                || other.examplesShown != examplesShown) {
            throw new IllegalArgumentException(
                    "meters are added up if they are distinct and built alike");
        }
        int before = getExamples();
        uncertain.add(other.uncertain, before);
        confidentlyWrong.add(other.confidentlyWrong, before);
        pooled.add(other.pooled);
        for (int m = 0; m < members; m++) {
            each.get(m).add(other.each.get(m));
        }
        pairs.add(other.pairs);
        rightConfidence.add(other.rightConfidence);
        wrongConfidence.add(other.wrongConfidence);
        scores.add(other.scores);
        other.foreign.forEach(
                (name, columns) ->
                        foreign.computeIfAbsent(name, key -> new ScoreColumns()).add(columns));
        return this;
    }

    /**
     * Returns how many examples of the test set were added.
     *
     * @return {@code N}
     */
    public int getExamples() {
        return rightConfidence.size() + wrongConfidence.size();
    }

    /**
     * Judges what was added so far; more may be added after.
     *
     * @return the evaluation
     * @throws IllegalStateException if no example of the test set was added, or none of a foreign
     *     set that was {@linkplain Builder#optForeignSets announced}
     */
    public Evaluation getEvaluation() {
        int examples = getExamples();
        if (examples == 0) {
            throw new IllegalStateException(
                    "no example of the test set was added: there is nothing to judge");
        }
        foreign.forEach(
                (name, columns) -> {
                    if (columns.size() == 0) {
                        throw new IllegalStateException(
                                ("the out-of-distribution set '%s' is empty: there is nothing to tell"
                                                + " from the test set")
                                        .formatted(name));
                    }
                });
        List<MemberFigures> figures = each.stream().map(one -> one.toFigures(examples)).toList();
        Map<PairMeasure, double[][]> matrices = pairs.toMatrices(examples);
        MetricValues values = new MetricValues(Metrics.getQuality());
        pooled.put(values, examples);
        putUncertainty(values);
        putMembers(values, figures, matrices);
        RankedConfidence ranked =
                new RankedConfidence(rightConfidence.toSorted(), wrongConfidence.toSorted());
        ranked.put(values);
        return new Evaluation(
                new Evaluation.Kind(examples, members, classes, aggregation),
                values.toMap(),
                pooled,
                ranked,
                figures,
                matrices,
                new RankedScores(scores, foreign),
                List.of(uncertain.toList(), confidentlyWrong.toList()));
    }

    private void putUncertainty(MetricValues values) {
        values.put(Metrics.PREDICTIVE_ENTROPY, scores.getMean(UncertaintyScore.PREDICTIVE_ENTROPY));
        values.put(Metrics.EXPECTED_ENTROPY, scores.getMean(UncertaintyScore.EXPECTED_ENTROPY));
        values.put(Metrics.MUTUAL_INFORMATION, scores.getMean(UncertaintyScore.MUTUAL_INFORMATION));
        values.put(Metrics.VARIATION_RATIO, scores.getMean(UncertaintyScore.VARIATION_RATIO));
    }

    private static void putMembers(
            MetricValues values,
            List<MemberFigures> figures,
            Map<PairMeasure, double[][]> matrices) {
        values.put(Metrics.MEMBER_ACCURACY, mean(figures.stream().map(MemberFigures::accuracy)));
        values.put(
                Metrics.MEMBER_NLL,
                mean(figures.stream().map(MemberFigures::negativeLogLikelihood)));
        values.put(Metrics.MEMBER_BRIER, mean(figures.stream().map(MemberFigures::brier)));
        values.put(
                Metrics.MEMBER_ECE,
                mean(figures.stream().map(MemberFigures::expectedCalibrationError)));
        matrices.forEach(
                (measure, matrix) -> {
                    // one less the agreement is in the tables
                    if (measure != PairMeasure.AGREEMENT) {
                        // a single member has nobody to disagree with
                        boolean isZero = measure == PairMeasure.DISAGREEMENT && matrix.length == 1;
                        values.put(measure.getMetric(), isZero ? 0 : PairTotals.mean(matrix));
                    }
                });
    }

    private static double mean(Stream<Double> numbers) {
        return numbers.mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Builds a {@link ClassificationMeter}. */
    public static final class Builder {

        private int members;
        private int classes;
        private Aggregation aggregation = Aggregation.PROBABILITIES;
        private int examplesShown = 16;
        private List<String> foreignSets = List.of();

        private Builder() {}

        /**
         * Sets the number of members.
         *
         * @param members {@code M}, at least 1
         * @return this
         */
        public Builder setMembers(int members) {
            this.members = members;
            return this;
        }

        /**
         * Sets the number of classes.
         *
         * @param classes {@code C}, at least 2
         * @return this
         */
        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets how members are pooled.
         *
         * @param aggregation the aggregation; the mean of probabilities if not set
         * @return this
         */
        public Builder optAggregation(Aggregation aggregation) {
            this.aggregation = Objects.requireNonNull(aggregation, "aggregation");
            return this;
        }

        /**
         * Sets how many examples are named as the most uncertain, and as the most confidently
         * wrong.
         *
         * @param examplesShown how many of each, perhaps 0; 16 if not set
         * @return this
         */
        public Builder optExamplesShown(int examplesShown) {
            this.examplesShown = examplesShown;
            return this;
        }

        /**
         * Announces foreign sets, so that one of which nothing comes is an error.
         *
         * @param foreignSets their names, in the order of tables; others may come after
         * @return this
         */
        public Builder optForeignSets(Collection<String> foreignSets) {
            this.foreignSets = List.copyOf(foreignSets);
            return this;
        }

        /**
         * Builds the meter.
         *
         * @return a meter that has seen nothing
         * @throws IllegalArgumentException if a number is not set, or too low
         */
        public ClassificationMeter build() {
            if (members < 1 || classes < 2 || examplesShown < 0) {
                throw new IllegalArgumentException(
                        ("%d members, %d classes, %d examples shown: at least 1 member (setMembers),"
                                        + " 2 classes (setClasses) and 0 examples are needed")
                                .formatted(members, classes, examplesShown));
            }
            return new ClassificationMeter(this);
        }
    }
}
