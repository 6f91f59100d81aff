/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * How the layers of a plain model are connected: what reads the input, what writes the output, and
 * where the features of each layer end. Found by changing, one at a time, the numbers that a linear
 * map gives and looking at what changes elsewhere; normalisation layers hand on what they get.
 */
final class Wiring {

    private final Set<Leaf> readers = new LinkedHashSet<>();
    private final Set<Leaf> writers = new LinkedHashSet<>();

    /** For each reading of a layer, the layers whose features are at each position. */
    private final Map<Leaf, List<Sources>> sources = new LinkedHashMap<>();

    private Wiring() {}

    private record Sources(List<Set<Leaf>> positions) {}

    /**
     * Looks into a model.
     *
     * @param model the model, initialised
     * @param inputs its input shapes, with two examples or more
     * @param manager a manager for the work
     * @return its wiring
     */
    static Wiring of(Block model, Shape[] inputs, NDManager manager) {
        Wiring wiring = new Wiring();
        Collection<Leaf> leaves = Leaf.of(model);
        WiringRun run = new WiringRun(model, leaves, manager);
        NDList x = WiringRun.inputs(manager, inputs, 1);
        WiringRun.Trace plain = run.trace(x, Set.of());
        Set<Leaf> maps = new LinkedHashSet<>(plain.order());
        maps.removeIf(Leaf::isNormalisation);
        if (!plain.order().containsAll(leaves)) {
            throw new IllegalStateException("Layers were not seen: the trace is incomplete");
        }
        WiringRun.Trace behindInput = run.trace(WiringRun.inputs(manager, inputs, 2), Set.of());
        WiringRun.Trace behindMaps = run.trace(x, maps);
        for (Leaf leaf : plain.order()) {
            List<float[]> before = plain.readings().get(leaf);
            if (!same(before, behindInput.readings().get(leaf))
                    && same(before, behindMaps.readings().get(leaf))) {
                wiring.readers.add(leaf);
            }
            wiring.sources.put(leaf, wiring.emptySources(leaf, plain));
        }
        for (Leaf source : plain.order()) {
            WiringRun.Trace behind = run.trace(x, Set.of(source));
            if (!same(plain.outputs(), behind.outputs())) {
                wiring.writers.add(source);
            }
            if (maps.contains(source)) {
                plain.order().forEach(leaf -> wiring.mark(source, leaf, plain, behind));
            }
        }
        return wiring;
    }

    private List<Sources> emptySources(Leaf leaf, WiringRun.Trace trace) {
        return trace.shapes().get(leaf).stream()
                .map(
                        shape -> {
                            int count = Math.toIntExact(positions(leaf, shape));
                            Set<?>[] sets = new Set<?>[count];
                            Arrays.setAll(sets, i -> new LinkedHashSet<Leaf>());
                            @SuppressWarnings("unchecked")
                            List<Set<Leaf>> list = (List<Set<Leaf>>) (List<?>) Arrays.asList(sets);
                            return new Sources(list);
                        })
                .toList();
    }

    private void mark(Leaf source, Leaf leaf, WiringRun.Trace before, WiringRun.Trace after) {
        for (int i = 0; i < before.readings().get(leaf).size(); i++) {
            float[] old = before.readings().get(leaf).get(i);
            float[] changed = after.readings().get(leaf).get(i);
            Shape shape = before.shapes().get(leaf).get(i);
            List<Set<Leaf>> positions = sources.get(leaf).get(i).positions();
            int stride = Math.toIntExact(stride(leaf, shape));
            for (int j = 0; j < old.length; j++) {
                if (old[j] != changed[j]) {
                    positions.get(j / stride % positions.size()).add(source);
                }
            }
        }
    }

    /** The features of a row: channels, or all that a layer normalisation normalises. */
    private static long positions(Leaf leaf, Shape shape) {
        return leaf.isLayerNorm() ? leaf.normalized() : shape.get(leaf.featureAxis(shape));
    }

    private static long stride(Leaf leaf, Shape shape) {
        return leaf.isLayerNorm() ? 1 : shape.slice(leaf.featureAxis(shape) + 1).size();
    }

    private static boolean same(List<float[]> one, List<float[]> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The layers in the order of their first use. */
    Collection<Leaf> getLeaves() {
        return sources.keySet();
    }

    /** Whether a layer reads the model's input, and that alone. */
    boolean readsInput(Leaf leaf) {
        return readers.contains(leaf);
    }

    /** Whether what a layer gives reaches the output with no linear map between. */
    boolean writesOutput(Leaf leaf) {
        return writers.contains(leaf);
    }

    /**
     * Returns how many features a layer reads when other layers have other widths.
     *
     * @param leaf the layer
     * @param widths the widths of the linear maps
     * @return the number of features
     * @throws IllegalStateException if the widths do not fit each other
     */
    long features(Leaf leaf, ToLongFunction<Leaf> widths) {
        Set<Long> counts = new LinkedHashSet<>();
        for (Sources reading : sources.get(leaf)) {
            Map<Set<Leaf>, Long> groups = new HashMap<>();
            reading.positions().forEach(set -> groups.merge(set, 1L, Long::sum));
            long count = 0;
            for (Map.Entry<Set<Leaf>, Long> group : groups.entrySet()) {
                count += width(group.getKey(), group.getValue(), widths);
            }
            counts.add(count);
        }
        if (counts.size() != 1) {
            throw new IllegalStateException("A layer reads different widths: " + counts);
        }
        return counts.iterator().next();
    }

    private static long width(Set<Leaf> from, long positions, ToLongFunction<Leaf> widths) {
        Set<Double> counts = new LinkedHashSet<>();
        for (Leaf leaf : from) {
            counts.add((double) positions * widths.applyAsLong(leaf) / leaf.units());
        }
        double count = counts.isEmpty() ? positions : counts.iterator().next();
        if (counts.size() > 1 || count != Math.rint(count)) {
            throw new IllegalStateException("Widths that do not fit: " + counts);
        }
        return (long) count;
    }
}
