/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony;

/** What a task is judged by. */
public enum TaskMetric {
    /** The usual metric of the kind: accuracy, label accuracy, root mean squared error. */
    DEFAULT("", false),

    /** The share of examples whose class is right; higher is better. */
    ACCURACY("accuracy", true),

    /** The mean over classes of the harmonic mean of precision and recall; higher is better. */
    MACRO_F1("macro F1", true),

    /** The mean negative log likelihood of the right class, in nats; lower is better. */
    NLL("NLL", false),

    /** The share of all labels that are right; higher is better. */
    LABEL_ACCURACY("label accuracy", true),

    /** The mean binary cross-entropy of all labels, in nats; lower is better. */
    BINARY_CROSS_ENTROPY("binary cross-entropy", false),

    /** The root of the mean squared error, in the units of the targets; lower is better. */
    RMSE("RMSE", false),

    /** The mean absolute error, in the units of the targets; lower is better. */
    MAE("MAE", false),

    /** The share of the variance that is explained, at most 1; higher is better. */
    R2("R²", true);

    private final String title;
    private final boolean higherIsBetter;

    TaskMetric(String title, boolean higherIsBetter) {
        this.title = title;
        this.higherIsBetter = higherIsBetter;
    }

    /**
     * Returns the metric for readers.
     *
     * @return the title
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns which direction is better.
     *
     * @return whether higher is better, else lower
     */
    public boolean isHigherBetter() {
        return higherIsBetter;
    }

    /**
     * Returns the metric itself.
     *
     * @param kind what the output answers
     * @return this, or the usual metric of the kind in place of {@link #DEFAULT}
     */
    public TaskMetric of(TaskKind kind) {
        if (this != DEFAULT) {
            return this;
        }
        return switch (kind) {
            case CLASSIFICATION -> ACCURACY;
            case MULTI_LABEL -> LABEL_ACCURACY;
            case REGRESSION -> RMSE;
        };
    }

    /**
     * Returns whether this is a metric of a kind.
     *
     * @param kind what an output answers
     * @return whether the output can be judged by it
     */
    public boolean fits(TaskKind kind) {
        return switch (this) {
            case DEFAULT -> true;
            case ACCURACY, MACRO_F1, NLL -> kind == TaskKind.CLASSIFICATION;
            case LABEL_ACCURACY, BINARY_CROSS_ENTROPY -> kind == TaskKind.MULTI_LABEL;
            case RMSE, MAE, R2 -> kind == TaskKind.REGRESSION;
        };
    }
}
