/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parameters each task's loss reaches: those in which it has a gradient, at a place near the
 * start of training that is drawn, so that weights which begin as zeros block no one's way.
 */
final class TaskReach {

    private static final float NOISE = 0.05f;

    private TaskReach() {}

    /** Makes the backward pass of a task's loss. */
    @FunctionalInterface
    interface Backward {

        void run(int task, NDManager manager);
    }

    /**
     * Finds whom each parameter belongs to, and leaves all as it was.
     *
     * @throws IllegalArgumentException if the tasks share nothing
     */
    static TaskParameters find(Ensemble ensemble, int tasks, Backward backward, NDManager parent) {
        Snapshot before = Snapshot.of(ensemble);
        TaskParameters all = TaskParameters.of(ensemble);
        Map<Parameter, Integer> owners = new HashMap<>();
        try (NDManager manager = parent.newSubManager()) {
            for (Parameter parameter : all.trained()) {
                NDArray array = parameter.getArray();
                NDArray noise = manager.randomUniform(-NOISE, NOISE, array.getShape());
                try (NDArray detached = array.stopGradient();
                        NDArray moved = detached.add(noise)) {
                    Snapshot.copy(moved, array);
                }
            }
            for (int task = 0; task < tasks; task++) {
                backward.run(task, manager);
                boolean[] reached = reached(all.trained(), manager);
                for (int p = 0; p < reached.length; p++) {
                    if (reached[p]) {
                        Parameter parameter = all.trained().get(p);
                        boolean isFirst = !owners.containsKey(parameter);
                        owners.put(parameter, isFirst ? task : -1);
                    }
                }
            }
        } finally {
            before.restore(ensemble);
        }
        TaskParameters found =
                new TaskParameters(ensemble, parameter -> owners.getOrDefault(parameter, -1));
        if (found.last() == 0) {
            throw new IllegalArgumentException(
                    "No weights serve two tasks: there is nothing to balance or to operate on between them");
        }
        return found;
    }

    private static boolean[] reached(List<Parameter> parameters, NDManager manager) {
        NDList largest = new NDList();
        for (Parameter parameter : parameters) {
            NDArray gradient = parameter.getArray().getGradient();
            gradient.attach(manager);
            NDArray most = gradient.abs().max();
            most.attach(manager);
            largest.add(most);
            gradient.subi(gradient);
        }
        float[] numbers = NDArrays.stack(largest).toFloatArray();
        boolean[] reached = new boolean[numbers.length];
        for (int i = 0; i < reached.length; i++) {
            reached[i] = numbers[i] > 0;
        }
        return reached;
    }
}
