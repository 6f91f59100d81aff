/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training stands, besides its parameters and what the optimizer keeps. Everything that is
 * drawn is drawn anew from the seed, the epoch and the step.
 */
final class TaskState {

    private int epoch;
    private int step;
    private long steps;
    private long updates;
    private double seconds;
    private double epochSeconds;
    private int[] shown;
    private double[] weights = new double[0];
    private EpochSums sums;
    private double[] balance = new double[0];
    private double[] turns = new double[0];
    private final List<TaskHistory.Epoch> epochs = new ArrayList<>();

    TaskState(int tasks) {
        sums = new EpochSums(tasks);
    }

    /** The epochs that are over, or the epoch from 0. */
    int epoch() {
        return epoch;
    }

    /** The steps made in this epoch, or the next step from 0. */
    int step() {
        return step;
    }

    /** The steps made in all epochs. */
    long steps() {
        return steps;
    }

    /** The updates made in all epochs. */
    long updates() {
        return updates;
    }

    /** The examples that the epoch shows; null before it has begun. */
    int[] shown() {
        return shown;
    }

    /** What the losses of the epoch come to so far. */
    EpochSums sums() {
        return sums;
    }

    /** What the losses were multiplied by in the last step, but for the schedule. */
    double[] weights() {
        return weights;
    }

    double epochSeconds() {
        return epochSeconds;
    }

    List<TaskHistory.Epoch> epochs() {
        return epochs;
    }

    /** What the balance has come to, as last kept. */
    double[] balance() {
        return balance;
    }

    /** What the turns have come to, as last kept. */
    double[] turns() {
        return turns;
    }

    void keep(double[] ofBalance, double[] ofTurns) {
        balance = ofBalance;
        turns = ofTurns;
    }

    void beginEpoch(int... examples) {
        shown = examples;
    }

    void endStep(double[] multiplied, boolean isUpdate, double took) {
        weights = multiplied;
        step++;
        steps++;
        updates += isUpdate ? 1 : 0;
        seconds += took;
        epochSeconds += took;
    }

    void endEpoch(TaskHistory.Epoch result, int tasks) {
        epochs.add(result);
        epoch++;
        step = 0;
        epochSeconds = 0;
        shown = null;
        sums = new EpochSums(tasks);
    }

    TaskHistory toHistory() {
        return new TaskHistory(epochs, updates, seconds);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(step);
        out.writeLong(steps);
        out.writeLong(updates);
        out.writeDouble(seconds);
        out.writeDouble(epochSeconds);
        out.writeBoolean(shown != null);
        if (shown != null) {
            out.writeInt(shown.length);
            for (int example : shown) {
                out.writeInt(example);
            }
        }
        Doubles.write(weights, out);
        sums.write(out);
        Doubles.write(balance, out);
        Doubles.write(turns, out);
        for (TaskHistory.Epoch each : epochs) {
            each.write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    static TaskState read(DataInput in) throws IOException {
        TaskState state = new TaskState(0);
        state.epoch = in.readInt();
        state.step = in.readInt();
        state.steps = in.readLong();
        state.updates = in.readLong();
        state.seconds = in.readDouble();
        state.epochSeconds = in.readDouble();
        if (in.readBoolean()) {
            state.shown = new int[in.readInt()];
            for (int i = 0; i < state.shown.length; i++) {
                state.shown[i] = in.readInt();
            }
        }
        state.weights = Doubles.read(in);
        state.sums = EpochSums.read(in);
        state.balance = Doubles.read(in);
        state.turns = Doubles.read(in);
        for (int i = 0; i < state.epoch; i++) {
            state.epochs.add(TaskHistory.Epoch.read(in));
        }
        return state;
    }
}
