/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An optimizer that frees its state when it is closed, and that treats fast weights apart: they
 * have their own learning rate and no weight decay.
 */
public abstract class GroupedOptimizer extends Optimizer implements AutoCloseable {

    private final ParameterTracker learningRate;
    private final Set<String> fastWeights;
    private final float fastLearningRate;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final Map<Device, NDManager> managers = new ConcurrentHashMap<>();

    /**
     * Creates an optimizer.
     *
     * @param builder the settings
     */
    protected GroupedOptimizer(Builder<?> builder) {
        super(builder);
        if (clipGrad >= 0) {
            throw new IllegalArgumentException(
                    "The engine clips gradients from above only, so clipping is not offered");
        }
        learningRate = builder.learningRate;
        fastWeights = Set.copyOf(builder.fastWeights);
        fastLearningRate = builder.fastLearningRate;
    }

    /** What is kept for a parameter: the number of updates, and arrays of its shape. */
    static final class State {

        private final NDArray[] arrays;
        private int updates;

        private State(NDArray weight, NDManager manager, int count) {
            arrays = new NDArray[count];
            for (int i = 0; i < count; i++) {
                arrays[i] = manager.zeros(weight.getShape(), weight.getDataType());
            }
        }

        NDArray get(int i) {
            return arrays[i];
        }

        int getUpdates() {
            return updates;
        }
    }

    /** {@inheritDoc} */
    @Override
    public final void update(String parameterId, NDArray weight, NDArray grad) {
        Device device = weight.getDevice();
        State state =
                states.computeIfAbsent(
                        parameterId + '@' + device,
                        key ->
                                new State(
                                        weight,
                                        managers.computeIfAbsent(device, NDManager::newBaseManager),
                                        getStateSize()));
        state.updates++;
        boolean fast = fastWeights.contains(parameterId);
        float rate = learningRate.getNewValue(parameterId, state.updates);
        update(
                weight,
                grad,
                state,
                fast ? rate * fastLearningRate : rate,
                fast ? 0 : getWeightDecay());
    }

    /** Returns how many arrays are kept for a parameter. */
    abstract int getStateSize();

    /** Updates a parameter and sets its gradient to zero. */
    abstract void update(
            NDArray weight, NDArray gradient, State state, float learningRate, float weightDecay);

    /** Frees the state. */
    @Override
    public void close() {
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
        private Set<String> fastWeights = Set.of();
        private float fastLearningRate = 1;

        Builder() {}

        /**
         * Sets the learning rate.
         *
         * @param learningRate the learning rate; 0.001 if it is not set
         * @return this builder
         */
        public T optLearningRate(double learningRate) {
            return optLearningRateTracker(Tracker.fixed((float) learningRate));
        }

        /**
         * Sets the learning rate as a function of the number of updates.
         *
         * @param learningRate the learning rate
         * @return this builder
         */
        public T optLearningRateTracker(ParameterTracker learningRate) {
            this.learningRate = learningRate;
            return self();
        }

        /**
         * Sets what is trained at another rate and without weight decay.
         *
         * @param fastWeights the parameters
         * @param fastLearningRate their learning rate relative to that of all others
         * @return this builder
         */
        public T optFastWeights(Collection<Parameter> fastWeights, double fastLearningRate) {
            Set<String> ids = new HashSet<>();
            fastWeights.forEach(parameter -> ids.add(parameter.getId()));
            this.fastWeights = ids;
            this.fastLearningRate = (float) fastLearningRate;
            return self();
        }

        /** {@inheritDoc} */
        @Override
        protected abstract T self();
    }
}
