/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values for there being several of them: among many rows that do not differ from the
 * reference, one looks different by chance.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A Simple Sequentially Rejective
 *     Multiple Test Procedure</a>
 */
public final class Holm {

    private Holm() {}

    /**
     * Adjusts p-values so that, if each below a level is called a difference, the chance of one
     * false call among all is at most the level. The smallest is multiplied by the number of
     * values, the next by one less, and so on; none is below one before it.
     *
     * @param pValues the values, {@code [K]}; NaN stands for a test that says nothing, which is not
     *     counted
     * @return the adjusted values, in the same order
     */
    public static double[] adjust(double... pValues) {
        Integer[] order =
                IntStream.range(0, pValues.length)
                        .filter(i -> !Double.isNaN(pValues[i]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> pValues[i]))
                        .toArray(Integer[]::new);
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        double largest = 0;
        for (int rank = 0; rank < order.length; rank++) {
            double own = Math.min(1, (order.length - rank) * pValues[order[rank]]);
            largest = Math.max(largest, own);
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
