/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import dev.polyphony.TaskLoss;
import dev.polyphony.data.Epoch;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.Recipe;
import dev.polyphony.train.Training;
import dev.polyphony.train.progress.Progress;
import java.util.Arrays;
import java.util.List;

/**
 * What is trained, and how.
 *
 * @param places the outputs that are trained
 * @param weights the weight of each output
 */
record TaskRun(
        String name,
        List<TaskSpec> tasks,
        int[] places,
        double[] weights,
        Recipe recipe,
        TaskOptions<?> options,
        Training training,
        Ensemble ensemble,
        Progress progress) {

    int count() {
        return places.length;
    }

    boolean isJoint() {
        return places.length > 1;
    }

    List<TaskLoss> losses() {
        return Arrays.stream(places).mapToObj(place -> tasks.get(place).loss()).toList();
    }

    TaskSpec task(int trained) {
        return tasks.get(places[trained]);
    }

    /** The weight of a task that is trained. */
    double weight(int trained) {
        return weights[places[trained]];
    }

    int seed() {
        return training.getSeed();
    }

    /** The batches of an epoch of so many examples. */
    Epoch epoch(int examples, int number) {
        return recipe.batches()
                .getEpoch(examples, training.getBatchSize(), training.getSeed(), number);
    }

    /** The updates of so many steps. */
    int updates(int steps) {
        int batches = options.accumulation();
        return (steps + batches - 1) / batches;
    }

    /** Whether an update follows a step. */
    boolean isUpdate(int at, int steps) {
        return (at + 1) % options.accumulation() == 0 || at + 1 == steps;
    }

    /** How many batches the update has that a step belongs to. */
    int batchesOfUpdate(int at, int steps) {
        int batches = options.accumulation();
        return Math.min(batches, steps - at / batches * batches);
    }
}
