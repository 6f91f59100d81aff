/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.progress;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How training went.
 *
 * @param epochs the epochs in order
 * @param steps the number of updates
 * @param forwardCalls how often a network of the base model's kind ran forward for these: once for
 *     each update, and for each part of a batch and each member of a deep ensemble if there are
 * @param seconds the wall time of the updates, without validation
 * @param kept the number of the epoch whose parameters the model has
 */
public record History(List<Epoch> epochs, long steps, long forwardCalls, double seconds, int kept) {

    /** Copies the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /**
     * Returns the epoch with the least loss on the validation data.
     *
     * @param epochs the epochs in order
     * @return its number, from 1, the first of equals; 0 if none was validated
     */
    public static int getBestEpoch(List<Epoch> epochs) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (Epoch epoch : epochs) {
            if (epoch.validationLoss() < least) {
                least = epoch.validationLoss();
                best = epoch.number();
            }
        }
        return best;
    }

    /**
     * What an epoch came to.
     *
     * @param number the epoch, from 1
     * @param trainingLoss the mean of the losses of its steps, each before its update
     * @param validationAccuracy the accuracy on the validation data after it, 0 to 1; NaN if there
     *     are none
     * @param validationLoss the negative log likelihood on the validation data after it, in nats;
     *     NaN if there are none
     * @param seconds the wall time of its updates
     * @param metrics what the user's evaluators came to, by DJL's names: {@code train_Accuracy},
     *     {@code validate_Accuracy}
     */
    public record Epoch(
            int number,
            double trainingLoss,
            double validationAccuracy,
            double validationLoss,
            double seconds,
            Map<String, Double> metrics) {

        /** Copies the map, in its order. */
        public Epoch {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }

        /**
         * Creates an epoch without evaluators.
         *
         * @param number the epoch, from 1
         * @param trainingLoss the mean of the losses of its steps
         * @param validationAccuracy the accuracy on the validation data; NaN if there are none
         * @param validationLoss the negative log likelihood on them; NaN if there are none
         * @param seconds the wall time of its updates
         */
        public Epoch(
                int number,
                double trainingLoss,
                double validationAccuracy,
                double validationLoss,
                double seconds) {
            this(number, trainingLoss, validationAccuracy, validationLoss, seconds, Map.of());
        }

        /**
         * Writes the epoch.
         *
         * @param out where to write
         * @throws IOException if writing fails
         */
        public void write(DataOutput out) throws IOException {
            out.writeInt(number);
            out.writeDouble(trainingLoss);
            out.writeDouble(validationAccuracy);
            out.writeDouble(validationLoss);
            out.writeDouble(seconds);
            out.writeInt(metrics.size());
            for (Map.Entry<String, Double> metric : metrics.entrySet()) {
                out.writeUTF(metric.getKey());
                out.writeDouble(metric.getValue());
            }
        }

        /**
         * Reads what {@link #write} wrote.
         *
         * @param in where to read
         * @return the epoch
         * @throws IOException if reading fails
         */
        public static Epoch read(DataInput in) throws IOException {
            int number = in.readInt();
            double trainingLoss = in.readDouble();
            double validationAccuracy = in.readDouble();
            double validationLoss = in.readDouble();
            double seconds = in.readDouble();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                metrics.put(in.readUTF(), in.readDouble());
            }
            return new Epoch(
                    number, trainingLoss, validationAccuracy, validationLoss, seconds, metrics);
        }
    }
}
