/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * One bar of a reliability diagram: the examples whose confidence lies in one bin.
 *
 * @param from lower edge
 * @param to upper edge
 * @param count number of examples
 * @param confidence their mean confidence; NaN if there are none
 * @param accuracy the share of them that is right; NaN if there are none
 */
public record ReliabilityBin(
        double from, double to, int count, double confidence, double accuracy) {

    /**
     * Returns how far confidence and accuracy are apart.
     *
     * @return {@code |accuracy - confidence|}, 0 for an empty bin
     */
    public double getGap() {
        return count == 0 ? 0 : Math.abs(accuracy - confidence);
    }
}
