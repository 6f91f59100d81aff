/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.multitask.TaskAnswers;
import dev.polyphony.multitask.TaskSpec;

/** The loss of each example in a task, the mean over members: how difficult examples are. */
final class ExampleLosses {

    private ExampleLosses() {}

    /** Adds the weighed losses of judged answers, where the right ones are known. */
    static void add(
            TaskAnswers answers,
            int[] classes,
            float[] targets,
            boolean[] known,
            double weight,
            double[] sums) {
        TaskSpec task = answers.getTask();
        float[] outputs = answers.getOutputs();
        int members = answers.getMembers();
        int width = answers.getWidth();
        for (int i = 0; i < sums.length; i++) {
            if (!known[i]) {
                continue;
            }
            double loss = 0;
            for (int m = 0; m < members; m++) {
                int at = (i * members + m) * width;
                loss +=
                        classes != null
                                ? crossEntropy(outputs, at, width, classes[i])
                                : mean(task, outputs, at, targets, i * width, width);
            }
            sums[i] += weight * loss / members;
        }
    }

    private static double crossEntropy(float[] logits, int at, int width, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            largest = Math.max(largest, logits[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.exp(logits[at + c] - largest);
        }
        return Math.log(sum) + largest - logits[at + label];
    }

    private static double mean(
            TaskSpec task, float[] outputs, int at, float[] targets, int from, int width) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double output = outputs[at + k];
            double target = targets[from + k];
            double error = Math.abs(output - target);
            sum +=
                    switch (task.loss()) {
                        case SQUARED_ERROR -> error * error;
                        case ABSOLUTE_ERROR -> error;
                        case HUBER -> error <= 1 ? error * error / 2 : error - 0.5;
                        case BINARY_CROSS_ENTROPY ->
                                Math.max(output, 0)
                                        + Math.log1p(Math.exp(-Math.abs(output)))
                                        - target * output;
                        case CROSS_ENTROPY, DEFAULT ->
                                throw new IllegalStateException("no loss of numbers");
                    };
        }
        return sum / width;
    }
}
