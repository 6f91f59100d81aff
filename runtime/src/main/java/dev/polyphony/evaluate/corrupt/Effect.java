/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.corrupt;

import java.util.Random;

/** What a corruption does to an image. */
@FunctionalInterface
interface Effect {

    /**
     * Corrupts an image.
     *
     * @param image the image, left as it is
     * @param level how much
     * @param random draws; the same for all severities, so that these differ in strength alone
     * @return another image, whose values may lie beyond 0 and 1
     */
    Pixels apply(Pixels image, double level, Random random);
}
