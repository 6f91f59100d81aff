/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import java.util.ArrayList;
import java.util.List;

/**
 * How good sets of classes are on a test set.
 *
 * @param method how strange a class is, such as {@code threshold}
 * @param target the coverage that was asked for
 * @param quantile the score up to which classes are in a set; infinite if there were too few
 *     validation examples, and sets hold all classes
 * @param examples the number of examples
 * @param coverage the share of sets that hold the right class; it should be close to the target,
 *     and is not higher for being better
 * @param meanSize the mean number of classes in a set; at the same coverage lower is better
 * @param empty the share of sets without a class
 * @param singletons the share of sets with one class
 * @param strata coverage by size of the sets, from small to large: those of an adaptive method
 *     should all be close to the target
 */
public record ConformalResult(
        String method,
        double target,
        double quantile,
        int examples,
        double coverage,
        double meanSize,
        double empty,
        double singletons,
        List<SizeStratum> strata) {

    /** The largest size of each stratum but the last, in which all larger sets are. */
    private static final int[] SIZES = {0, 1, 2, 3, 10, 100};

    /**
     * Sets of about the same size.
     *
     * @param from the smallest size
     * @param to the largest size
     * @param count how many sets there are
     * @param coverage the share of them that hold the right class
     */
    public record SizeStratum(int from, int to, int count, double coverage) {}

    /** Keeps what is given. */
    public ConformalResult {
        strata = List.copyOf(strata);
    }

    /**
     * Judges sets.
     *
     * @param predictor what they are from
     * @param sets the sets, {@code [N][...]}
     * @param labels the right class of each example, {@code [N]}
     * @return the result
     * @throws IllegalArgumentException if there is not one set for each label, and at least one
     */
    public static ConformalResult of(ConformalPredictor predictor, int[][] sets, int[] labels) {
        if (sets.length == 0 || sets.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d sets for %d labels: there must be one for each, and at least one"
                            .formatted(sets.length, labels.length));
        }
        int[] count = new int[predictor.getClasses() + 1];
        int[] right = new int[count.length];
        for (int i = 0; i < sets.length; i++) {
            count[sets[i].length]++;
            for (int label : sets[i]) {
                right[sets[i].length] += label == labels[i] ? 1 : 0;
            }
        }
        double covered = 0;
        double size = 0;
        for (int s = 0; s < count.length; s++) {
            covered += right[s];
            size += (double) s * count[s];
        }
        return new ConformalResult(
                predictor.getMethod().getKey(),
                predictor.getCoverage(),
                predictor.getQuantile(),
                sets.length,
                covered / sets.length,
                size / sets.length,
                (double) count[0] / sets.length,
                (double) count[1] / sets.length,
                strata(count, right));
    }

    private static List<SizeStratum> strata(int[] count, int[] right) {
        List<SizeStratum> strata = new ArrayList<>();
        int from = 0;
        for (int k = 0; from < count.length; k++) {
            int to = Math.min(k < SIZES.length ? SIZES[k] : count.length, count.length - 1);
            int sets = 0;
            int covered = 0;
            for (int s = from; s <= to; s++) {
                sets += count[s];
                covered += right[s];
            }
            if (sets > 0) {
                strata.add(new SizeStratum(from, to, sets, (double) covered / sets));
            }
            from = to + 1;
        }
        return strata;
    }

    /**
     * Returns by how much the coverage of a stratum misses the target at most. Small strata miss it
     * by chance.
     *
     * @param least the examples that a stratum needs to count
     * @return from 0 to 1, lower is better; 0 if no stratum counts
     */
    public double getWorstMiss(int least) {
        return strata.stream()
                .filter(stratum -> stratum.count() >= least)
                .mapToDouble(stratum -> Math.abs(stratum.coverage() - target))
                .max()
                .orElse(0);
    }
}
