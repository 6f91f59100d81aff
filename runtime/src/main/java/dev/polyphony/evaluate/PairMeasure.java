/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static dev.polyphony.evaluate.Metric.Better.LOWER;
import static dev.polyphony.evaluate.Metric.Better.NEITHER;

import dev.polyphony.evaluate.Metric.Better;
import java.util.function.ToDoubleFunction;

/**
 * How alike two members are. Each is a mean over the test examples, or made of shares of them; the
 * {@linkplain #getMetric metric} of an ensemble is the mean over its pairs.
 */
public enum PairMeasure {
    /** Share of the examples that both give the same class, right or wrong. From 0 to 1. */
    AGREEMENT(
            "agreement",
            "Agreement",
            NEITHER,
            "Share of the test examples that two members give the same class, mean over the pairs.",
            null),

    /** Share of the examples that they give different classes. From 0 to 1. */
    DISAGREEMENT(
            "disagreement",
            "Disagreement",
            NEITHER,
            "Share of pairs of members that predict different classes, mean over the test examples;"
                    + " 0 for a single network.",
            null),

    /** Share of the examples that both get right or both get wrong. From 0 to 1. */
    OUTCOME_AGREEMENT(
            "outcomeAgreement",
            "Agreement on being right",
            NEITHER,
            "Share of the test examples that two members both get right or both get wrong, mean over"
                    + " the pairs.",
            Diversity::getAgreement),

    /** Share of the examples that both get wrong. From 0 to 1. */
    DOUBLE_FAULT(
            "doubleFault",
            "Double fault",
            LOWER,
            "Share of the test examples that two members both get wrong, mean over the pairs.",
            Diversity::bothWrong),

    /** Different errors to simultaneous ones, {@link Diversity#getRatioOfErrors}. From 0 up. */
    RATIO_OF_ERRORS(
            "ratioOfErrors",
            "Ratio of errors",
            NEITHER,
            "How many errors only one of two members makes for each that both make, mean over the"
                    + " pairs; higher is more diverse.",
            Diversity::getRatioOfErrors),

    /** Yule's Q of being right, {@link Diversity#getQStatistic}. From -1 to 1. */
    Q_STATISTIC(
            "qStatistic",
            "Q statistic",
            NEITHER,
            "Whether two members err on the same examples (1), independently (0) or on different ones"
                    + " (-1), mean over the pairs.",
            Diversity::getQStatistic),

    /** Correlation of being right, {@link Diversity#getCorrelation}. From -1 to 1. */
    CORRELATION(
            "correlation",
            "Correlation of errors",
            NEITHER,
            "Correlation of two members being right, mean over the pairs; lower is more diverse.",
            Diversity::getCorrelation),

    /**
     * Kullback-Leibler divergence {@code KL(p_a || p_b) = sum_c p_a(c) (log p_a(c) - log p_b(c))},
     * in nats; from 0 up. Not symmetric: {@code a} is the row of a matrix.
     */
    KL_DIVERGENCE(
            "klDivergence",
            "KL divergence",
            NEITHER,
            "Kullback-Leibler divergence of the probabilities of one member from those of another, in"
                    + " nats, mean over the test examples and ordered pairs.",
            null);

    private final Metric metric;
    private final ToDoubleFunction<Diversity> outcome;

    PairMeasure(
            String key,
            String title,
            Better better,
            String meaning,
            ToDoubleFunction<Diversity> outcome) {
        metric = Metric.of(key, title, better, meaning);
        this.outcome = outcome;
    }

    /**
     * Returns the mean over the pairs of members as a metric of an {@link Evaluation}.
     *
     * @return the metric
     */
    public Metric getMetric() {
        return metric;
    }

    /**
     * Returns the name in files.
     *
     * @return the key
     */
    public String getKey() {
        return metric.key();
    }

    /**
     * Returns the name for readers.
     *
     * @return the title
     */
    public String getTitle() {
        return metric.title();
    }

    /** What it is made of, if that is only who is right; else null. */
    ToDoubleFunction<Diversity> outcome() {
        return outcome;
    }
}
