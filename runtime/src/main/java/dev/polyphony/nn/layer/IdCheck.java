/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Requires, while a network runs, that its embeddings are given ids. They cut the fraction of a
 * number off: to look at every number would wait for the device in each training step.
 */
public final class IdCheck {

    private static final ThreadLocal<IdCheck> CURRENT = new ThreadLocal<>();

    private boolean metNumbers;

    /**
     * Runs a network on this thread.
     *
     * @param network its forward pass
     * @return whether an embedding was given an array of floating point
     * @throws IllegalArgumentException if a number in one is no id; names the layer and the number
     */
    public boolean run(Runnable network) {
        CURRENT.set(this);
        try {
            network.run();
            return metNumbers;
        } finally {
            CURRENT.remove();
        }
    }

    /** Requires ids if a check is running. */
    static void require(String layer, NDArray ids) {
        IdCheck check = CURRENT.get();
        if (check == null || !ids.getDataType().isFloating()) {
            return;
        }
        check.metNumbers = true;
        for (float id : ids.toType(DataType.FLOAT32, false).toFloatArray()) {
            // written so that NaN fails
            if (!(id >= 0 && id == Math.rint(id))) {
                throw new IllegalArgumentException(
                        "%s looks %s up, which is no id, a whole number from 0"
                                .formatted(layer, id));
            }
        }
    }
}
