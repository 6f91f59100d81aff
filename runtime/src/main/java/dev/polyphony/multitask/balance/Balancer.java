/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.balance;

/** A balance at work. Losses are those of a member, however the method reduces over members. */
@FunctionalInterface
public interface Balancer {

    /**
     * Returns what the losses of the next step are multiplied by.
     *
     * @return a weight for each task, at least 0
     */
    double[] getWeights();

    /**
     * Returns what is added to the weighed losses.
     *
     * @return a number that no parameter of the network changes
     */
    default double getRegularizer() {
        return 0;
    }

    /**
     * Returns whether {@link #onStep} needs the norms of the tasks' gradients, for which each task
     * takes a forward and a backward pass of its own.
     *
     * @return whether it does
     */
    default boolean needsGradientNorms() {
        return false;
    }

    /**
     * A step has been made with the current weights.
     *
     * @param losses the loss of each task before the step; NaN of a task that had no part in it
     * @param gradientNorms the norm of each loss's gradient in the last layer that the tasks share,
     *     unweighed, or null where they are not needed; NaN as the losses are
     */
    default void onStep(double[] losses, double[] gradientNorms) {}

    /**
     * An epoch is over.
     *
     * @param losses the mean loss of each task in it; NaN of a task that had no part in it
     */
    default void onEpoch(double[] losses) {}

    /**
     * Returns what the balance has come to, for checkpoints: given to {@link #setState} of a new
     * one of the same training, that goes on as this does.
     *
     * @return the numbers; none of a balance that keeps nothing from step to step
     * @throws IllegalStateException by default, as nothing is known of a balance of one's own
     */
    default double[] getState() {
        throw new IllegalStateException(
                "A balance of your own is kept in checkpoints if it implements Balancer.getState and setState: implement them in %s, or train without checkpoints"
                        .formatted(getClass().getName()));
    }

    /**
     * Goes on from what {@link #getState} said.
     *
     * @param state the numbers
     */
    default void setState(double... state) {
        // as long as nothing says what it keeps, nothing is given back
    }
}
