/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.Device;
import dev.polyphony.checks.Checks;
import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.train.Training;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.progress.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a training of several tasks.
 *
 * @param <T> what the settings are of
 */
public abstract class TaskOptions<T extends TaskOptions<T>> {

    private final Training.Builder training = Training.builder();
    private final Map<String, Double> rates = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private Balance balance = Balance.fixed();
    private TaskSchedule schedule = TaskSchedule.joint();
    private GradientSurgery surgery;
    private Curriculum curriculum;
    private Distillation teacher;
    private int accumulation = 1;
    private double clipNorm;
    private Progress progress = Progress.automatic();

    TaskOptions() {}

    /** Returns this, as what it is. */
    abstract T self();

    /**
     * Sets how often training goes through the data.
     *
     * @param epochs the number of epochs, at least 1; 10 if it is not set
     * @return this
     */
    public T optEpochs(int epochs) {
        training.optEpochs(epochs);
        return self();
    }

    /**
     * Sets the rows that a member sees in a step; of batches that are divided among members, the
     * rows of all.
     *
     * @param batchSize the batch size, at least 1; 128 if it is not set
     * @return this
     */
    public T optBatchSize(int batchSize) {
        training.optBatchSize(batchSize);
        return self();
    }

    /**
     * Sets the seed of parameters, batches and everything else that is drawn.
     *
     * @param seed the seed; 0 if it is not set
     * @return this
     */
    public T optSeed(int seed) {
        training.optSeed(seed);
        return self();
    }

    /**
     * Sets the learning rate.
     *
     * @param learningRate the learning rate, above 0; 0.001 if it is not set
     * @return this
     */
    public T optLearningRate(double learningRate) {
        training.optLearningRate(learningRate);
        return self();
    }

    /**
     * Sets how the learning rate changes from update to update.
     *
     * @param rates the schedule; constant if it is not set
     * @return this
     */
    public T optLearningRateSchedule(Schedule rates) {
        training.optSchedule(rates);
        return self();
    }

    /**
     * Sets the optimizer of the network.
     *
     * @param optimizer the optimizer; Adam if it is not set
     * @return this
     */
    public T optOptimizer(OptimizerType optimizer) {
        training.optOptimizer(optimizer);
        return self();
    }

    /**
     * Sets the weight decay of the network; what balances the losses never decays.
     *
     * @param weightDecay the weight decay, at least 0; 0 if it is not set
     * @return this
     */
    public T optWeightDecay(double weightDecay) {
        training.optWeightDecay(weightDecay);
        return self();
    }

    /**
     * Sets the largest norm of the gradient that is left over after balance and surgery.
     *
     * @param clipNorm the bound, above 0; 0, if it is not set, for none
     * @return this
     */
    public T optClipNorm(double clipNorm) {
        Checks.require("bound on the gradient", clipNorm, clipNorm >= 0, "at least 0");
        this.clipNorm = clipNorm;
        return self();
    }

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
     * Sets the device.
     *
     * @param device the device; the engine's default if it is not set
     * @return this
     */
    public T optDevice(Device device) {
        training.optDevices(device);
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

    /** The settings that other trainings have as well. */
    final Training training() {
        return training.build();
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

    final double clipNorm() {
        return clipNorm;
    }

    final Progress progress() {
        return progress;
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
        return text.append("; ").append(training()).toString();
    }
}
