/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import java.util.Arrays;

/** The threshold method. */
record ThresholdMethod() implements ConformalMethod {

    @Override
    public String getKey() {
        return "threshold";
    }

    @Override
    public double[] scores(double[] probabilities, long example) {
        return Arrays.stream(probabilities).map(p -> 1 - p).toArray();
    }
}
