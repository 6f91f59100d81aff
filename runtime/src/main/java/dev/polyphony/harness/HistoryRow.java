/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.train.progress.History;
import dev.polyphony.train.progress.Pace;
import dev.polyphony.train.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/** What is known of a training, before, while and after it runs. */
final class HistoryRow {

    private final String name;
    private final int color;
    private final List<History.Epoch> epochs = new ArrayList<>();
    private Progress.Run run;
    private Pace pace;
    private int step;
    private double loss = Double.NaN;
    private boolean isOver;

    /**
     * Creates a row without epochs.
     *
     * @param name its name
     * @param color the number of its colour, as in the report
     */
    HistoryRow(String name, int color) {
        this.name = name;
        this.color = color;
    }

    void begin(Progress.Run run, Pace pace) {
        this.run = run;
        this.pace = pace;
        epochs.clear();
        epochs.addAll(run.done());
        step = run.step();
        loss = Double.NaN;
        isOver = false;
    }

    void setStep(int epoch, int step, double loss) {
        this.step = step;
        this.loss = loss;
        pace.set(epoch, step);
    }

    void add(History.Epoch epoch) {
        epochs.add(epoch);
        pace.set(epoch.number(), run.steps());
        step = 0;
        loss = Double.NaN;
    }

    void end() {
        isOver = true;
    }

    int getColor() {
        return color;
    }

    String getName() {
        return name;
    }

    /** The epochs that are over. */
    List<History.Epoch> getEpochs() {
        return epochs;
    }

    double getLearningRate(History.Epoch epoch) {
        return run.learningRates().applyAsDouble(epoch.number());
    }

    /** The training, or null before it begins. */
    Progress.Run getRun() {
        return run;
    }

    Pace getPace() {
        return pace;
    }

    /** The place in the epoch that runs, in epochs. */
    double getPlace() {
        return epochs.size() + (double) step / run.steps();
    }

    /** The loss in the epoch that runs; NaN if it is not known. */
    double getLoss() {
        return loss;
    }

    boolean isOver() {
        return isOver;
    }

    boolean isRunning() {
        return run != null && !isOver;
    }

    String getState() {
        if (run == null) {
            return "waits";
        }
        String done = epochs.size() + " of " + run.epochs();
        if (isOver) {
            return epochs.size() == run.epochs() ? "done" : "ended after epoch " + done;
        }
        return "epoch %s of %s, step %s of %s"
                .formatted(
                        Math.min(epochs.size() + 1, run.epochs()), run.epochs(), step, run.steps());
    }
}
