/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

import dev.polyphony.TaskLoss;
import java.util.List;

/** A way to balance the losses of several tasks; {@link Balancer} is one at work. */
public interface Balance {

    /**
     * Begins to balance, for one training.
     *
     * @param losses what is minimised for each task, none of them {@link TaskLoss#DEFAULT}
     * @return the balancer
     */
    Balancer begin(List<TaskLoss> losses);

    /**
     * Returns a balance that leaves the losses as they are: what counts are the weights of the
     * tasks.
     *
     * @return the balance {@code L = sum_i w_i L_i}
     */
    static Balance fixed() {
        return new FixedBalance();
    }

    /**
     * Returns the balance by learnt noise, as its paper has it.
     *
     * @return uncertainty weighting
     */
    static UncertaintyWeighting uncertainty() {
        return UncertaintyWeighting.kendall();
    }

    /**
     * Returns the balance of gradients.
     *
     * @return GradNorm with {@code alpha = 1.5}
     */
    static GradNorm gradNorm() {
        return new GradNorm();
    }

    /**
     * Returns the balance by how fast losses fall.
     *
     * @return dynamic weight averaging with the temperature 2
     */
    static DynamicWeightAverage dynamicWeightAverage() {
        return new DynamicWeightAverage();
    }
}
