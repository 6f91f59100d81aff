/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.nn.Parameter;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;

/** The settings of training that do not depend on the method. */
public final class Training {

    private final Builder settings;

    private Training(Builder settings) {
        this.settings = settings;
    }

    /**
     * Creates a builder.
     *
     * @return a builder of 10 epochs in batches of 128 with Adam at 0.001
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with these settings.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return settings.copy();
    }

    /**
     * Returns the number of epochs.
     *
     * @return how often training goes through the data
     */
    public int getEpochs() {
        return settings.epochs;
    }

    /**
     * Returns the batch size.
     *
     * @return the rows that a member sees in a step
     */
    public int getBatchSize() {
        return settings.batchSize;
    }

    /**
     * Returns the learning rate.
     *
     * @return the learning rate
     */
    public double getLearningRate() {
        return settings.learningRate;
    }

    /**
     * Returns the seed of parameters, batches and everything else that is drawn.
     *
     * @return the seed
     */
    public int getSeed() {
        return settings.seed;
    }

    /**
     * Returns the device.
     *
     * @return the device that was set, or the engine's default
     */
    public Device getDevice() {
        return settings.device == null ? Engine.getInstance().defaultDevice() : settings.device;
    }

    /**
     * Makes an optimizer.
     *
     * @param fastWeights what is trained at a rate of its own
     * @param fastLearningRate that rate, relative to the learning rate
     * @return the optimizer, to be closed
     */
    GroupedOptimizer newOptimizer(Collection<Parameter> fastWeights, double fastLearningRate) {
        return switch (settings.optimizer) {
            case ADAM ->
                    Adam.builder()
                            .optLearningRate(settings.learningRate)
                            .optFastWeights(fastWeights, fastLearningRate)
                            .optWeightDecays((float) settings.weightDecay)
                            .build();
            case SGD, NESTEROV ->
                    Sgd.builder()
                            .optLearningRate(settings.learningRate)
                            .optFastWeights(fastWeights, fastLearningRate)
                            .optMomentum(settings.momentum)
                            .optNesterov(settings.optimizer == OptimizerType.NESTEROV)
                            .optWeightDecays((float) settings.weightDecay)
                            .build();
        };
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String name =
                switch (settings.optimizer) {
                    case ADAM -> "Adam";
                    case SGD -> "SGD, momentum " + settings.momentum;
                    case NESTEROV -> "SGD, Nesterov momentum " + settings.momentum;
                };
        return String.format(
                Locale.ROOT,
                "%d epochs, batch size %d, %s, learning rate %s, weight decay %s, seed %d",
                settings.epochs,
                settings.batchSize,
                name,
                settings.learningRate,
                settings.weightDecay,
                settings.seed);
    }

    /** The builder of {@link Training}. */
    public static final class Builder {

        private int epochs = 10;
        private int batchSize = 128;
        private double learningRate = 0.001;
        private double weightDecay;
        private double momentum = 0.9;
        private OptimizerType optimizer = OptimizerType.ADAM;
        private int seed;
        private Device device;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.epochs = epochs;
            copy.batchSize = batchSize;
            copy.learningRate = learningRate;
            copy.weightDecay = weightDecay;
            copy.momentum = momentum;
            copy.optimizer = optimizer;
            copy.seed = seed;
            copy.device = device;
            return copy;
        }

        /**
         * Sets how often training goes through the data.
         *
         * @param epochs the number of epochs, at least 1
         * @return this builder
         */
        public Builder optEpochs(int epochs) {
            this.epochs = epochs;
            return this;
        }

        /**
         * Sets the rows that a member sees in a step; of batches that are divided among members,
         * the rows of all.
         *
         * @param batchSize the batch size, at least 1
         * @return this builder
         */
        public Builder optBatchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        /**
         * Sets the learning rate.
         *
         * @param learningRate the learning rate, above 0
         * @return this builder
         */
        public Builder optLearningRate(double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        /**
         * Sets the weight decay, added to the gradient of all parameters but fast weights.
         *
         * @param weightDecay the weight decay, at least 0
         * @return this builder
         */
        public Builder optWeightDecay(double weightDecay) {
            this.weightDecay = weightDecay;
            return this;
        }

        /**
         * Sets the optimizer.
         *
         * @param optimizer the optimizer
         * @return this builder
         */
        public Builder optOptimizer(OptimizerType optimizer) {
            this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
            return this;
        }

        /**
         * Sets the momentum of gradient descent; Adam has no use for it.
         *
         * @param momentum the momentum, from 0 to below 1
         * @return this builder
         */
        public Builder optMomentum(double momentum) {
            this.momentum = momentum;
            return this;
        }

        /**
         * Sets the seed of parameters, batches and everything else that is drawn.
         *
         * @param seed the seed
         * @return this builder
         */
        public Builder optSeed(int seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the device.
         *
         * @param device the device, or null for the engine's default
         * @return this builder
         */
        public Builder optDevice(Device device) {
            this.device = device;
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value makes no sense
         */
        public Training build() {
            require("epochs", epochs, epochs >= 1, "at least 1");
            require("batch size", batchSize, batchSize >= 1, "at least 1");
            require("learning rate", learningRate, learningRate > 0, "above 0");
            require("weight decay", weightDecay, weightDecay >= 0, "at least 0");
            require("momentum", momentum, momentum >= 0 && momentum < 1, "from 0 to below 1");
            return new Training(copy());
        }

        private static void require(String name, Number value, boolean valid, String range) {
            if (!valid || !Double.isFinite(value.doubleValue())) {
                throw new IllegalArgumentException(
                        "The %s must be %s, but was %s".formatted(name, range, value));
            }
        }
    }
}
