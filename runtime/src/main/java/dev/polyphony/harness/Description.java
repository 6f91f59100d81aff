/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.cost.Count;
import dev.polyphony.nn.cost.NetworkCost;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import java.util.Arrays;
import java.util.List;

/**
 * What a training will need, known before it begins.
 *
 * @param name what would be trained
 * @param settings the method with its settings
 * @param cost what the network costs, beside the plain model and a deep ensemble
 * @param batchSize the examples of which all members' activations are held at once
 * @param optimizerArrays the numbers that the optimizer keeps for each parameter
 */
public record Description(
        String name, String settings, NetworkCost cost, double batchSize, int optimizerArrays) {

    private static final int BYTES = Float.BYTES;

    /** Initialises a network for one example, and describes it. */
    static Description of(
            String title, Ensemble ensemble, Recipe recipe, Shape example, Training training) {
        return of(title, ensemble, recipe, new Shape[] {example}, training);
    }

    /**
     * Initialises a network of one or several inputs for one example, and describes it.
     *
     * @param title what would be trained
     * @param ensemble the network, not initialised
     * @param recipe the recipe of its method
     * @param example the shape of each input of one example
     * @param training the settings
     * @return the description
     */
    public static Description of(
            String title, Ensemble ensemble, Recipe recipe, Shape[] example, Training training) {
        try (Model model = Model.newInstance(title, Device.cpu())) {
            model.setBlock(ensemble);
            NDManager manager = model.getNDManager();
            Shape[] batch =
                    Arrays.stream(example)
                            .map(shape -> new Shape(1).addAll(shape))
                            .toArray(Shape[]::new);
            ensemble.initialize(manager, DataType.FLOAT32, batch);
            // members that divide a batch compute a share each; repeated rows are computed all
            double split =
                    (double) recipe.batches().getBatchSizeDivisor()
                            / recipe.batches().getRepetitions()
                            * training.getAccumulation()
                            * training.getDevices().length;
            return new Description(
                    title,
                    Facts.settings(recipe),
                    NetworkCost.of(ensemble, manager),
                    training.getForms() * training.getBatchSize() / split,
                    training.getOptimizerArrays());
        }
    }

    /**
     * The memory of a training step, in bytes, of numbers of 4 bytes each.
     *
     * @param parameters the parameters
     * @param gradients their gradients
     * @param optimizer the optimizer's state
     * @param activations what the layers read and write for a batch, kept for the backward pass
     */
    public record Memory(long parameters, long gradients, long optimizer, long activations) {

        /**
         * Returns all of it.
         *
         * @return the sum
         */
        public long getTotal() {
            return parameters + gradients + optimizer + activations;
        }
    }

    /**
     * Estimates the memory of a training step: 4 bytes for each parameter, its gradient and each
     * number that the optimizer keeps for it, and for what each layer reads and writes, for every
     * example of the batch. What the engine needs for its own work comes on top.
     *
     * @param count the network: the ensemble, the plain model or a deep ensemble
     * @return the estimate
     */
    public Memory getMemory(Count count) {
        long parameters = BYTES * count.parameters();
        return new Memory(
                parameters,
                parameters,
                optimizerArrays * parameters,
                Math.round(BYTES * batchSize * count.activations()));
    }

    /**
     * Returns a table of what several would need, side by side.
     *
     * @param all the descriptions, with the same settings of training
     * @return lines of text
     */
    public static String compare(List<Description> all) {
        return DescriptionText.compare(all);
    }

    /**
     * Returns a table of the layers and one of the costs.
     *
     * @return lines of text
     */
    @Override
    public String toString() {
        return new DescriptionText(this).toString();
    }
}
