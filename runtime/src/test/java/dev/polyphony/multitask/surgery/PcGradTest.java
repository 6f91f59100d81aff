/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.data.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What comes out of inner products is what the vectors themselves give. */
class PcGradTest {

    /** g1 = (1, 0) and g2 = (-1, 1) become (1/2, 1/2) and (0, 1). */
    @Test
    void twoVectorsByHand() {
        double[] sum = sum(new double[][] {{1, 0}, {-1, 1}}, 0);
        assertArrayEquals(new double[] {0.5, 1.5}, sum, 1e-12);
    }

    @Test
    void oppositeGradientsLeaveNothing() {
        assertArrayEquals(new double[] {0, 0}, sum(new double[][] {{1, 2}, {-2, -4}}, 3), 1e-12);
    }

    @Test
    void gradientsThatAgreeAreSummed() {
        assertArrayEquals(new double[] {3, 3}, sum(new double[][] {{1, 2}, {2, 1}}, 0), 1e-12);
    }

    @Test
    void aGradientOfZeroIsNoDirection() {
        assertArrayEquals(new double[] {1, 2}, sum(new double[][] {{1, 2}, {0, 0}}, 0), 1e-12);
    }

    @Test
    void severalVectorsAsTheAlgorithmHasThem() {
        Random random = new Random(5);
        for (int seed = 0; seed < 50; seed++) {
            double[][] vectors = new double[4][6];
            for (double[] vector : vectors) {
                for (int k = 0; k < vector.length; k++) {
                    vector[k] = random.nextGaussian();
                }
            }
            assertArrayEquals(project(vectors, seed), sum(vectors, seed), 1e-9);
        }
    }

    @Test
    void theOrderDependsOnTheSeedAlone() {
        double[][] vectors = {{1, 0, 0.2}, {-1, 0.4, 0}, {-0.5, -1, 0.1}};
        boolean differs = false;
        for (int seed = 0; seed < 10; seed++) {
            assertArrayEquals(sum(vectors, seed), sum(vectors, seed));
            differs |= Math.abs(sum(vectors, seed)[0] - sum(vectors, 0)[0]) > 1e-6;
        }
        assertTrue(differs, "another order gives another sum");
    }

    private static double[] sum(double[][] vectors, int seed) {
        double[][] products = new double[vectors.length][vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors.length; j++) {
                products[i][j] = dot(vectors[i], vectors[j]);
            }
        }
        double[] factors = GradientSurgery.pcGrad().getFactors(products, Seeds.random(seed));
        double[] sum = new double[vectors[0].length];
        for (int i = 0; i < vectors.length; i++) {
            add(sum, factors[i], vectors[i]);
        }
        return sum;
    }

    /** Algorithm 1 of the paper, on the vectors. */
    private static double[] project(double[][] vectors, int seed) {
        Random random = Seeds.random(seed);
        double[] sum = new double[vectors[0].length];
        for (int i = 0; i < vectors.length; i++) {
            double[] g = vectors[i].clone();
            for (int j : Seeds.permutation(vectors.length, random)) {
                if (j != i && dot(g, vectors[j]) < 0) {
                    add(g, -dot(g, vectors[j]) / dot(vectors[j], vectors[j]), vectors[j]);
                }
            }
            add(sum, 1, g);
        }
        return sum;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }

    private static void add(double[] to, double factor, double[] what) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * what[k];
        }
    }
}
