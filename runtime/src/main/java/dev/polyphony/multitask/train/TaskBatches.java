/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.multitask.TaskSpec;
import java.util.ArrayList;
import java.util.List;

/** Training data on the device, from which batches are gathered by index. */
final class TaskBatches {

    private final NDList inputs;
    private final List<NDList> answers = new ArrayList<>();

    /**
     * Copies data to the device.
     *
     * @param teacher the soft answers of a teacher for each task, in order, or null
     */
    TaskBatches(
            MultiExamples data, List<TaskSpec> tasks, List<NDArray> teacher, NDManager manager) {
        inputs = data.toInputs(manager, 0, data.size());
        for (int i = 0; i < tasks.size(); i++) {
            String name = tasks.get(i).name();
            NDList own = new NDList(data.toAnswers(name, manager), known(data, name, manager));
            if (teacher != null) {
                own.add(teacher.get(i));
            }
            answers.add(own);
        }
    }

    private static NDArray known(MultiExamples data, String name, NDManager manager) {
        boolean[] known = data.getKnown(name);
        float[] numbers = new float[known.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = known[i] ? 1 : 0;
        }
        return manager.create(numbers);
    }

    /**
     * A batch.
     *
     * @param rows the number of rows
     * @param inputs the inputs, {@code [B, x...]} or {@code [B, M, x...]}
     * @param answers for each task the right answers, where they are known, and possibly those of a
     *     teacher; {@code [B]} and {@code [B, K]}, or {@code [B, M]} and {@code [B, M, K]}
     */
    record Batch(int rows, NDList inputs, List<NDList> answers) {}

    /**
     * Gathers a batch.
     *
     * @param examples the example of each index of the epoch
     */
    Batch get(Epoch epoch, int step, int[] examples, NDManager manager) {
        int[][] rows = epoch.getBatch(step);
        int width = epoch.getWidth();
        long[] indices = new long[rows.length * width];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = examples[rows[i / width][i % width]];
        }
        NDArray index = manager.create(indices);
        Shape start = epoch.isShared() ? new Shape(rows.length) : new Shape(rows.length, width);
        List<NDList> own = new ArrayList<>();
        for (NDList answer : answers) {
            own.add(gather(answer, index, start, manager));
        }
        return new Batch(rows.length, gather(inputs, index, start, manager), own);
    }

    private static NDList gather(NDList arrays, NDArray index, Shape start, NDManager manager) {
        NDList gathered = new NDList();
        for (NDArray array : arrays) {
            NDArray rows = array.get(manager, new NDIndex("{}", index));
            gathered.add(rows.reshape(start.addAll(array.getShape().slice(1))));
        }
        return gathered;
    }
}
