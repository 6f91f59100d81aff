/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The updates of a network's parameters, with small ones side by side in one array, so that one
 * call of the engine updates them all: an update is a dozen operations, and on a bias each of them
 * takes longer to begin than to do.
 *
 * <p>Parameters stay the arrays that others know, but their numbers lie in memory that they share,
 * so nobody may give one of them other memory, as {@link NDArray#set(java.nio.Buffer)} and {@link
 * NDArray#copyTo} do: {@link #requireJoined} finds out. The numbers of an update are those of
 * updates one by one, to the bit.
 */
public final class JoinedUpdates implements AutoCloseable {

    /** The numbers of a parameter for which calls matter, and of several that fit a cache. */
    private static final long SMALL = 1 << 15;

    private static final long MOST = 1 << 16;

    private final GroupedOptimizer optimizer;
    private final NDManager manager;
    private final List<Group> groups = new ArrayList<>();
    private final List<Parameter> apart = new ArrayList<>();

    /**
     * Joins what can be joined.
     *
     * @param optimizer the optimizer, whose learning rate does not depend on the parameter
     * @param parameters the parameters that are trained, each once, on one device
     * @param device the device
     */
    public JoinedUpdates(GroupedOptimizer optimizer, List<Parameter> parameters, Device device) {
        this.optimizer = optimizer;
        manager = NDManager.newBaseManager(device);
        List<List<Parameter>> alike = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (isSmall(parameter.getArray())) {
                add(parameter, alike);
            } else {
                apart.add(parameter);
            }
        }
        for (List<Parameter> each : alike) {
            String name = "joined with " + each.get(0).getId();
            if (each.size() > 1 && optimizer.join(name, each, device)) {
                groups.add(new Group(name, each, manager));
            } else {
                apart.addAll(each);
            }
        }
    }

    private static boolean isSmall(NDArray array) {
        return array.size() <= SMALL && array.getDataType() == DataType.FLOAT32;
    }

    /** Adds a parameter to the first group of its kind that has room for it, or a new one. */
    private void add(Parameter parameter, List<List<Parameter>> alike) {
        for (List<Parameter> group : alike) {
            long size = group.stream().mapToLong(each -> each.getArray().size()).sum();
            if (size + parameter.getArray().size() <= MOST
                    && optimizer.isAlike(group.get(0).getId(), parameter.getId())) {
                group.add(parameter);
                return;
            }
        }
        alike.add(new ArrayList<>(List.of(parameter)));
    }

    /** Updates all parameters by their gradients, which become zero. */
    public void update() {
        groups.forEach(group -> group.update(optimizer));
        for (Parameter parameter : apart) {
            NDArray weight = parameter.getArray();
            try (NDArray gradient = weight.getGradient()) {
                optimizer.update(parameter.getId(), weight, gradient);
            }
        }
    }

    /**
     * Requires that parameters lie where they have been put; this waits for the device.
     *
     * @throws IllegalStateException if one of them was given other memory
     */
    public void requireJoined() {
        groups.forEach(Group::requireJoined);
    }

    /** Frees what is not the parameters'. */
    @Override
    public void close() {
        manager.close();
    }

    /** Parameters that are updated as one. */
    private static final class Group {

        private final String name;
        private final List<Parameter> parameters;
        private final NDArray weights;
        private final FlatGradients gradients;

        /** Whether gradients lie side by side, as the parameters do. */
        private final boolean areShared;

        Group(String name, List<Parameter> parameters, NDManager manager) {
            this.name = name;
            this.parameters = parameters;
            NDList arrays = arrays();
            weights = Flat.join(arrays);
            weights.attach(manager);
            List<NDArray> parts = Flat.split(weights, arrays);
            for (int i = 0; i < parts.size(); i++) {
                arrays.get(i).intern(parts.get(i));
                arrays.get(i).setRequiresGradient(true);
            }
            gradients = FlatGradients.of(arrays, manager);
            areShared = gradients.areShared(arrays);
        }

        private NDList arrays() {
            return new NDList(parameters.stream().map(Parameter::getArray).toArray(NDArray[]::new));
        }

        void update(GroupedOptimizer optimizer) {
            if (areShared) {
                NDArray all = gradients.getAll();
                optimizer.update(name, weights, all);
                all.subi(all);
                return;
            }
            List<NDArray> parts = gradients.getParts();
            try (NDArray gradient = NDArrays.concat(new NDList(parts))) {
                optimizer.update(name, weights, gradient);
            }
            parts.forEach(part -> part.subi(part));
        }

        void requireJoined() {
            NDList arrays = arrays();
            if (areShared && !gradients.areShared(arrays)) {
                throw new IllegalStateException(
                        "A gradient of the parameters %s has been given other memory in training, where updates do not reach it"
                                .formatted(parameters.stream().map(Parameter::getName).toList()));
            }
            try (NDArray now = Flat.join(arrays)) {
                if (now.contentEquals(weights)) {
                    return;
                }
            }
            List<NDArray> parts = Flat.split(weights, arrays);
            for (int i = 0; i < parts.size(); i++) {
                try (NDArray part = parts.get(i)) {
                    if (!part.contentEquals(arrays.get(i))) {
                        throw new IllegalStateException(
                                "The parameter %s, %s, has been given other memory in training, where updates do not reach it: change its numbers in place, as with subi or NDArray.set(NDIndex, ...)"
                                        .formatted(
                                                parameters.get(i).getName(),
                                                arrays.get(i).getShape()));
                    }
                }
            }
        }
    }
}
