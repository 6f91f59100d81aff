/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.images.data;

import java.util.List;

/**
 * What is subtracted from each channel, from 0 to 1, and what it is then divided by.
 *
 * @param means the first, by channel
 * @param deviations the second, by channel
 */
record Normalization(List<Float> means, List<Float> deviations) {

    /** As the MixMo repository has it. */
    static final Normalization CIFAR =
            new Normalization(
                    List.of(0.4913725f, 0.4823529f, 0.4466667f),
                    List.of(0.2023f, 0.1994f, 0.2010f));

    /** To numbers from -1 to 1. */
    static final Normalization HALF =
            new Normalization(List.of(0.5f, 0.5f, 0.5f), List.of(0.5f, 0.5f, 0.5f));

    /** None, of gray images. */
    static final Normalization UNIT_GRAY = new Normalization(List.of(0f), List.of(1f));

    /** The usual one. */
    static final Normalization IMAGENET =
            new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));
}
