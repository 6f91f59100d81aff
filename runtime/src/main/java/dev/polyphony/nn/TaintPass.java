/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.RefusedLayerException;
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
    private EnsembleLayer last;

    TaintPass(Set<EnsembleLayer> poisoned) {
        this.poisoned = poisoned;
    }

    /**
     * What a layer was given in one of its calls.
     *
     * @param input the shape of its input, the features if there are several
     * @param tainted whether there were NaN in one
     */
    record Reading(Shape input, boolean tainted) {}

    /** {@inheritDoc} */
    @Override
    protected NDList visit(EnsembleLayer layer, NDList inputs, ParameterStore parameterStore) {
        List<Reading> own = readings.computeIfAbsent(layer, key -> new ArrayList<>());
        if (own.isEmpty()) {
            order.add(layer);
        }
        last = layer;
        own.add(new Reading(inputs.head().getShape(), isTainted(inputs)));
        NDManager manager = inputs.getManager();
        if (poisoned.contains(layer)) {
            NDList answers = new NDList();
            for (Shape shape : layer.getBaseOutputShapes(inputs.getShapes())) {
                answers.add(manager.full(shape, Float.NaN));
            }
            return answers;
        }
        return layer.mixesFeatures()
                ? ramps(manager, layer.getBaseOutputShapes(inputs.getShapes()))
                : passed(layer, inputs);
    }

    private static NDList passed(EnsembleLayer layer, NDList inputs) {
        try {
            return layer.pass(inputs);
        } catch (RefusedLayerException e) {
            throw new UnsupportedModelException(e.getReason(), e.getMessage());
        }
    }

    /** The layers in the order of their first calls. */
    List<EnsembleLayer> getOrder() {
        return order;
    }

    /**
     * Whether the last call of all was the only one of these layers, so that none can read them.
     */
    boolean isLastCall(Set<EnsembleLayer> layers) {
        return layers.equals(Set.of(last)) && getReadings(last).size() == 1;
    }

    List<Reading> getReadings(EnsembleLayer layer) {
        return readings.getOrDefault(layer, List.of());
    }

    boolean sawTaint(EnsembleLayer layer) {
        return getReadings(layer).stream().anyMatch(Reading::tainted);
    }

    static NDList ramps(NDManager manager, Shape... shapes) {
        NDList ramps = new NDList();
        for (Shape shape : shapes) {
            ramps.add(Ramp.of(manager, shape));
        }
        return ramps;
    }

    /** Code that casts ids to whole numbers makes the smallest of them from NaN. */
    static boolean isTainted(NDArray x) {
        DataType type = x.getDataType();
        if (type.isFloating()) {
            return Float.isNaN(x.sum().toType(DataType.FLOAT32, false).getFloat());
        }
        return type == DataType.INT64 && x.min().getLong() == Long.MIN_VALUE
                || type == DataType.INT32 && x.min().getInt() == Integer.MIN_VALUE;
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
