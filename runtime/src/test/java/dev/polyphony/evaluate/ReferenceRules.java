/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What references report and we do not, by their own rules. */
final class ReferenceRules {

    private static final double LEAST_PROBABILITY = 1e-3;

    private ReferenceRules() {}

    /** MixMo's loss: no probability is below 1e-12. */
    static double clippedLikelihood(double[][] probabilities, int[] labels) {
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> -Math.log(1e-12 + probabilities[i][labels[i]]))
                .average()
                .orElseThrow();
    }

    /** torch-uncertainty's Brier score of the predicted class alone. */
    static double brierOfOneClass(double[] confidence, boolean[] correct) {
        return IntStream.range(0, correct.length)
                .mapToDouble(i -> Math.pow(confidence[i] - (correct[i] ? 1 : 0), 2))
                .average()
                .orElseThrow();
    }

    /** MixMo's class-wise error: equally full bins of each class, small probabilities left out. */
    static double classWiseError(double[][] probabilities, int[] labels, int bins) {
        int classes = probabilities[0].length;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            int label = c;
            int[] order =
                    IntStream.range(0, labels.length)
                            .filter(i -> probabilities[i][label] > LEAST_PROBABILITY)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> probabilities[i][label]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            int each = order.length / bins;
            for (int bin = 0; bin < bins; bin++) {
                // the last bin takes the rest
                int to = bin < bins - 1 ? (bin + 1) * each : order.length;
                sum +=
                        Math.abs(
                                Arrays.stream(order, bin * each, to)
                                        .mapToDouble(
                                                i ->
                                                        probabilities[i][label]
                                                                - (labels[i] == label ? 1 : 0))
                                        .sum());
            }
        }
        return sum / labels.length / classes;
    }

    /**
     * torch-uncertainty's false positives: at the threshold whose recall is closest to 0.95, in
     * single precision, the lowest of several.
     */
    static double closestRecall(double[] in, double[] out) {
        double[] thresholds =
                Arrays.stream(new double[][] {in, out})
                        .flatMapToDouble(Arrays::stream)
                        .distinct()
                        .sorted()
                        .toArray();
        float closest = Float.POSITIVE_INFINITY;
        double falsePositives = Double.NaN;
        boolean complete = false;
        for (int k = thresholds.length - 1; k >= 0 && !complete; k--) {
            double threshold = thresholds[k];
            long found = Arrays.stream(out).filter(score -> score >= threshold).count();
            float distance = Math.abs((float) found / out.length - 0.95f);
            if (distance <= closest) {
                closest = distance;
                falsePositives =
                        (double) Arrays.stream(in).filter(score -> score >= threshold).count()
                                / in.length;
            }
            complete = found == out.length;
        }
        return falsePositives;
    }
}
