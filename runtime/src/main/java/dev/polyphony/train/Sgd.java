/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Stochastic gradient descent with momentum as PyTorch computes it: {@code g += wd * w; v = mu * v
 * + g; w -= lr * v}, or {@code w -= lr * (g + mu * v)} with Nesterov's momentum. DJL's own keeps
 * the learning rate in {@code v}, so that a new rate works late, and has no Nesterov momentum on
 * PyTorch.
 */
public final class Sgd extends GroupedOptimizer {

    private final float momentum;
    private final boolean nesterov;

    private Sgd(Builder builder) {
        super(builder);
        momentum = builder.momentum;
        nesterov = builder.nesterov;
    }

    /**
     * Creates a builder.
     *
     * @return a builder of gradient descent without momentum
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    int getStateSize() {
        return momentum == 0 ? 0 : 1;
    }

    /** {@inheritDoc} */
    @Override
    void update(
            NDArray weight, NDArray gradient, State state, float learningRate, float weightDecay) {
        if (momentum == 0) {
            descend(weight, gradient, learningRate, weightDecay);
            return;
        }
        NDArray velocity = state.get(0);
        velocity.muli(momentum).addi(gradient);
        // a detached view: no graph may grow here, whatever the thread's mode
        try (NDArray values = weight.stopGradient();
                NDArray decay = values.mul(weightDecay)) {
            if (weightDecay != 0) {
                velocity.addi(decay);
            }
            if (!nesterov) {
                descend(weight, velocity, learningRate, 0);
                return;
            }
            try (NDArray ahead = velocity.mul(momentum)) {
                ahead.addi(gradient).addi(decay);
                descend(weight, ahead, learningRate, 0);
            }
        }
    }

    private void descend(NDArray weight, NDArray step, float learningRate, float weightDecay) {
        weight.getNDArrayInternal()
                .sgdUpdate(
                        new NDList(weight, step),
                        new NDList(weight),
                        learningRate,
                        weightDecay,
                        rescaleGrad,
                        clipGrad,
                        0,
                        false);
    }

    /** The builder of {@link Sgd}. */
    public static final class Builder extends GroupedOptimizer.Builder<Builder> {

        private float momentum;
        private boolean nesterov;

        private Builder() {}

        /**
         * Sets the momentum.
         *
         * @param momentum the momentum, from 0 to below 1
         * @return this builder
         */
        public Builder optMomentum(double momentum) {
            this.momentum = (float) momentum;
            return this;
        }

        /**
         * Sets whether gradients are those ahead of the step, as Nesterov's.
         *
         * @param nesterov whether momentum looks ahead
         * @return this builder
         */
        public Builder optNesterov(boolean nesterov) {
            this.nesterov = nesterov;
            return this;
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the optimizer.
         *
         * @return gradient descent
         */
        public Sgd build() {
            return new Sgd(this);
        }
    }
}
