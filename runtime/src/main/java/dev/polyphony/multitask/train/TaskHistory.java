/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.train.progress.History;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a training of several tasks went.
 *
 * @param epochs the epochs in order
 * @param updates the number of updates
 * @param seconds the wall time of the steps
 */
public record TaskHistory(List<Epoch> epochs, long updates, double seconds) {

    /** Copies the list. */
    public TaskHistory {
        epochs = List.copyOf(epochs);
    }

    /**
     * What an epoch came to. Arrays have a number for each task, in the order of the outputs; they
     * belong to the epoch.
     *
     * @param number the epoch, from 1
     * @param examples the examples that were shown
     * @param loss the mean of the weighed losses of its steps, each before its update, with what a
     *     balance adds
     * @param losses the mean loss of each task for a member; NaN of a task that had no part
     * @param weights what the losses were multiplied by in the last step, but for the schedule
     * @param conflicts the share of the steps in which the gradients of two tasks pointed against
     *     one another, {@code [T][T]} of the tasks that are trained; NaN where gradients were not
     *     looked at one by one
     * @param validation each task's metric on the validation data after the epoch; empty without
     * @param seconds the wall time of its steps
     */
    public record Epoch(
            int number,
            int examples,
            double loss,
            double[] losses,
            double[] weights,
            double[][] conflicts,
            double[] validation,
            double seconds) {

        /** As those see it who are told how training comes along. */
        History.Epoch toProgress(List<TaskSpec> tasks) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int t = 0; t < tasks.size(); t++) {
                metrics.put(tasks.get(t).name() + " loss", losses[t]);
            }
            for (int t = 0; t < validation.length; t++) {
                TaskSpec task = tasks.get(t);
                metrics.put(
                        "%s %s, validation".formatted(task.name(), task.metric().getTitle()),
                        validation[t]);
            }
            return new History.Epoch(number, loss, Double.NaN, Double.NaN, seconds, metrics);
        }

        void write(DataOutput out) throws IOException {
            out.writeInt(number);
            out.writeInt(examples);
            out.writeDouble(loss);
            Doubles.write(losses, out);
            Doubles.write(weights, out);
            Doubles.write(conflicts, out);
            Doubles.write(validation, out);
            out.writeDouble(seconds);
        }

        /** Reads what {@link #write} wrote. */
        static Epoch read(DataInput in) throws IOException {
            return new Epoch(
                    in.readInt(),
                    in.readInt(),
                    in.readDouble(),
                    Doubles.read(in),
                    Doubles.read(in),
                    Doubles.readRows(in),
                    Doubles.read(in),
                    in.readDouble());
        }
    }
}
