/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.util.PairList;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.Snapshot;

/**
 * The parameters of the last epoch that was sound, for a run that diverges in the next. The copy
 * stays on the device, and reaches the host only if it is asked for.
 */
final class LastSound implements AutoCloseable {

    private final Ensemble ensemble;
    private final NDManager manager;
    private PairList<String, NDArray> copies;

    /** Nothing has been kept. */
    LastSound(Ensemble ensemble, NDManager parent) {
        this.ensemble = ensemble;
        manager = parent.newSubManager();
    }

    /** Keeps the parameters as they are. */
    void keep() {
        PairList<String, NDArray> now = new PairList<>();
        PairList<String, Parameter> parameters = ensemble.getParameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (copies != null) {
                copies.valueAt(i).close();
            }
            // detached: a copy that is part of a graph would keep it
            try (NDArray detached = parameters.valueAt(i).getArray().stopGradient()) {
                NDArray copy = detached.duplicate();
                copy.attach(manager);
                now.add(parameters.keyAt(i), copy);
            }
        }
        copies = now;
    }

    /** Returns what was kept last, or null. */
    Snapshot get() {
        return copies == null ? null : Snapshot.of(copies);
    }

    /** Returns whether all parameters are numbers; waits for the device once. */
    boolean isSound() {
        try (NDManager scope = manager.newSubManager()) {
            NDArray sum = scope.zeros(new Shape());
            for (Parameter parameter : ensemble.getParameters().values()) {
                NDArray values = parameter.getArray().stopGradient();
                values.attach(scope);
                if (values.getDataType().isFloating()) {
                    // NaN where a number is NaN or infinite, else 0
                    sum.addi(values.sub(values).sum().toType(sum.getDataType(), false));
                }
            }
            return sum.getFloat() == 0;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
