/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.polyphony.checks.Checks;

/**
 * Adam as PyTorch computes it: {@code w -= lr / (1 - b1^t) * m / (sqrt(v / (1 - b2^t)) + eps)},
 * with weight decay added to the gradient. DJL's own adds {@code eps} to the uncorrected root.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Adam: A Method for Stochastic Optimization</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay Regularization</a>
 */
public final class Adam extends GroupedOptimizer {

    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private final boolean decoupled;

    private Adam(Builder builder) {
        super(builder);
        beta1 = builder.beta1;
        beta2 = builder.beta2;
        epsilon = builder.epsilon;
        decoupled = builder.decoupled;
        Checks.require("beta1", beta1, beta1 >= 0 && beta1 < 1, "from 0 to below 1");
        Checks.require("beta2", beta2, beta2 >= 0 && beta2 < 1, "from 0 to below 1");
        Checks.require("epsilon", epsilon, epsilon > 0, "above 0");
    }

    /**
     * Creates a builder.
     *
     * @return a builder of Adam with {@code b1 = 0.9}, {@code b2 = 0.999}, {@code eps = 1e-8}
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} */
    @Override
    int getStateSize() {
        return 2;
    }

    /** {@inheritDoc} */
    @Override
    String getKind() {
        return "Adam";
    }

    /** {@inheritDoc} */
    @Override
    void update(
            NDArray weight,
            NDArray gradient,
            UpdateState state,
            float learningRate,
            float weightDecay) {
        double first = 1 - Math.pow(beta1, state.getUpdates());
        double second = Math.sqrt(1 - Math.pow(beta2, state.getUpdates()));
        if (decoupled && weightDecay != 0) {
            // a detached view: no graph may grow here, whatever the thread's mode
            try (NDArray values = weight.stopGradient()) {
                values.muli(number(weight, 1 - learningRate * weightDecay));
            }
        }
        // the engine divides by sqrt(v) + eps: eps * sqrt(1 - b2^t) makes that PyTorch's rule
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, state.get(0), state.get(1)),
                        new NDList(weight),
                        learningRate,
                        (float) (learningRate * second / first),
                        decoupled ? 0 : weightDecay,
                        rescaleGrad,
                        clipGrad,
                        beta1,
                        beta2,
                        (float) (epsilon * second),
                        false,
                        false);
    }

    /** The builder of {@link Adam}. */
    public static final class Builder extends GroupedOptimizer.Builder<Builder> {

        private float beta1 = 0.9f;
        private float beta2 = 0.999f;
        private float epsilon = 1e-8f;
        private boolean decoupled;

        private Builder() {}

        /**
         * Sets the decay of the mean of gradients.
         *
         * @param beta1 the decay, from 0 to below 1
         * @return this builder
         */
        public Builder optBeta1(double beta1) {
            this.beta1 = (float) beta1;
            return this;
        }

        /**
         * Sets the decay of the mean of squared gradients.
         *
         * @param beta2 the decay, from 0 to below 1
         * @return this builder
         */
        public Builder optBeta2(double beta2) {
            this.beta2 = (float) beta2;
            return this;
        }

        /**
         * Sets what is added to the root of the mean of squared gradients.
         *
         * @param epsilon a small number, above 0
         * @return this builder
         */
        public Builder optEpsilon(double epsilon) {
            this.epsilon = (float) epsilon;
            return this;
        }

        /**
         * Sets whether weights shrink by {@code lr * decay} before each step, as in AdamW; if not,
         * the decay is added to the gradient.
         *
         * @param decoupled whether weight decay is decoupled from the gradient; false by default
         * @return this builder
         */
        public Builder optDecoupledDecay(boolean decoupled) {
            this.decoupled = decoupled;
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
         * @return Adam
         * @throws IllegalArgumentException if a value makes no sense
         */
        public Adam build() {
            return new Adam(this);
        }
    }
}
