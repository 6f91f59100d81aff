/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.function.ToDoubleFunction;

/**
 * How alike two members are. Each is a mean over the test examples, or made of shares of them; that
 * of an ensemble is the mean over its pairs.
 */
public enum PairMeasure {
    /** Share of the examples that both give the same class, right or wrong. From 0 to 1. */
    AGREEMENT("agreement", "Agreement"),

    /** Share of the examples that they give different classes. From 0 to 1. */
    DISAGREEMENT("disagreement", "Disagreement"),

    /** Share of the examples that both get right or both get wrong. From 0 to 1. */
    OUTCOME_AGREEMENT("outcomeAgreement", "Agreement on being right", Diversity::getAgreement),

    /** Share of the examples that both get wrong. From 0 to 1. */
    DOUBLE_FAULT("doubleFault", "Double fault", Diversity::bothWrong),

    /** Different errors to simultaneous ones, {@link Diversity#getRatioOfErrors}. */
    RATIO_OF_ERRORS("ratioOfErrors", "Ratio of errors", Diversity::getRatioOfErrors),

    /** Yule's Q of being right, {@link Diversity#getQStatistic}. From -1 to 1. */
    Q_STATISTIC("qStatistic", "Q statistic", Diversity::getQStatistic),

    /** Correlation of being right, {@link Diversity#getCorrelation}. From -1 to 1. */
    CORRELATION("correlation", "Correlation of errors", Diversity::getCorrelation),

    /**
     * Kullback-Leibler divergence {@code KL(p_a || p_b) = sum_c p_a(c) (log p_a(c) - log p_b(c))},
     * in nats; from 0 up. Not symmetric: {@code a} is the row of a matrix.
     */
    KL_DIVERGENCE("klDivergence", "KL divergence");

    private final String key;
    private final String title;
    private final ToDoubleFunction<Diversity> outcome;

    PairMeasure(String key, String title) {
        this(key, title, null);
    }

    PairMeasure(String key, String title, ToDoubleFunction<Diversity> outcome) {
        this.key = key;
        this.title = title;
        this.outcome = outcome;
    }

    /**
     * Returns the name in files.
     *
     * @return the key
     */
    public String getKey() {
        return key;
    }

    /**
     * Returns the name for readers.
     *
     * @return the title
     */
    public String getTitle() {
        return title;
    }

    /** What it is made of, if that is only who is right; else null. */
    ToDoubleFunction<Diversity> outcome() {
        return outcome;
    }
}
