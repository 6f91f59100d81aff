/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.DataSet;
import dev.polyphony.samples.images.data.Scale;

/**
 * A row of the literature that runs.
 *
 * @param name the name on the command line
 * @param data the data set
 * @param network the network and its form, with the form's own settings in its annotation
 * @param optimization how its parameters are found
 * @param augment how training images are changed
 * @param reported what the literature reports
 */
public record Recipe(
        String name,
        DataSet data,
        Network network,
        Optimization optimization,
        Augment augment,
        Reported reported) {

    /**
     * Makes the harness.
     *
     * @param scale how large the run is
     * @return a harness with all of the recipe's settings
     */
    public Harness newHarness(Scale scale) {
        Harness harness = network.maker().of(data.getClasses(), scale).optName(name);
        optimization.apply(harness, scale);
        augment.get().ifPresent(harness::optAugmentation);
        return harness;
    }
}
