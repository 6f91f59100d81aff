/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Forward passes of a plain model in which layers give chosen numbers, and what they read is kept.
 */
final class WiringRun {

    private final Block model;
    private final Map<Parameter, Leaf> owners = new IdentityHashMap<>();
    private final Map<Leaf, Integer> numbers = new HashMap<>();
    private final NDManager manager;

    /** The shapes that each operation gives; they do not depend on numbers. */
    private final Map<Integer, List<Shape>> shapes = new HashMap<>();

    WiringRun(Block model, Collection<Leaf> leaves, NDManager manager) {
        this.model = model;
        this.manager = manager;
        for (Leaf leaf : leaves) {
            numbers.put(leaf, numbers.size());
            leaf.block().getDirectParameters().values().forEach(p -> owners.put(p, leaf));
        }
    }

    /**
     * What a pass shows.
     *
     * @param readings what each layer reads, call by call; in the order of first calls
     * @param shapes the shapes of that
     * @param outputs what the model gives
     */
    record Trace(
            Map<Leaf, List<float[]>> readings,
            Map<Leaf, List<Shape>> shapes,
            List<float[]> outputs) {

        Collection<Leaf> order() {
            return readings.keySet();
        }
    }

    /** Positive inputs. */
    static NDList inputs(NDManager manager, Shape[] shapes, int seed) {
        NDList x = new NDList();
        for (Shape shape : shapes) {
            x.add(random(manager, shape, seed * 31L + x.size()));
        }
        return x;
    }

    /**
     * Runs the model in prediction.
     *
     * @param x the inputs
     * @param changed the layers that give other numbers than usual
     * @return what was seen
     */
    Trace trace(NDList x, Set<Leaf> changed) {
        Map<Leaf, List<float[]>> readings = new LinkedHashMap<>();
        Map<Leaf, List<Shape>> read = new HashMap<>();
        try (NDManager scope = manager.newSubManager()) {
            int[] calls = new int[1];
            Interception interception =
                    new Interception(
                            (layer, data, compute) -> {
                                int call = calls[0]++;
                                for (NDArray each : data) {
                                    readings.computeIfAbsent(layer, k -> new ArrayList<>())
                                            .add(floats(each));
                                    read.computeIfAbsent(layer, k -> new ArrayList<>())
                                            .add(each.getShape());
                                }
                                return answer(
                                        scope, layer, data, changed.contains(layer), call, compute);
                            });
            NDList seen = new NDList();
            x.forEach(each -> seen.add(interception.data(each)));
            NDList outputs = model.forward(new Parameters(scope, interception), seen, false);
            List<float[]> results = new ArrayList<>();
            outputs.forEach(y -> results.add(floats(Interception.plain(y))));
            return new Trace(readings, read, results);
        }
    }

    private List<NDArray> answer(
            NDManager scope,
            Leaf layer,
            List<NDArray> data,
            boolean changed,
            int call,
            Supplier<List<NDArray>> compute) {
        long seed = 2L * numbers.get(layer) + (changed ? 1 : 0);
        if (layer.isNormalisation()) {
            NDArray x = data.get(0);
            return List.of(changed ? x.add(random(scope, x.getShape(), seed)) : x);
        }
        return shapes
                .computeIfAbsent(
                        call, key -> compute.get().stream().map(NDArray::getShape).toList())
                .stream()
                .map(shape -> random(scope, shape, seed))
                .toList();
    }

    private static float[] floats(NDArray x) {
        return x.getDataType().isFloating() ? x.toFloatArray() : new float[0];
    }

    /** Positive, so that ReLUs let them pass, and all different. */
    private static NDArray random(NDManager manager, Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + random.nextFloat();
        }
        return manager.create(values, shape);
    }

    /** Hands out parameters that are known as such. */
    private final class Parameters extends ParameterStore {

        private final Interception interception;

        Parameters(NDManager manager, Interception interception) {
            super(manager, false);
            this.interception = interception;
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            return parameter == null
                    ? null
                    : interception.parameter(parameter.getArray(), owners.get(parameter));
        }
    }
}
