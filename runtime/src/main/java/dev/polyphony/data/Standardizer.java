/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import ai.djl.ndarray.types.Shape;

/**
 * Gives each feature of an input the mean 0 and the standard deviation 1: {@code (x - mean) /
 * deviation}, with the numbers of the training data alone. A feature that never changes becomes 0.
 */
public final class Standardizer {

    private final String input;
    private final double[] means;
    private final double[] deviations;

    private Standardizer(String input, double[] means, double[] deviations) {
        this.input = input;
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Takes means and deviations of an input.
     *
     * @param train the training data
     * @param input the name of the input
     * @return what does the same to other data
     * @throws IllegalArgumentException if there is no such input
     */
    public static Standardizer of(MultiExamples train, String input) {
        float[] values = train.getInput(input).getFeatures();
        int width = values.length / train.size();
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int i = 0; i < values.length; i++) {
            means[i % width] += values[i] / (double) train.size();
        }
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - means[i % width];
            deviations[i % width] += difference * difference / train.size();
        }
        for (int i = 0; i < width; i++) {
            deviations[i] = Math.sqrt(deviations[i]);
        }
        return new Standardizer(input, means, deviations);
    }

    /**
     * Standardizes data.
     *
     * @param data the data, with the same input
     * @return the data, all else being the same
     */
    public MultiExamples apply(MultiExamples data) {
        LabeledData old = data.getInput(input);
        Shape shape = old.getShape();
        if (shape.size() != means.length) {
            throw new IllegalArgumentException(
                    "'%s' has %d numbers an example, but the training data %d"
                            .formatted(input, shape.size(), means.length));
        }
        float[] values = old.getFeatures();
        for (int i = 0; i < values.length; i++) {
            int feature = i % means.length;
            double difference = values[i] - means[feature];
            values[i] = (float) (deviations[feature] > 0 ? difference / deviations[feature] : 0);
        }
        return data.toBuilder().addInput(input, values, shape).build();
    }
}
