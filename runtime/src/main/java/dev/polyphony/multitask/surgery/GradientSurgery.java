/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.surgery;

import java.util.Random;

/**
 * Combines the gradients of several tasks in the parameters that they share.
 *
 * <p>What comes out is a linear combination of the tasks' gradients, and what goes in are their
 * inner products: gradients themselves are as large as the network, and need not be handed about.
 */
@FunctionalInterface
public interface GradientSurgery {

    /**
     * Returns by what the gradient of each task is multiplied in the sum.
     *
     * @param products the inner products of the gradients, {@code [T][T]}, symmetric
     * @param random the stream of what is drawn
     * @return a factor for each task
     */
    double[] getFactors(double[][] products, Random random);

    /**
     * Returns the projection of conflicting gradients.
     *
     * @return PCGrad, whose gradients are summed
     */
    static GradientSurgery pcGrad() {
        return new PcGrad();
    }
}
