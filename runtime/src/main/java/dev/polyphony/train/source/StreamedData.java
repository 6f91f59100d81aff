/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.source;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.Examples;
import dev.polyphony.data.LabeledData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Training data that are read as training goes. An example that stands several times in a batch is
 * read and carried to the device once; it is repeated there.
 */
final class StreamedData implements BatchSource {

    private final Examples data;
    private Epoch epoch;
    private Prefetch prefetch;
    private int next;

    StreamedData(Examples data) {
        this.data = data;
    }

    @Override
    public void setEpoch(Epoch epoch) {
        this.epoch = epoch;
        restart(0);
    }

    private void restart(int step) {
        close();
        next = step;
        prefetch =
                new Prefetch(
                        data,
                        each -> Distinct.of(epoch.getBatch(each)).examples(),
                        step,
                        epoch.getSteps());
    }

    @Override
    public NDList getBatch(int step, NDManager owner) {
        if (step != next) {
            restart(step);
        }
        next++;
        int[][] batch = epoch.getBatch(step);
        Distinct distinct = Distinct.of(batch);
        LabeledData read = prefetch.next();
        NDArray x = read.toArray(owner, 0, read.size());
        NDArray y = read.toTargetArray(owner, 0, read.size());
        if (distinct.repeats()) {
            NDIndex index = new NDIndex("{}", owner.create(distinct.places()));
            x = x.get(index);
            y = y.get(index);
        }
        if (epoch.isShared()) {
            return new NDList(x, y);
        }
        Shape each = new Shape(batch.length, epoch.getWidth());
        return new NDList(
                x.reshape(each.addAll(data.getShape())),
                y.reshape(each.addAll(y.getShape().slice(1))));
    }

    @Override
    public void close() {
        if (prefetch != null) {
            prefetch.close();
            prefetch = null;
        }
    }

    /**
     * The examples of a batch.
     *
     * @param examples each once, in the order of the batch
     * @param places for each index of the batch, which of these it is
     */
    private record Distinct(int[] examples, long[] places) {

        static Distinct of(int[][] batch) {
            int[] indices = Arrays.stream(batch).flatMapToInt(Arrays::stream).toArray();
            Map<Integer, Integer> known = new HashMap<>();
            int[] examples = new int[indices.length];
            long[] places = new long[indices.length];
            for (int i = 0; i < indices.length; i++) {
                int place = known.computeIfAbsent(indices[i], key -> known.size());
                examples[place] = indices[i];
                places[i] = place;
            }
            return new Distinct(Arrays.copyOf(examples, known.size()), places);
        }

        boolean repeats() {
            return examples.length < places.length;
        }
    }
}
