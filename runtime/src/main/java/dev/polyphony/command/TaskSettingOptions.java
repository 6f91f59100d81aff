/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.command;

import dev.polyphony.multitask.balance.Balance;
import dev.polyphony.multitask.schedule.Curriculum;
import dev.polyphony.multitask.schedule.TaskSchedule;
import dev.polyphony.multitask.surgery.GradientSurgery;
import dev.polyphony.multitask.train.MultiTaskHarness;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of how tasks are trained together. */
final class TaskSettingOptions {

    @Option(
            names = "--balance",
            defaultValue = "fixed",
            converter = TaskConverters.ToBalance.class,
            paramLabel = "BALANCE",
            description =
                    "How the losses of the tasks are balanced: "
                            + TaskConverters.BALANCES
                            + " (default: ${DEFAULT-VALUE}).")
    private Balance balance;

    @Option(
            names = "--task-weight",
            paramLabel = "TASK=WEIGHT",
            description =
                    "What the loss of a task is multiplied by besides, in place of what its"
                            + " annotation says; 0 leaves it out; repeat for each.")
    private Map<String, Double> weights = new LinkedHashMap<>();

    @Option(
            names = "--task-learning-rate",
            paramLabel = "TASK=FACTOR",
            description =
                    "Learning rate of the parameters of a task alone, relative to the others; repeat"
                            + " for each.")
    private Map<String, Double> rates = new LinkedHashMap<>();

    @Option(
            names = "--turns",
            defaultValue = "joint",
            converter = TaskConverters.ToTurns.class,
            paramLabel = "TURNS",
            description =
                    "Which tasks a step trains: "
                            + TaskConverters.TURNS
                            + " (default: ${DEFAULT-VALUE}).")
    private TaskSchedule turns;

    @Option(
            names = "--surgery",
            converter = TaskConverters.ToSurgery.class,
            paramLabel = "SURGERY",
            description = "What is done about gradients that conflict: pcgrad (default: nothing).")
    private GradientSurgery surgery;

    @Option(
            names = "--curriculum",
            converter = TaskConverters.ToCurriculum.class,
            paramLabel = "PACING",
            description =
                    "Examples with small losses first, from a share of them at the beginning to all"
                            + " at a part of the training: "
                            + TaskConverters.PACINGS
                            + " (default: all in each epoch).")
    private Curriculum curriculum;

    @Option(
            names = "--accumulation",
            defaultValue = "1",
            paramLabel = "BATCHES",
            description =
                    "Batches after which an update follows, with the mean of their gradients"
                            + " (default: ${DEFAULT-VALUE}).")
    private int accumulation;

    void apply(MultiTaskHarness harness) {
        harness.optBalance(balance).optTaskSchedule(turns).optAccumulation(accumulation);
        weights.forEach(harness::optTaskWeight);
        rates.forEach(harness::optTaskLearningRate);
        if (surgery != null) {
            harness.optSurgery(surgery);
        }
        if (curriculum != null) {
            harness.optCurriculum(curriculum);
        }
    }
}
