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
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.Pass;
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
                : layer.pass(inputs);
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

    /** Positive numbers that are all different, so that no usual operation makes NaN of them. */
    static NDArray ramp(NDManager manager, Shape shape) {
        return manager.linspace(0.5f, 1.5f, Math.toIntExact(shape.size())).reshape(shape);
    }

    static NDList ramps(NDManager manager, Shape... shapes) {
        NDList ramps = new NDList();
        for (Shape shape : shapes) {
            ramps.add(ramp(manager, shape));
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

    static boolean isTainted(NDList list) {
        return list.stream().anyMatch(TaintPass::isTainted);
    }
}
