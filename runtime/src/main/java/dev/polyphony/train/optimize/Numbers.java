/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers as arrays on the device, the last few of them kept: all parameters meet the same numbers
 * in a step, and making an array of one takes longer than a step's arithmetic with it.
 */
final class Numbers {

    /** More than the numbers of a step. */
    private static final int KEPT = 16;

    private record Key(Device device, DataType type, float value) {}

    private final Map<Key, NDArray> arrays = new LinkedHashMap<>();

    /** Returns a number that an array can be combined with; it belongs to this object. */
    synchronized NDArray get(NDArray other, NDManager manager, float value) {
        Key key = new Key(other.getDevice(), other.getDataType(), value);
        NDArray known = arrays.get(key);
        if (known != null) {
            return known;
        }
        if (arrays.size() == KEPT) {
            clear();
        }
        NDArray made = manager.full(new Shape(), value, other.getDataType());
        arrays.put(key, made);
        return made;
    }

    synchronized void clear() {
        arrays.values().forEach(NDArray::close);
        arrays.clear();
    }
}
