/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import dev.polyphony.checks.Checks;
import dev.polyphony.nn.Snapshot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An optimizer that frees its state when it is closed, and that treats fast weights apart: they
 * have their own learning rate and no weight decay.
 */
public abstract class GroupedOptimizer extends Optimizer implements AutoCloseable {

    private final ParameterTracker learningRate;
    private final Set<String> fastWeights;
    private final float fastLearningRate;
    private final Set<String> undecayed;
    private final Map<String, UpdateState> states = new ConcurrentHashMap<>();

    /** For what is updated as one, a parameter whose rule is that of all. */
    private final Map<String, String> joined = new ConcurrentHashMap<>();

    private final Map<Device, NDManager> managers = new ConcurrentHashMap<>();
    private final Numbers numbers = new Numbers();

    /**
     * Creates an optimizer.
     *
     * @param builder the settings
     * @throws IllegalArgumentException if a value makes no sense
     */
    protected GroupedOptimizer(Builder<?> builder) {
        super(builder);
        if (clipGrad >= 0) {
            throw new IllegalArgumentException(
                    "The engine clips gradients from above only, so clipping is not offered");
        }
        if (rescaleGrad != 1) {
            throw new IllegalArgumentException(
                    "The factor of gradients must be 1, but was %s: scale the loss"
                            .formatted(rescaleGrad));
        }
        requireRate(builder.fixedRate);
        float decay = getWeightDecay();
        Checks.require("weight decay", decay, decay >= 0, "at least 0");
        float fast = builder.fastLearningRate;
        Checks.require("relative rate of fast weights", fast, fast >= 0, "at least 0");
        learningRate = builder.learningRate;
        fastWeights = Set.copyOf(builder.fastWeights);
        fastLearningRate = builder.fastLearningRate;
        undecayed = Set.copyOf(builder.undecayed);
    }

    /** {@inheritDoc} */
    @Override
    public final void update(String parameterId, NDArray weight, NDArray grad) {
        UpdateState state = state(parameterId, weight);
        state.setUpdates(state.getUpdates() + 1);
        String one = joined.getOrDefault(parameterId, parameterId);
        float rate = learningRate.getNewValue(one, state.getUpdates());
        requireRate(rate);
        update(
                weight,
                grad,
                state,
                isFast(one) ? rate * fastLearningRate : rate,
                isDecayed(one) ? getWeightDecay() : 0);
    }

    private boolean isFast(String parameterId) {
        return fastWeights.contains(parameterId);
    }

    private boolean isDecayed(String parameterId) {
        return !isFast(parameterId) && !undecayed.contains(parameterId);
    }

    /** Returns whether two parameters are updated by the same rule. */
    final boolean isAlike(String one, String other) {
        return isFast(one) == isFast(other) && isDecayed(one) == isDecayed(other);
    }

    /**
     * Joins the states of several parameters, which from here on are updated as one, by a name.
     *
     * @return whether that was possible: not if some of them have been updated before others
     */
    final boolean join(String name, List<Parameter> parameters, Device device) {
        List<UpdateState> own =
                parameters.stream().map(each -> state(each.getId(), each.getArray())).toList();
        if (!own.stream().allMatch(own.get(0)::isAlike)) {
            return false;
        }
        states.put(key(name, device), UpdateState.join(own));
        joined.put(name, parameters.get(0).getId());
        return true;
    }

    private UpdateState state(String parameterId, NDArray weight) {
        Device device = weight.getDevice();
        return states.computeIfAbsent(
                key(parameterId, device),
                key -> new UpdateState(weight, manager(device), getStateSize()));
    }

    private static void requireRate(float rate) {
        Checks.require("learning rate", rate, rate >= 0, "at least 0");
    }

    private NDManager manager(Device device) {
        return managers.computeIfAbsent(device, NDManager::newBaseManager);
    }

    /** Returns a number as an array, to be combined with another and not to be closed. */
    final NDArray number(NDArray other, float value) {
        return numbers.get(other, manager(other.getDevice()), value);
    }

    /** Returns how many arrays are kept for a parameter. */
    abstract int getStateSize();

    /** Returns what the state is that of; other optimizers cannot go on with it. */
    abstract String getKind();

    /** Updates a parameter and sets its gradient to zero. */
    abstract void update(
            NDArray weight,
            NDArray gradient,
            UpdateState state,
            float learningRate,
            float weightDecay);

    /**
     * Saves the state, so that training can go on elsewhere.
     *
     * @param parameters the parameters that are trained, by their names
     * @param out where to write
     * @throws IOException if writing fails
     */
    public void saveState(PairList<String, Parameter> parameters, DataOutputStream out)
            throws IOException {
        List<Pair<String, UpdateState>> known = new ArrayList<>();
        for (Pair<String, Parameter> parameter : parameters) {
            states.entrySet().stream()
                    .filter(entry -> isOf(entry.getKey(), parameter.getValue()))
                    .findFirst()
                    .ifPresent(
                            entry -> known.add(new Pair<>(parameter.getKey(), entry.getValue())));
        }
        out.writeUTF(getKind());
        out.writeInt(getStateSize());
        out.writeInt(known.size());
        for (Pair<String, UpdateState> pair : known) {
            out.writeUTF(pair.getKey());
            out.writeInt(pair.getValue().getUpdates());
            out.writeFloat(pair.getValue().getScale());
            for (NDArray array : pair.getValue().getArrays()) {
                byte[] bytes = array.encode();
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
    }

    private static boolean isOf(String key, Parameter parameter) {
        return key.startsWith(parameter.getId() + '@');
    }

    /**
     * Restores what {@link #saveState} wrote, on each device that holds parameters. If it fails,
     * the optimizer is as before.
     *
     * @param parameters the parameters that are trained, by the same names
     * @param devices the devices
     * @param in where to read
     * @throws IOException if reading fails, or if the state is of other parameters or of another
     *     kind of optimizer
     */
    public void loadState(
            PairList<String, Parameter> parameters, Collection<Device> devices, DataInputStream in)
            throws IOException {
        if (states.values().stream().anyMatch(UpdateState::isJoined)) {
            throw new IllegalStateException("A state is loaded before the first update");
        }
        requireKind(in.readUTF(), in.readInt());
        Map<String, UpdateState> restored = new HashMap<>();
        try {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                restore(parameters, devices, in, restored);
            }
        } catch (IOException | RuntimeException e) {
            restored.values().forEach(UpdateState::close);
            throw e;
        }
        restored.forEach(
                (key, state) -> {
                    UpdateState old = states.put(key, state);
                    if (old != null) {
                        old.close();
                    }
                });
    }

    private void requireKind(String kind, int arrays) throws IOException {
        if (!kind.equals(getKind()) || arrays != getStateSize()) {
            throw new IOException(
                    "The state is that of %s, %d arrays a parameter, but the optimizer is %s, %d arrays a parameter: build it with the settings of the one that was saved"
                            .formatted(kind, arrays, getKind(), getStateSize()));
        }
    }

    /** Reads the state of one parameter. */
    private void restore(
            PairList<String, Parameter> parameters,
            Collection<Device> devices,
            DataInputStream in,
            Map<String, UpdateState> restored)
            throws IOException {
        String name = in.readUTF();
        if (!parameters.contains(name)) {
            throw new IOException(
                    "The optimizer's state is of a parameter '%s', which the network does not have"
                            .formatted(name));
        }
        int updates = in.readInt();
        float scale = in.readFloat();
        byte[][] arrays = new byte[getStateSize()][];
        for (int a = 0; a < arrays.length; a++) {
            arrays[a] = new byte[in.readInt()];
            in.readFully(arrays[a]);
        }
        Parameter parameter = parameters.get(name);
        for (Device device : devices) {
            NDManager manager = manager(device);
            UpdateState state = new UpdateState(parameter.getArray(), manager, arrays.length);
            restored.put(key(parameter.getId(), device), state);
            state.setUpdates(updates);
            state.setScale(scale);
            for (int a = 0; a < arrays.length; a++) {
                fill(state.get(a), manager, arrays[a]);
            }
        }
    }

    private static void fill(NDArray array, NDManager manager, byte[] bytes) throws IOException {
        try (NDArray saved = NDArray.decode(manager, bytes)) {
            if (!saved.getShape().equals(array.getShape())) {
                throw new IOException(
                        "The optimizer's state has the shape %s where the network has %s"
                                .formatted(saved.getShape(), array.getShape()));
            }
            Snapshot.copy(saved, array);
        }
    }

    private static String key(String parameterId, Device device) {
        return parameterId + '@' + device;
    }

    /** Frees the state. */
    @Override
    public void close() {
        numbers.clear();
        managers.values().forEach(NDManager::close);
        managers.clear();
        states.clear();
    }

    /**
     * The settings that all optimizers have.
     *
     * @param <T> the builder
     */
    public abstract static class Builder<T extends Builder<T>> extends OptimizerBuilder<T> {

        private ParameterTracker learningRate = Tracker.fixed(0.001f);
        private float fixedRate;
        private Set<String> fastWeights = Set.of();
        private float fastLearningRate = 1;
        private Set<String> undecayed = Set.of();

        Builder() {}

        /**
         * Sets the learning rate.
         *
         * @param learningRate the learning rate, at least 0; 0.001 if it is not set
         * @return this builder
         */
        public T optLearningRate(double learningRate) {
            optLearningRateTracker(Tracker.fixed((float) learningRate));
            fixedRate = (float) learningRate;
            return self();
        }

        /**
         * Sets the learning rate as a function of the number of updates.
         *
         * @param learningRate the learning rate, at least 0; an update by another is refused
         * @return this builder
         */
        public T optLearningRateTracker(ParameterTracker learningRate) {
            this.learningRate = learningRate;
            fixedRate = 0;
            return self();
        }

        /**
         * Sets what is trained at another rate and without weight decay.
         *
         * @param fastWeights the parameters
         * @param fastLearningRate their learning rate relative to that of all others, at least 0; 0
         *     leaves them as they are
         * @return this builder
         */
        public T optFastWeights(Collection<Parameter> fastWeights, double fastLearningRate) {
            this.fastWeights = ids(fastWeights);
            this.fastLearningRate = (float) fastLearningRate;
            return self();
        }

        /**
         * Sets what is trained without weight decay, besides fast weights.
         *
         * @param undecayed the parameters, such as biases
         * @return this builder
         */
        public T optUndecayed(Collection<Parameter> undecayed) {
            this.undecayed = ids(undecayed);
            return self();
        }

        private static Set<String> ids(Collection<Parameter> parameters) {
            return parameters.stream().map(Parameter::getId).collect(Collectors.toSet());
        }

        /** {@inheritDoc} */
        @Override
        protected abstract T self();
    }
}
