/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask;

import dev.polyphony.TaskKind;
import dev.polyphony.TaskLoss;
import dev.polyphony.TaskMetric;
import dev.polyphony.checks.Checks;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An output of a model: what {@link dev.polyphony.Task} says of it.
 *
 * @param name the name, a Java identifier
 * @param kind what it answers
 * @param loss what is minimised
 * @param metric what it is judged by
 * @param weight what the loss is multiplied by, above 0
 */
public record TaskSpec(
        String name, TaskKind kind, TaskLoss loss, TaskMetric metric, double weight) {

    /** Requires a name, and a loss and a metric of the kind; puts the usual ones for defaults. */
    public TaskSpec {
        Objects.requireNonNull(kind, "kind");
        if (!isIdentifier(name)) {
            throw new IllegalArgumentException(
                    "A task is named by a Java identifier, but '%s' is none".formatted(name));
        }
        if (!loss.fits(kind)) {
            throw new IllegalArgumentException(
                    "The loss %s of the task '%s' is none of %s".formatted(loss, name, kind));
        }
        if (!metric.fits(kind)) {
            throw new IllegalArgumentException(
                    "The metric %s of the task '%s' is none of %s".formatted(metric, name, kind));
        }
        Checks.require("weight of the task '" + name + "'", weight, weight > 0, "above 0");
        loss = loss.of(kind);
        metric = metric.of(kind);
    }

    private static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    /**
     * Returns an output with the usual loss and metric of its kind, and the weight 1.
     *
     * @param name the name, a Java identifier
     * @param kind what it answers
     * @return the task
     */
    public static TaskSpec of(String name, TaskKind kind) {
        return new TaskSpec(name, kind, TaskLoss.DEFAULT, TaskMetric.DEFAULT, 1);
    }

    /**
     * Returns the same task with another loss.
     *
     * @param other a loss of the kind
     * @return the task
     */
    public TaskSpec withLoss(TaskLoss other) {
        return new TaskSpec(name, kind, other, metric, weight);
    }

    /**
     * Returns the same task with another metric.
     *
     * @param other a metric of the kind
     * @return the task
     */
    public TaskSpec withMetric(TaskMetric other) {
        return new TaskSpec(name, kind, loss, other, weight);
    }

    /**
     * Returns the same task with another weight.
     *
     * @param other what the loss is multiplied by, above 0
     * @return the task
     */
    public TaskSpec withWeight(double other) {
        return new TaskSpec(name, kind, loss, metric, other);
    }

    /**
     * Requires tasks with names of their own.
     *
     * @param tasks the outputs of a model, at least one
     * @return the same
     * @throws IllegalArgumentException if there is none, or two have one name
     */
    public static List<TaskSpec> requireDistinct(List<TaskSpec> tasks) {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("A model needs at least one task");
        }
        Set<String> names = new HashSet<>();
        for (TaskSpec task : tasks) {
            if (!names.add(task.name())) {
                throw new IllegalArgumentException(
                        "Two tasks are named '%s': give each a name of its own"
                                .formatted(task.name()));
            }
        }
        return List.copyOf(tasks);
    }
}
