/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.BinRule;
import dev.polyphony.evaluate.BinTotals;
import dev.polyphony.evaluate.Calibration;
import dev.polyphony.evaluate.ForeignScores;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.MetricValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Judges an ensemble on a data set whose examples have several labels each, and which comes in
 * batches, and so need not fit in memory.
 *
 * <p>How the data set is cut into batches does not change the result. Of an example the {@code K}
 * probabilities of its labels are kept, 8 bytes each, which ranks need; all else are sums. Not safe
 * for use by several threads: give each its own, and {@linkplain #add(MultiLabelMeter) add} them
 * up.
 */
public final class MultiLabelMeter {

    private final int members;
    private final Aggregation aggregation;
    private final List<LabelTotals> labels = new ArrayList<>();
    private final BinTotals bins = new BinTotals(Calibration.BINS, BinRule.LAST_CLOSED);
    private final ForeignScores entropies;
    private int examples;
    private int exact;

    private MultiLabelMeter(
            int members, int width, Aggregation aggregation, Collection<String> foreignSets) {
        entropies = new ForeignScores(foreignSets);
        this.members = members;
        this.aggregation = aggregation;
        for (int k = 0; k < width; k++) {
            labels.add(new LabelTotals(members));
        }
    }

    /**
     * Creates a meter.
     *
     * @param members the number of members {@code M}, at least 1
     * @param width the labels of an example {@code K}, at least 1
     * @param aggregation how members are pooled
     * @return a meter that has seen nothing
     * @throws IllegalArgumentException if a number is too low
     */
    public static MultiLabelMeter of(int members, int width, Aggregation aggregation) {
        return of(members, width, aggregation, Set.of());
    }

    /**
     * Creates a meter that also judges whether the ensemble is less sure of inputs that it was not
     * made for.
     *
     * @param members the number of members {@code M}, at least 1
     * @param width the labels of an example {@code K}, at least 1
     * @param aggregation how members are pooled
     * @param foreignSets the names of the sets of {@link #addForeign}
     * @return a meter that has seen nothing
     * @throws IllegalArgumentException if a number is too low
     */
    public static MultiLabelMeter of(
            int members, int width, Aggregation aggregation, Collection<String> foreignSets) {
        if (members < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "%d members and %d labels: at least 1 of each are needed"
                            .formatted(members, width));
        }
        return new MultiLabelMeter(
                members, width, Objects.requireNonNull(aggregation, "aggregation"), foreignSets);
    }

    /**
     * Adds examples.
     *
     * @param logits raw scores, {@code [B, M, K]} in row-major order
     * @param labels 0 or 1 for each label, {@code [B, K]} in row-major order
     * @return this
     * @throws IllegalArgumentException if a length does not fit, a logit is NaN or infinite, or a
     *     label is neither 0 nor 1
     */
    public MultiLabelMeter add(float[] logits, float[] labels) {
        return add(
                MultiLabelPredictions.of(logits, labels, members, this.labels.size(), aggregation));
    }

    /**
     * Adds examples.
     *
     * @param batch predictions with the right labels
     * @return this
     * @throws IllegalArgumentException if the number of members or labels, or the aggregation, is
     *     another, or a label is neither 0 nor 1
     * @throws IllegalStateException if the right labels are unknown
     */
    public MultiLabelMeter add(MultiLabelPredictions batch) {
        if (batch.getMembers() != members
                || batch.getWidth() != labels.size()
                || batch.getAggregation() != aggregation) {
            throw new IllegalArgumentException(
                    "the batch has %d members and %d labels, pooled %s; the meter is for %d, %d, %s"
                            .formatted(
                                    batch.getMembers(),
                                    batch.getWidth(),
                                    batch.getAggregation(),
                                    members,
                                    labels.size(),
                                    aggregation));
        }
        double[][] right = batch.getLabels();
        requireLabels(right);
        for (int i = 0; i < right.length; i++) {
            boolean isExact = true;
            for (int k = 0; k < right[i].length; k++) {
                boolean present = right[i][k] == 1;
                isExact &= labels.get(k).add(batch, i, k, present);
                bins.add(batch.probabilities(i)[k], present);
            }
            exact += isExact ? 1 : 0;
            entropies.add(entropy(batch, i));
        }
        examples = Math.addExact(examples, right.length);
        return this;
    }

    /**
     * Adds examples of a foreign set. Their score is the entropy of the labels, mean over these.
     *
     * @param set the name of the set
     * @param logits raw scores, {@code [B, M, K]} in row-major order
     * @return this
     * @throws IllegalArgumentException if the set was not named, the length does not fit, or a
     *     logit is NaN or infinite
     */
    public MultiLabelMeter addForeign(String set, float[] logits) {
        MultiLabelPredictions batch =
                MultiLabelPredictions.of(logits, null, members, labels.size(), aggregation);
        for (int i = 0; i < batch.size(); i++) {
            entropies.addForeign(set, entropy(batch, i));
        }
        return this;
    }

    private static double entropy(MultiLabelPredictions batch, int example) {
        return Arrays.stream(batch.probabilities(example))
                .map(LabelTotals::entropy)
                .average()
                .orElseThrow();
    }

    private void requireLabels(double[][] right) {
        for (int i = 0; i < right.length; i++) {
            for (double label : right[i]) {
                if (label != 0 && label != 1) {
                    throw new IllegalArgumentException(
                            "a label of example %d is %s: it must be 0 or 1"
                                    .formatted(examples + i, label));
                }
            }
        }
    }

    /**
     * Adds what another meter saw, as if its examples came after those of this one.
     *
     * @param other a meter built alike, which is left as it is
     * @return this
     * @throws IllegalArgumentException if the other is for something else, or this one
     */
    public MultiLabelMeter add(MultiLabelMeter other) {
        if (other == this
                || other.members != members
                || other.labels.size() != labels.size()
                || other.aggregation != aggregation) {
            throw new IllegalArgumentException(
                    "meters are added up if they are distinct and built alike");
        }
        for (int k = 0; k < labels.size(); k++) {
            labels.get(k).add(other.labels.get(k));
        }
        bins.add(other.bins);
        entropies.add(other.entropies);
        examples = Math.addExact(examples, other.examples);
        exact += other.exact;
        return this;
    }

    /**
     * Judges what was added so far; more may be added after.
     *
     * @return the evaluation
     * @throws IllegalStateException if no example was added, or none of a foreign set
     */
    public MultiLabelEvaluation getEvaluation() {
        if (examples == 0) {
            throw new IllegalStateException("no example was added: there is nothing to judge");
        }
        List<LabelFigures> figures = labels.stream().map(LabelTotals::toFigures).toList();
        MetricValues values = new MetricValues(MultiLabelMetrics.getAll());
        values.put(MultiLabelMetrics.LABEL_ACCURACY, mean(figures, LabelFigures::accuracy));
        values.put(MultiLabelMetrics.EXACT_MATCH, (double) exact / examples);
        values.put(MultiLabelMetrics.BCE, mean(figures, LabelFigures::binaryCrossEntropy));
        values.put(MultiLabelMetrics.BRIER, mean(figures, LabelFigures::brier));
        values.put(MultiLabelMetrics.ECE, bins.getError(examples) / labels.size());
        values.put(MultiLabelMetrics.AUROC, mean(figures, LabelFigures::auroc));
        values.put(
                MultiLabelMetrics.AVERAGE_PRECISION, mean(figures, LabelFigures::averagePrecision));
        Map<Metric, ToDoubleFunction<LabelTotals>> sums =
                Map.of(
                        MultiLabelMetrics.PREDICTIVE_ENTROPY, LabelTotals::getEntropy,
                        MultiLabelMetrics.EXPECTED_ENTROPY, LabelTotals::getExpectedEntropy,
                        MultiLabelMetrics.MUTUAL_INFORMATION, LabelTotals::getMutualInformation,
                        MultiLabelMetrics.DISAGREEMENT, LabelTotals::getDisagreement);
        sums.forEach((metric, sum) -> values.put(metric, perLabel(sum)));
        double[] accuracy = ofMembers(m -> perLabel(label -> label.getRight(m)));
        double[] surprise = ofMembers(m -> perLabel(label -> label.getSurprise(m)));
        values.put(MultiLabelMetrics.MEMBER_LABEL_ACCURACY, mean(accuracy));
        values.put(MultiLabelMetrics.MEMBER_BCE, mean(surprise));
        return new MultiLabelEvaluation(
                examples,
                values.toMap(),
                figures,
                bins.toBins(),
                accuracy,
                surprise,
                entropies.toDetections());
    }

    /** The mean over examples and labels. */
    private double perLabel(ToDoubleFunction<LabelTotals> sum) {
        return labels.stream().mapToDouble(sum).sum() / examples / labels.size();
    }

    private double[] ofMembers(IntToDoubleFunction value) {
        return IntStream.range(0, members).mapToDouble(value).toArray();
    }

    /** The mean over labels that have a value. */
    private static double mean(List<LabelFigures> figures, ToDoubleFunction<LabelFigures> value) {
        return mean(
                figures.stream().mapToDouble(value).filter(each -> !Double.isNaN(each)).toArray());
    }

    private static double mean(double... numbers) {
        return Arrays.stream(numbers).average().orElse(Double.NaN);
    }
}
