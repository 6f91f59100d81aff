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
import dev.polyphony.data.LabeledData;
import java.util.Arrays;

/**
 * Training data on the device, with the batches of an epoch. Small ones are gathered many at a
 * time: the calls for one take as long as the forward pass of a small network.
 */
final class ResidentData implements BatchSource {

    /** The numbers of features that are gathered at a time, if a batch is no larger. */
    private static final long AT_A_TIME = 1 << 18;

    private final NDManager manager;
    private final NDArray features;
    private final NDArray targets;
    private final Shape example;
    private Epoch epoch;
    private NDArray indices;
    private NDManager gathered;
    private NDList ahead = new NDList();
    private NDList aheadTargets;
    private int first;

    ResidentData(LabeledData data, NDManager parent) {
        manager = parent.newSubManager();
        features = data.toArray(manager, 0, data.size());
        targets = data.toTargetArray(manager, 0, data.size());
        example = data.getShape();
    }

    @Override
    public void setEpoch(Epoch epoch) {
        this.epoch = epoch;
        forget();
        if (indices != null) {
            indices.close();
        }
        indices = manager.create(Arrays.stream(epoch.getIndices()).asLongStream().toArray());
    }

    @Override
    public NDList getBatch(int step, NDManager owner) {
        int at = step - first;
        if (at < 0 || at >= ahead.size() || ahead.get(at) == null) {
            gather(step);
            at = 0;
        }
        NDList batch = new NDList(ahead.set(at, null), aheadTargets.set(at, null));
        batch.attach(owner);
        return batch;
    }

    /** Gathers the batches from a step on. */
    private void gather(int step) {
        forget();
        gathered = manager.newSubManager();
        first = step;
        int width = epoch.getWidth();
        int from = epoch.getStart(step);
        long batch = (epoch.getStart(step + 1) - from) * width * Math.max(1, example.size());
        int steps = (int) Math.min(epoch.getSteps() - step, Math.max(1, AT_A_TIME / batch));
        int to = epoch.getStart(step + steps);
        NDArray rows =
                indices.get(
                        gathered,
                        new NDIndex().addSliceDim((long) from * width, (long) to * width));
        NDIndex index = new NDIndex("{}", rows);
        NDArray x = features.get(gathered, index);
        NDArray y = targets.get(gathered, index);
        if (!epoch.isShared()) {
            Shape each = new Shape(to - from, width);
            x = x.reshape(each.addAll(example));
            y = y.reshape(each.addAll(y.getShape().slice(1)));
        }
        long[] starts = new long[steps - 1];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = epoch.getStart(step + 1 + i) - from;
        }
        ahead = x.split(starts);
        aheadTargets = y.split(starts);
    }

    private void forget() {
        ahead = new NDList();
        if (gathered != null) {
            gathered.close();
            gathered = null;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
