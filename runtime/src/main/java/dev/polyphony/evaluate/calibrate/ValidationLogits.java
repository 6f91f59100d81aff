/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import java.util.Arrays;

/** What is checked before anything is fitted. */
final class ValidationLogits {

    private ValidationLogits() {}

    /**
     * Requires logits for all of the same classes, and right ones among them.
     *
     * @return the number of classes
     */
    static int requireClasses(double[][] logits, int[] labels) {
        if (logits.length == 0 || logits.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d rows of logits for %d labels: there must be one for each, and at least one"
                            .formatted(logits.length, labels.length));
        }
        int classes = logits[0].length;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i].length != classes || classes < 2) {
                throw new IllegalArgumentException(
                        "example %d has %d logits, the first has %d: all need the same, at least 2"
                                .formatted(i, logits[i].length, classes));
            }
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label %d of example %d is not one of the %d classes (0 to %d)"
                                .formatted(labels[i], i, classes, classes - 1));
            }
            if (!Arrays.stream(logits[i]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "the logits of example %d are %s: they must be finite"
                                .formatted(i, Arrays.toString(logits[i])));
            }
        }
        return classes;
    }

    /** Requires an example of each class: without one, it would be learnt that it never occurs. */
    static void requireEachClass(int[] labels, int classes, ScalingMethod method) {
        boolean[] occurs = new boolean[classes];
        for (int label : labels) {
            occurs[label] = true;
        }
        for (int c = 0; c < classes; c++) {
            if (!occurs[c]) {
                throw new IllegalArgumentException(
                        "Class %d has no validation example: %s scaling would learn that it never occurs. Use temperature scaling, or more validation data"
                                .formatted(c, method.getKey()));
            }
        }
    }
}
