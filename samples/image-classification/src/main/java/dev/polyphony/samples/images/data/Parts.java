/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import dev.polyphony.data.Examples;
import java.util.Optional;

/**
 * A data set by what its examples are for.
 *
 * @param train what is trained on
 * @param validation what epochs are judged on, if anything was kept back for it
 * @param test what the result is judged on
 */
public record Parts(Examples train, Optional<Examples> validation, Examples test) {

    /** Decides which examples are kept back, whatever the seed of the training. */
    private static final int SEED = 0;

    /**
     * Keeps a share of the training examples back to judge epochs on.
     *
     * @param share the share, from 0, for none, to below 1
     * @return the parts
     */
    public Parts withValidation(double share) {
        if (share == 0) {
            return this;
        }
        Examples[] split = train.split(SEED, 1 - share, share);
        return new Parts(split[0], Optional.of(split[1]), test);
    }

    /**
     * Takes a share of the training examples, and all of the others.
     *
     * @param share the share, above 0
     * @return the parts
     */
    public Parts withTrain(double share) {
        return new Parts(train.split(SEED, share)[0], validation, test);
    }

    /**
     * Takes a share of the training examples and of the test examples.
     *
     * @param share the share, above 0
     * @return the parts
     */
    public Parts subset(double share) {
        return new Parts(train.split(SEED, share)[0], validation, test.split(SEED, share)[0]);
    }
}
