/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Which epoch's parameters a training keeps: those of the last one, or those of the best one by
 * what the epochs came to on the validation data.
 *
 * <p>Of two epochs with the same value the one with the lower validation loss is better, and if
 * that is the same too, the earlier one.
 */
public final class Selection {

    private final String criterion;
    private final ToDoubleFunction<History.Epoch> value;
    private final int sign;

    private Selection(String criterion, int sign, ToDoubleFunction<History.Epoch> value) {
        this.criterion = criterion;
        this.sign = sign;
        this.value = value;
    }

    /**
     * Keeps the last epoch.
     *
     * @return the selection
     */
    public static Selection last() {
        return new Selection(null, 0, epoch -> 0);
    }

    /**
     * Keeps the epoch with the least validation loss.
     *
     * @return the selection
     */
    public static Selection leastLoss() {
        return new Selection("least validation loss", -1, History.Epoch::validationLoss);
    }

    /**
     * Keeps the epoch with the highest validation accuracy.
     *
     * @return the selection
     */
    public static Selection highestAccuracy() {
        return new Selection("highest validation accuracy", 1, History.Epoch::validationAccuracy);
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
        String key = "validate_" + Objects.requireNonNull(evaluator, "evaluator");
        return new Selection(
                word + evaluator + " on the validation data",
                sign,
                epoch -> epoch.metrics().getOrDefault(key, Double.NaN));
    }

    /** Whether epochs are compared. */
    boolean isBest() {
        return sign != 0;
    }

    /** Returns whether an epoch is better than the best one before it, which may be null. */
    boolean isBetter(History.Epoch epoch, History.Epoch best) {
        double now = value.applyAsDouble(epoch);
        if (Double.isNaN(now)) {
            throw new IllegalArgumentException(
                    "The epochs have no value of the %s: set the evaluator with optEvaluator, or select by another value"
                            .formatted(criterion));
        }
        if (best == null) {
            return true;
        }
        int compared = sign * Double.compare(now, value.applyAsDouble(best));
        return compared > 0 || compared == 0 && epoch.validationLoss() < best.validationLoss();
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        return isBest() ? "the epoch of the " + criterion : "the last epoch";
    }
}
