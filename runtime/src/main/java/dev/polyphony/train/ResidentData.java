/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.data.Epoch;
import dev.polyphony.data.LabeledData;
import java.util.Arrays;

/** Training data on the device, with the batches of an epoch: nothing is copied in a step. */
final class ResidentData implements BatchSource {

    private final NDManager manager;
    private final NDArray features;
    private final NDArray targets;
    private final Shape example;
    private Epoch epoch;
    private NDArray indices;

    ResidentData(LabeledData data, NDManager parent) {
        manager = parent.newSubManager();
        features = data.toArray(manager, 0, data.size());
        targets = data.toTargetArray(manager, 0, data.size());
        example = data.getShape();
    }

    @Override
    public void setEpoch(Epoch epoch) {
        this.epoch = epoch;
        if (indices != null) {
            indices.close();
        }
        indices = manager.create(Arrays.stream(epoch.getIndices()).asLongStream().toArray());
    }

    @Override
    public NDList getBatch(int step, NDManager owner) {
        int width = epoch.getWidth();
        int from = epoch.getStart(step);
        int to = epoch.getStart(step + 1);
        NDArray rows =
                indices.get(
                        owner, new NDIndex().addSliceDim((long) from * width, (long) to * width));
        NDIndex index = new NDIndex("{}", rows);
        NDArray x = features.get(owner, index);
        NDArray y = targets.get(owner, index);
        if (epoch.isShared()) {
            return new NDList(x, y);
        }
        Shape each = new Shape(to - from, width);
        return new NDList(
                x.reshape(each.addAll(example)), y.reshape(each.addAll(y.getShape().slice(1))));
    }

    @Override
    public void close() {
        manager.close();
    }
}
