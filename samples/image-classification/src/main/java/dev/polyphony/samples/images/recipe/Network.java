/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.recipe;

import dev.polyphony.harness.Harness;
import dev.polyphony.samples.images.data.Scale;

/**
 * A network in one of its forms.
 *
 * @param title the name for readers
 * @param maker makes its harness
 */
public record Network(String title, Maker maker) {

    /** Makes a harness. */
    @FunctionalInterface
    public interface Maker {

        /**
         * Makes a harness.
         *
         * @param classes the number of outputs
         * @param scale how large the network is
         * @return the harness
         */
        Harness of(int classes, Scale scale);
    }
}
