/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a training keeps its checkpoints, when it writes one, and which stay:
 *
 * <pre>{@code
 * Checkpoints.in(folder).optEverySteps(500).optKeepLast(3).optKeepBest(true)
 * }</pre>
 *
 * <p>One is written before the first step, at the end, and whenever one of the intervals is over;
 * without intervals after each epoch. Objects are immutable.
 */
public final class Checkpoints {

    private final Path folder;
    private final int everySteps;
    private final int everyEpochs;
    private final Duration every;
    private final int keepLast;
    private final boolean keepBest;

    private Checkpoints(
            Path folder,
            int everySteps,
            int everyEpochs,
            Duration every,
            int keepLast,
            boolean keepBest) {
        this.folder = folder;
        this.everySteps = everySteps;
        this.everyEpochs = everyEpochs;
        this.every = every;
        this.keepLast = keepLast;
        this.keepBest = keepBest;
    }

    /**
     * Keeps checkpoints in a folder.
     *
     * @param folder the folder, of this training alone; made if it is not there
     * @return checkpoints after each epoch, of which the last 2 stay
     */
    public static Checkpoints in(Path folder) {
        return new Checkpoints(
                Objects.requireNonNull(folder, "folder"), 0, 0, Duration.ZERO, 2, false);
    }

    /**
     * Writes one after every so many steps, counted from the beginning of training.
     *
     * @param steps the steps, at least 1
     * @return the new checkpoints
     * @throws IllegalArgumentException if it is less
     */
    public Checkpoints optEverySteps(int steps) {
        require("steps between checkpoints", steps, steps >= 1, "at least 1");
        return new Checkpoints(folder, steps, everyEpochs, every, keepLast, keepBest);
    }

    /**
     * Writes one after every so many epochs, counted from the beginning of training.
     *
     * @param epochs the epochs, at least 1
     * @return the new checkpoints
     * @throws IllegalArgumentException if it is less
     */
    public Checkpoints optEveryEpochs(int epochs) {
        require("epochs between checkpoints", epochs, epochs >= 1, "at least 1");
        return new Checkpoints(folder, everySteps, epochs, every, keepLast, keepBest);
    }

    /**
     * Writes one after the first step that ends so long after the last checkpoint.
     *
     * @param minutes the minutes, above 0; fractions count
     * @return the new checkpoints
     * @throws IllegalArgumentException if it is not above 0
     */
    public Checkpoints optEveryMinutes(double minutes) {
        double nanos = minutes * Duration.ofMinutes(1).toNanos();
        require(
                "minutes between checkpoints",
                minutes,
                nanos >= 1 && nanos < Long.MAX_VALUE,
                "above 0");
        Duration time = Duration.ofNanos((long) nanos);
        return new Checkpoints(folder, everySteps, everyEpochs, time, keepLast, keepBest);
    }

    /**
     * Sets how many of the newest checkpoints stay.
     *
     * @param count the number, at least 1; 2 if it is not set
     * @return the new checkpoints
     * @throws IllegalArgumentException if it is less
     */
    public Checkpoints optKeepLast(int count) {
        require("number of checkpoints to keep", count, count >= 1, "at least 1");
        return new Checkpoints(folder, everySteps, everyEpochs, every, count, keepBest);
    }

    /**
     * Sets whether one is written after each epoch that is the best so far on the validation data,
     * and the one of the best epoch stays.
     *
     * @param keep whether the best stays; false if it is not set
     * @return the new checkpoints
     */
    public Checkpoints optKeepBest(boolean keep) {
        return new Checkpoints(folder, everySteps, everyEpochs, every, keepLast, keep);
    }

    /**
     * Returns the same in a folder inside this one.
     *
     * @param title what the inner folder is called by; what a file name had better not have becomes
     *     a hyphen
     * @return the new checkpoints
     */
    public Checkpoints under(String title) {
        Path inner = folder.resolve(title.replaceAll("[^\\p{L}\\p{N}_=]+", "-"));
        return new Checkpoints(inner, everySteps, everyEpochs, every, keepLast, keepBest);
    }

    private static void require(String name, Number value, boolean valid, String range) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "The %s must be %s, but was %s".formatted(name, range, value));
        }
    }

    /**
     * Returns the folder.
     *
     * @return where checkpoints are kept
     */
    public Path getFolder() {
        return folder;
    }

    /**
     * Returns whether there is something to resume from: so a script can {@code fit} the first time
     * and {@code resume} when it is run again.
     *
     * @return whether the folder has a checkpoint, intact or not
     * @throws CheckpointException if the folder cannot be read
     */
    public boolean exist() {
        return !CheckpointFolder.list(folder).isEmpty();
    }

    /**
     * Requires that a training may begin.
     *
     * @throws CheckpointException if there are checkpoints already, which it would mix with its own
     */
    public void requireNone() {
        if (exist()) {
            throw new CheckpointException(
                    "%s has the checkpoints of a training: resume it, or begin this one in another folder"
                            .formatted(folder));
        }
    }

    /**
     * Returns whether the best stays.
     *
     * @return whether the checkpoint of the best epoch is kept
     */
    public boolean isKeepBest() {
        return keepBest;
    }

    /**
     * Returns how many of the newest checkpoints stay.
     *
     * @return the number
     */
    public int getKeepLast() {
        return keepLast;
    }

    /**
     * Returns whether a checkpoint is due inside an epoch.
     *
     * @param steps the steps made since the beginning of training
     * @param sinceLast the time since the last checkpoint, in nanoseconds
     * @return whether one is due
     */
    public boolean isDueAfterStep(long steps, long sinceLast) {
        return everySteps > 0 && steps % everySteps == 0 || isTime(sinceLast);
    }

    /**
     * Returns whether a checkpoint is due after an epoch, even if one was written after its last
     * step.
     *
     * @param epochs the epochs made since the beginning of training
     * @param sinceLast the time since the last checkpoint, in nanoseconds
     * @return whether one is due
     */
    public boolean isDueAfterEpoch(int epochs, long sinceLast) {
        boolean noInterval = everySteps == 0 && everyEpochs == 0 && every.isZero();
        return noInterval || everyEpochs > 0 && epochs % everyEpochs == 0 || isTime(sinceLast);
    }

    private boolean isTime(long sinceLast) {
        return !every.isZero() && sinceLast >= every.toNanos();
    }
}
