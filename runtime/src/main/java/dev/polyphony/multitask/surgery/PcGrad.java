/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.surgery;

import dev.polyphony.data.Seeds;
import java.util.Random;

/**
 * PCGrad: takes out of each task's gradient what points against the gradient of another task.
 *
 * <p>For each task {@code i}, {@code g = g_i}; for all others {@code j} in random order, if {@code
 * g . g_j < 0}, {@code g = g - (g . g_j) / ||g_j||^2 g_j}, where {@code g_j} is the other's own
 * gradient and not what became of it. The results are summed.
 *
 * <p>{@code g} is a combination {@code sum_k c_k g_k} at any time, so that {@code g . g_j = sum_k
 * c_k (g_k . g_j)}, and a projection changes {@code c_j} alone.
 *
 * @see <a href="https://arxiv.org/abs/2001.06782">Yu et al., Gradient Surgery for Multi-Task
 *     Learning, NeurIPS 2020, algorithm 1</a>
 */
final class PcGrad implements GradientSurgery {

    @Override
    public double[] getFactors(double[][] products, Random random) {
        int tasks = products.length;
        double[] sum = new double[tasks];
        for (int i = 0; i < tasks; i++) {
            double[] own = new double[tasks];
            own[i] = 1;
            for (int j : Seeds.permutation(tasks, random)) {
                if (j != i && products[j][j] > 0) {
                    double product = 0;
                    for (int k = 0; k < tasks; k++) {
                        product += own[k] * products[k][j];
                    }
                    if (product < 0) {
                        own[j] -= product / products[j][j];
                    }
                }
            }
            for (int k = 0; k < tasks; k++) {
                sum[k] += own[k];
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return "PCGrad";
    }
}
