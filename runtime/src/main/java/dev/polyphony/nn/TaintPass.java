/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
import dev.polyphony.nn.layer.Ramp;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A forward pass in which no layer computes: a linear map answers with an array of the base model's
 * shape, NaN if it is poisoned; a normalisation hands its input on. The user's code between them
 * runs as it is, so where the NaN turn up shows who reads what.
 */
final class TaintPass extends Pass {

    private final Set<EnsembleLayer> poisoned;
    private final Map<EnsembleLayer, List<Reading>> readings = new IdentityHashMap<>();
    private final List<EnsembleLayer> order = new ArrayList<>();

    TaintPass(Set<EnsembleLayer> poisoned) {
        this.poisoned = poisoned;
    }

    /**
     * What a layer was given in one of its calls.
     *
     * @param input the shape of its input
     * @param tainted whether there were NaN in it
     */
    record Reading(Shape input, boolean tainted) {}

    /** {@inheritDoc} */
    @Override
    protected NDArray visit(EnsembleLayer layer, NDArray x, ParameterStore parameterStore) {
        List<Reading> own = readings.computeIfAbsent(layer, key -> new ArrayList<>());
        if (own.isEmpty()) {
            order.add(layer);
        }
        own.add(new Reading(x.getShape(), isTainted(x)));
        if (poisoned.contains(layer)) {
            Shape shape = layer.getBaseOutputShape(x.getShape());
            return x.getManager().full(shape, Float.NaN);
        }
        return layer.mixesFeatures()
                ? Ramp.of(x.getManager(), layer.getBaseOutputShape(x.getShape()))
                : x;
    }

    /** The layers in the order of their first calls. */
    List<EnsembleLayer> getOrder() {
        return order;
    }

    List<Reading> getReadings(EnsembleLayer layer) {
        return readings.getOrDefault(layer, List.of());
    }

    boolean sawTaint(EnsembleLayer layer) {
        return getReadings(layer).stream().anyMatch(Reading::tainted);
    }

    static boolean isTainted(NDArray x) {
        return x.getDataType().isFloating()
                && Float.isNaN(x.sum().toType(DataType.FLOAT32, false).getFloat());
    }

    /** Tells for each row whether there are NaN in it. */
    static boolean[] taintedRows(NDArray x) {
        boolean[] tainted = new boolean[Math.toIntExact(x.getShape().get(0))];
        if (x.getDataType().isFloating()) {
            NDArray rows = x.reshape(tainted.length, -1).toType(DataType.FLOAT32, false);
            float[] sums = rows.sum(new int[] {1}).toFloatArray();
            for (int row = 0; row < tainted.length; row++) {
                tainted[row] = Float.isNaN(sums[row]);
            }
        }
        return tainted;
    }

    static boolean isTainted(NDList list) {
        return list.stream().anyMatch(TaintPass::isTainted);
    }
}
