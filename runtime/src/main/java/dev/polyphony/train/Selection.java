/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.data.Task;
import dev.polyphony.train.progress.History;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Which epoch's parameters a training keeps: those of the last one, or those of the best one by
 * what the epochs came to on the validation data.
 *
 * <p>Of two epochs with the same value the one with the lower validation loss is better, and if
 * that is the same too, the earlier one.
 */
public final class Selection implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is compared. */
    private enum Value {
        NONE,
        LOSS,
        ACCURACY,
        EVALUATOR
    }

    private final String criterion;
    private final Value value;
    private final int sign;

    /** The name of the evaluator whose values are compared, or null. */
    private final String evaluator;

    private Selection(String criterion, int sign, String evaluator, Value value) {
        this.criterion = criterion;
        this.sign = sign;
        this.evaluator = evaluator;
        this.value = value;
    }

    /**
     * Keeps the last epoch.
     *
     * @return the selection
     */
    public static Selection last() {
        return new Selection(null, 0, null, Value.NONE);
    }

    /**
     * Keeps the epoch with the least validation loss.
     *
     * @return the selection
     */
    public static Selection leastLoss() {
        return new Selection("least validation loss", -1, null, Value.LOSS);
    }

    /**
     * Keeps the epoch with the highest validation accuracy.
     *
     * @return the selection
     */
    public static Selection highestAccuracy() {
        return new Selection("highest validation accuracy", 1, null, Value.ACCURACY);
    }

    /**
     * Keeps the epoch with the least value of an evaluator on the validation data.
     *
     * @param evaluator the name of an evaluator that is set
     * @return the selection
     */
    public static Selection least(String evaluator) {
        return of("least ", -1, evaluator);
    }

    /**
     * Keeps the epoch with the highest value of an evaluator on the validation data.
     *
     * @param evaluator the name of an evaluator that is set
     * @return the selection
     */
    public static Selection highest(String evaluator) {
        return of("highest ", 1, evaluator);
    }

    private static Selection of(String word, int sign, String evaluator) {
        Objects.requireNonNull(evaluator, "evaluator");
        return new Selection(
                word + evaluator + " on the validation data", sign, evaluator, Value.EVALUATOR);
    }

    private double get(History.Epoch epoch) {
        return switch (value) {
            case NONE -> 0;
            case LOSS -> epoch.validationLoss();
            case ACCURACY -> epoch.validationAccuracy();
            case EVALUATOR -> epoch.metrics().getOrDefault("validate_" + evaluator, Double.NaN);
        };
    }

    /** Whether epochs are compared. */
    boolean isBest() {
        return sign != 0;
    }

    /**
     * Requires that epochs will have the value that is compared.
     *
     * @param task what the model answers
     * @param evaluators the names of the evaluators that are set
     */
    void require(Task task, List<String> evaluators) {
        if (task == Task.REGRESSION && value == Value.ACCURACY) {
            throw new IllegalArgumentException(
                    "Numbers to predict have no accuracy to keep the best epoch by: select the least loss, or by an evaluator");
        }
        if (evaluator != null && !evaluators.contains(evaluator)) {
            throw new IllegalArgumentException(
                    "The epochs have no value of the %s: set the evaluator with optEvaluator (set are %s), or select by another value"
                            .formatted(criterion, evaluators));
        }
    }

    /** Returns whether an epoch is better than the best one before it, which may be null. */
    boolean isBetter(History.Epoch epoch, History.Epoch best) {
        double now = get(epoch);
        if (Double.isNaN(now)) {
            throw new IllegalArgumentException(
                    "Epoch %d has no value of the %s, which is NaN: select by another value"
                            .formatted(epoch.number(), criterion));
        }
        if (best == null) {
            return true;
        }
        int compared = sign * Double.compare(now, get(best));
        return compared > 0 || compared == 0 && epoch.validationLoss() < best.validationLoss();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return isBest() ? "the epoch of the " + criterion : "the last epoch";
    }
}
