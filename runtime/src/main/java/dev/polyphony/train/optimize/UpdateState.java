/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** What an optimizer keeps for a parameter: the number of updates, and arrays of its shape. */
final class UpdateState {

    private NDList arrays = new NDList();
    private UpdateState whole;
    private int updates;
    private float scale = 1;

    private UpdateState() {}

    /** The state of a parameter that has not been updated. */
    UpdateState(NDArray weight, NDManager manager, int count) {
        for (int i = 0; i < count; i++) {
            arrays.add(manager.zeros(weight.getShape(), weight.getDataType()));
        }
    }

    /** One state of several that stand alike, which become parts of it. */
    static UpdateState join(List<UpdateState> parts) {
        UpdateState whole = new UpdateState();
        whole.updates = parts.get(0).updates;
        whole.scale = parts.get(0).scale;
        for (int a = 0; a < parts.get(0).arrays.size(); a++) {
            int array = a;
            NDList own =
                    new NDList(parts.stream().map(part -> part.get(array)).toArray(NDArray[]::new));
            whole.arrays.add(Flat.join(own));
            List<NDArray> views = Flat.split(whole.get(a), own);
            for (int p = 0; p < views.size(); p++) {
                own.get(p).intern(views.get(p));
            }
        }
        parts.forEach(part -> part.whole = whole);
        return whole;
    }

    boolean isJoined() {
        return whole != null;
    }

    NDArray get(int i) {
        return arrays.get(i);
    }

    NDList getArrays() {
        return arrays;
    }

    int getUpdates() {
        return whole == null ? updates : whole.updates;
    }

    void setUpdates(int updates) {
        this.updates = updates;
    }

    /** By what the arrays are multiplied, where the optimizer keeps them so. */
    float getScale() {
        return whole == null ? scale : whole.scale;
    }

    void setScale(float scale) {
        this.scale = scale;
    }

    /** Whether another stands where this does. */
    boolean isAlike(UpdateState other) {
        return getUpdates() == other.getUpdates() && getScale() == other.getScale();
    }

    void close() {
        arrays.close();
    }
}
