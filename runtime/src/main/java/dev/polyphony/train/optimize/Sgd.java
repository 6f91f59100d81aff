/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.polyphony.checks.Checks;

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
        Checks.require("momentum", momentum, momentum >= 0 && momentum < 1, "from 0 to below 1");
        if (nesterov) {
            Checks.require("momentum of Nesterov's", momentum, momentum > 0, "above 0");
        }
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
    String getKind() {
        return nesterov ? "SGD with Nesterov's momentum" : "SGD";
    }

    /** {@inheritDoc} */
    @Override
    void update(
            NDArray weight,
            NDArray gradient,
            UpdateState state,
            float learningRate,
            float weightDecay) {
        if (momentum == 0) {
            descend(weight, gradient, learningRate, weightDecay);
            return;
        }
        if (nesterov) {
            lookAhead(weight, gradient, state.get(0), learningRate, weightDecay);
        } else if (learningRate == 0) {
            stand(weight, gradient, state, weightDecay);
        } else {
            // the engine keeps lr * v; a changed rate goes into the momentum of this step
            descend(
                    weight,
                    gradient,
                    state.get(0),
                    learningRate,
                    weightDecay,
                    momentum * (learningRate / state.getScale()));
            state.setScale(learningRate);
        }
    }

    private void lookAhead(
            NDArray weight,
            NDArray gradient,
            NDArray velocity,
            float learningRate,
            float weightDecay) {
        NDArray factor = number(weight, momentum);
        // in the gradient itself, which the update sets to zero
        addDecay(weight, gradient, weightDecay);
        velocity.muli(factor).addi(gradient);
        try (NDArray ahead = velocity.mul(factor)) {
            gradient.addi(ahead);
        }
        descend(weight, gradient, learningRate, 0);
    }

    /** A rate of zero: the velocity changes, and keeps its scale. */
    private void stand(NDArray weight, NDArray gradient, UpdateState state, float weightDecay) {
        addDecay(weight, gradient, weightDecay);
        state.get(0)
                .muli(number(weight, momentum))
                .addi(gradient.muli(number(weight, state.getScale())));
        descend(weight, gradient, 0, 0);
    }

    private void addDecay(NDArray weight, NDArray gradient, float weightDecay) {
        if (weightDecay == 0) {
            return;
        }
        // a detached view: no graph may grow here, whatever the thread's mode
        try (NDArray values = weight.stopGradient();
                NDArray decay = values.mul(number(weight, weightDecay))) {
            gradient.addi(decay);
        }
    }

    private void descend(NDArray weight, NDArray step, float learningRate, float weightDecay) {
        descend(weight, step, null, learningRate, weightDecay, 0);
    }

    private void descend(
            NDArray weight,
            NDArray step,
            NDArray velocity,
            float learningRate,
            float weightDecay,
            float momentum) {
        NDList inputs = new NDList(weight, step);
        if (velocity != null) {
            inputs.add(velocity);
        }
        weight.getNDArrayInternal()
                .sgdUpdate(
                        inputs,
                        new NDList(weight),
                        learningRate,
                        weightDecay,
                        rescaleGrad,
                        clipGrad,
                        momentum,
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
         * @param nesterov whether momentum, which must be above 0, looks ahead
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
         * @throws IllegalArgumentException if a value makes no sense
         */
        public Sgd build() {
            return new Sgd(this);
        }
    }
}
