/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.EnumMap;
import java.util.Map;

/** Every two members side by side, one example at a time. */
final class PairTotals {

    private final int members;

    /** For {@code [a][b]}: how often both are right, only a, only b, none. */
    private final int[][][] outcomes;

    private final int[][] same;
    private final Total[][] divergence;

    PairTotals(int members) {
        this.members = members;
        outcomes = new int[members][members][4];
        same = new int[members][members];
        divergence = new Total[members][members];
        for (Total[] row : divergence) {
            for (int b = 0; b < members; b++) {
                row[b] = new Total();
            }
        }
    }

    /** Adds an example: the classes that members give, and their probabilities and logs. */
    void add(int[] predicted, int label, double[][] probabilities, double[][] logs) {
        for (int a = 0; a < members; a++) {
            for (int b = 0; b < members; b++) {
                outcomes[a][b][(predicted[a] == label ? 0 : 2) + (predicted[b] == label ? 0 : 1)]++;
                same[a][b] += predicted[a] == predicted[b] ? 1 : 0;
                if (a != b) {
                    divergence[a][b].add(divergence(probabilities[a], logs[a], logs[b]));
                }
            }
        }
    }

    private static double divergence(double[] p, double[] logP, double[] logQ) {
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            sum += p[c] * (logP[c] - logQ[c]);
        }
        return Math.max(0, sum);
    }

    void add(PairTotals other) {
        for (int a = 0; a < members; a++) {
            for (int b = 0; b < members; b++) {
                for (int k = 0; k < 4; k++) {
                    outcomes[a][b][k] += other.outcomes[a][b][k];
                }
                same[a][b] += other.same[a][b];
                divergence[a][b].add(other.divergence[a][b]);
            }
        }
    }

    /** Every measure as a matrix, {@code [M][M]}. */
    Map<PairMeasure, double[][]> toMatrices(int examples) {
        Map<PairMeasure, double[][]> matrices = new EnumMap<>(PairMeasure.class);
        for (PairMeasure measure : PairMeasure.values()) {
            double[][] matrix = new double[members][members];
            for (int a = 0; a < members; a++) {
                for (int b = 0; b < members; b++) {
                    matrix[a][b] = value(measure, a, b, examples);
                }
            }
            matrices.put(measure, matrix);
        }
        return matrices;
    }

    private double value(PairMeasure measure, int a, int b, double examples) {
        return switch (measure) {
            case AGREEMENT -> same[a][b] / examples;
            case DISAGREEMENT -> (examples - same[a][b]) / examples;
            case KL_DIVERGENCE -> divergence[a][b].get() / examples;
            default -> {
                int[] k = outcomes[a][b];
                yield measure.outcome()
                        .applyAsDouble(
                                new Diversity(
                                        k[0] / examples,
                                        k[1] / examples,
                                        k[2] / examples,
                                        k[3] / examples));
            }
        };
    }

    /** The mean of a matrix over ordered pairs of different members; NaN for a single one. */
    static double mean(double[][] matrix) {
        double sum = 0;
        for (int a = 0; a < matrix.length; a++) {
            for (int b = 0; b < matrix.length; b++) {
                sum += a == b ? 0 : matrix[a][b];
            }
        }
        return matrix.length == 1 ? Double.NaN : sum / (matrix.length * (matrix.length - 1.0));
    }
}
