/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.optimize.GroupedOptimizer;

/** A training that runs: all that a checkpoint of it holds. */
public final class TrainingRun {

    private final Model model;
    private final Ensemble ensemble;
    private final Recipe recipe;
    private final Training training;
    private final GroupedOptimizer optimizer;
    private final NDArray lossSum;
    private TrainingState state = new TrainingState();

    /** Creates a run; the sum of an epoch's losses is a scalar on the device. */
    TrainingRun(
            Model model,
            Ensemble ensemble,
            Recipe recipe,
            Training training,
            GroupedOptimizer optimizer,
            NDArray lossSum) {
        this.model = model;
        this.ensemble = ensemble;
        this.recipe = recipe;
        this.training = training;
        this.optimizer = optimizer;
        this.lossSum = lossSum;
    }

    /**
     * Returns the model that owns the parameters.
     *
     * @return the model
     */
    public Model getModel() {
        return model;
    }

    /**
     * Returns the network.
     *
     * @return the network
     */
    public Ensemble getEnsemble() {
        return ensemble;
    }

    /**
     * Returns the recipe.
     *
     * @return what training means for the method
     */
    public Recipe getRecipe() {
        return recipe;
    }

    /**
     * Returns the settings.
     *
     * @return the settings that do not depend on the method
     */
    public Training getTraining() {
        return training;
    }

    /**
     * Returns the optimizer, whose state belongs to a checkpoint.
     *
     * @return the optimizer
     */
    public GroupedOptimizer getOptimizer() {
        return optimizer;
    }

    /**
     * Returns where the run stands, which waits for the device.
     *
     * @return the state
     */
    public TrainingState getState() {
        state.setLossSum(lossSum.getFloat());
        return state;
    }

    /**
     * Returns the number of updates so far, without waiting for the device.
     *
     * @return the steps made in all epochs
     */
    public long getSteps() {
        return state.getSteps();
    }

    /**
     * Lets the run go on from another state. Parameters and the optimizer's state are restored by
     * who calls this.
     *
     * @param state the state, which the run takes over
     */
    public void setState(TrainingState state) {
        this.state = state;
        clearLossSum();
        lossSum.addi(state.getLossSum());
    }

    /**
     * Returns whether nothing is left to do: all epochs are made, the best one is too long ago, or
     * a listener ended the run.
     *
     * @return whether the run is over
     */
    public boolean isOver() {
        int patience = training.loop().patience;
        int waited = state.getEpoch() - state.getBestEpoch();
        return state.isStopped()
                || state.getEpoch() >= training.getEpochs()
                || patience > 0 && waited >= patience;
    }

    NDArray lossSum() {
        return lossSum;
    }

    /** Where the run stands, as last read. */
    TrainingState state() {
        return state;
    }

    /** Begins the sum of the next epoch's losses; it is known to be finite. */
    void clearLossSum() {
        lossSum.subi(lossSum);
    }
}
