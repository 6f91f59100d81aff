/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import dev.polyphony.nn.Snapshot;
import dev.polyphony.train.progress.History;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run of training stands, besides its parameters and what the optimizer keeps: with these
 * three, training goes on as if it had never stopped. Everything that is drawn is drawn anew from
 * the seed, the epoch and the step, so no state of a generator belongs here.
 */
public final class TrainingState {

    private int epoch;
    private int step;
    private float lossSum;
    private double firstLoss = Double.NaN;
    private double epochSeconds;
    private long steps;
    private long forwardCalls;
    private double seconds;
    private final List<History.Epoch> epochs = new ArrayList<>();
    private int bestEpoch;
    private Snapshot best;
    private boolean stopped;
    private final List<byte[]> members = new ArrayList<>();

    /** Creates the state of a run that has not begun. */
    public TrainingState() {}

    /**
     * Returns the epoch that runs.
     *
     * @return the epochs that are over, or the epoch from 0
     */
    public int getEpoch() {
        return epoch;
    }

    /**
     * Returns the place in the epoch.
     *
     * @return the steps made in this epoch, or the next step from 0
     */
    public int getStep() {
        return step;
    }

    /**
     * Returns the number of updates.
     *
     * @return the steps made in all epochs
     */
    public long getSteps() {
        return steps;
    }

    /**
     * Returns the wall time of the updates, without validation.
     *
     * @return the seconds
     */
    public double getSeconds() {
        return seconds;
    }

    /**
     * Returns what the epochs came to.
     *
     * @return the epochs that are over
     */
    public List<History.Epoch> getEpochs() {
        return List.copyOf(epochs);
    }

    /**
     * Returns the best epoch so far.
     *
     * @return the number of the epoch, from 1; 0 if none is kept
     */
    public int getBestEpoch() {
        return bestEpoch;
    }

    /** What the last epoch came to. */
    History.Epoch getLastEpoch() {
        return epochs.get(epochs.size() - 1);
    }

    /** What the best epoch so far came to, or null. */
    History.Epoch getBestResult() {
        return bestEpoch == 0 ? null : epochs.get(bestEpoch - 1);
    }

    /** The parameters of the best epoch so far, or null. */
    Snapshot getBest() {
        return best;
    }

    void setBest(int epoch, Snapshot parameters) {
        bestEpoch = epoch;
        best = parameters;
    }

    /** Returns whether a listener of the user's ended the run. */
    boolean isStopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
    }

    /** The parameters of the members that have been taken of the run; snapshots alone are. */
    List<byte[]> getMembers() {
        return List.copyOf(members);
    }

    void addMember(byte[] parameters) {
        members.add(parameters);
    }

    /** The sum of the losses of this epoch's steps, as last read from the device. */
    float getLossSum() {
        return lossSum;
    }

    void setLossSum(float lossSum) {
        this.lossSum = lossSum;
    }

    /** The loss before the first update; NaN if it has not been read. */
    double getFirstLoss() {
        return firstLoss;
    }

    void setFirstLoss(double firstLoss) {
        this.firstLoss = firstLoss;
    }

    double getEpochSeconds() {
        return epochSeconds;
    }

    /** How often a network of the base model's kind ran forward in all updates. */
    long getForwardCalls() {
        return forwardCalls;
    }

    /** An update has been made, in which a network ran forward so often. */
    void endStep(int calls, double took) {
        step++;
        steps++;
        forwardCalls += calls;
        epochSeconds += took;
        seconds += took;
    }

    /** The updates of an epoch have been made, and judged. */
    void endEpoch(History.Epoch result) {
        epochs.add(result);
        epoch++;
        step = 0;
        lossSum = 0;
        epochSeconds = 0;
    }

    /** How training went, with the parameters of an epoch. */
    History toHistory(int kept) {
        return new History(epochs, steps, forwardCalls, seconds, kept);
    }

    History toHistory() {
        return toHistory(bestEpoch == 0 ? epoch : bestEpoch);
    }

    /**
     * Writes the state.
     *
     * @param out where to write
     * @throws IOException if writing fails
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(step);
        out.writeFloat(lossSum);
        out.writeDouble(firstLoss);
        out.writeDouble(epochSeconds);
        out.writeLong(steps);
        out.writeLong(forwardCalls);
        out.writeDouble(seconds);
        for (History.Epoch each : epochs) {
            each.write(out);
        }
        out.writeBoolean(stopped);
        out.writeInt(bestEpoch);
        out.writeBoolean(best != null);
        if (best != null) {
            best.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where to read
     * @return the state
     * @throws IOException if reading fails, or if it is something else
     */
    public static TrainingState read(DataInput in) throws IOException {
        TrainingState state = new TrainingState();
        state.epoch = in.readInt();
        state.step = in.readInt();
        state.lossSum = in.readFloat();
        state.firstLoss = in.readDouble();
        state.epochSeconds = in.readDouble();
        state.steps = in.readLong();
        state.forwardCalls = in.readLong();
        state.seconds = in.readDouble();
        if (state.epoch < 0 || state.step < 0 || state.steps < 0) {
            throw new IOException(
                    "No run stands in epoch %d, step %d, after %d steps"
                            .formatted(state.epoch, state.step, state.steps));
        }
        for (int i = 0; i < state.epoch; i++) {
            state.epochs.add(History.Epoch.read(in));
        }
        state.stopped = in.readBoolean();
        state.bestEpoch = in.readInt();
        if (in.readBoolean()) {
            state.best = Snapshot.read(in);
        }
        return state;
    }
}
