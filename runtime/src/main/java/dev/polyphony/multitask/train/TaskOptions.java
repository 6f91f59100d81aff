/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.checks.Checks;
import dev.polyphony.harness.HistoryFiles;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.train.OptimizerSettings;
import dev.polyphony.train.Training;
import dev.polyphony.train.checkpoint.Checkpoints;
import dev.polyphony.train.progress.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a training of several tasks.
 *
 * @param <T> what the settings are of
 */
public abstract class TaskOptions<T extends TaskOptions<T>> extends OptimizerSettings<T> {

    private final Map<String, Double> rates = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private Balance balance = Balance.fixed();
    private TaskSchedule schedule = TaskSchedule.joint();
    private GradientSurgery surgery;
    private Curriculum curriculum;
    private Distillation teacher;
    private int accumulation = 1;
    private Progress progress = Progress.automatic();
    private Path history;
    private Checkpoints checkpoints;

    TaskOptions() {}

    /**
     * Sets after how many batches an update follows, with the mean of their gradients. Batch
     * normalisation still sees each batch alone; what is left at the end of an epoch is an update
     * as well.
     *
     * @param batches the batches, at least 1; 1 if it is not set
     * @return this
     */
    public T optAccumulation(int batches) {
        Checks.require("batches of an update", batches, batches >= 1, "at least 1");
        accumulation = batches;
        return self();
    }

    /**
     * Sets how the losses of the tasks are balanced.
     *
     * @param balance the balance; fixed weights if it is not set
     * @return this
     */
    public T optBalance(Balance balance) {
        this.balance = Objects.requireNonNull(balance, "balance");
        return self();
    }

    /**
     * Sets the weight of a task, in place of that of its annotation. A weight of 0 leaves the task
     * out: its output is not trained. With one task left, balance, schedule and surgery have
     * nothing to do.
     *
     * @param task the name of the task
     * @param weight what its loss is multiplied by, at least 0, besides what the balance does
     * @return this
     */
    public T optTaskWeight(String task, double weight) {
        Checks.require("weight of the task '" + task + "'", weight, weight >= 0, "at least 0");
        weights.put(task, weight);
        return self();
    }

    /**
     * Sets the learning rate of a task's own parameters, those that no other task's loss reaches.
     *
     * @param task the name of the task
     * @param factor the rate relative to the learning rate, at least 0; 1 if it is not set
     * @return this
     */
    public T optTaskLearningRate(String task, double factor) {
        Checks.require(
                "learning rate of the task '" + task + "'", factor, factor >= 0, "at least 0");
        rates.put(task, factor);
        return self();
    }

    /**
     * Sets which tasks a step trains.
     *
     * @param schedule the schedule; all in each step if it is not set
     * @return this
     */
    public T optTaskSchedule(TaskSchedule schedule) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        return self();
    }

    /**
     * Sets what is done about gradients that conflict. Each task then takes a forward and a
     * backward pass of its own.
     *
     * @param surgery the surgery; none if it is not set, and gradients are summed
     * @return this
     */
    public T optSurgery(GradientSurgery surgery) {
        this.surgery = Objects.requireNonNull(surgery, "surgery");
        return self();
    }

    /**
     * Sets in which order examples are shown.
     *
     * @param curriculum the curriculum; none if it is not set, and each epoch shows all
     * @return this
     */
    public T optCurriculum(Curriculum curriculum) {
        this.curriculum = Objects.requireNonNull(curriculum, "curriculum");
        return self();
    }

    /**
     * Sets a teacher, whose soft answers are learnt besides the right ones.
     *
     * @param teacher the teacher; none if it is not set
     * @return this
     */
    public T optTeacher(Distillation teacher) {
        this.teacher = Objects.requireNonNull(teacher, "teacher");
        return self();
    }

    /**
     * Sets who is told how training comes along.
     *
     * @param progress the listener; if it is not set, a bar in a terminal and some lines elsewhere
     * @return this
     */
    public T optProgress(Progress progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
        return self();
    }

    /**
     * Sets where files tell how training goes, while it runs: {@code history.csv}, {@code
     * history.json}, and {@code training.html}, a page of curves that loads itself again.
     *
     * @param folder the folder; made if it is not there; no files if it is not set
     * @return this
     */
    public T optHistory(Path folder) {
        history = Objects.requireNonNull(folder, "folder");
        return self();
    }

    /**
     * Sets where checkpoints are kept, when one is written and which stay. A training that was
     * stopped then goes on by {@code resume}, and ends with the bits of one that was not.
     *
     * @param checkpoints the checkpoints, in a folder of this training's own; none if it is not set
     * @return this
     */
    public T optCheckpoints(Checkpoints checkpoints) {
        this.checkpoints = Objects.requireNonNull(checkpoints, "checkpoints");
        return self();
    }

    /**
     * Returns the settings that other trainings have as well.
     *
     * @return the settings
     * @throws IllegalArgumentException if a value makes no sense
     */
    public final Training getTraining() {
        return Training.builder().optSettings(this).build();
    }

    /** The checkpoints, or null if none are kept. */
    final Checkpoints checkpoints() {
        return checkpoints;
    }

    /** The checkpoints, which resuming needs. */
    final Checkpoints requireCheckpoints() {
        if (checkpoints == null) {
            throw new IllegalStateException(
                    "There is nothing to resume from: say with optCheckpoints where checkpoints are kept");
        }
        return checkpoints;
    }

    /** Who is told, files included. */
    final Progress newProgress(String name) {
        return history == null ? progress : Progress.all(progress, HistoryFiles.of(history, name));
    }

    final Map<String, Double> rates() {
        return rates;
    }

    final Map<String, Double> weights() {
        return weights;
    }

    final Balance balance() {
        return balance;
    }

    final TaskSchedule schedule() {
        return schedule;
    }

    final GradientSurgery surgery() {
        return surgery;
    }

    final Curriculum curriculum() {
        return curriculum;
    }

    final Distillation teacher() {
        return teacher;
    }

    final int accumulation() {
        return accumulation;
    }

    /**
     * Returns the settings for readers.
     *
     * @return what differs from plain joint training, and the other settings
     */
    public final String describe() {
        StringBuilder text = new StringBuilder(balance.toString());
        if (!schedule.toString().equals(TaskSchedule.joint().toString())) {
            text.append("; ").append(schedule);
        }
        if (surgery != null) {
            text.append("; ").append(surgery);
        }
        if (curriculum != null) {
            text.append("; ").append(curriculum);
        }
        if (teacher != null) {
            text.append("; ").append(teacher);
        }
        weights.forEach(
                (task, weight) -> text.append("; ").append(task).append(" x ").append(weight));
        rates.forEach(
                (task, rate) ->
                        text.append("; learning rate of ").append(task).append(" x ").append(rate));
        if (accumulation > 1) {
            text.append("; an update for ").append(accumulation).append(" batches");
        }
        return text.append("; ").append(getTraining()).toString();
    }
}
