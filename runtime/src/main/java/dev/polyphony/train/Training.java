/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.nn.Parameter;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.Fingerprint;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/** The settings of training that do not depend on the method. */
public final class Training implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient Builder settings;

    private Training(Builder settings) {
        this.settings = settings;
    }

    private Object writeReplace() {
        return SavedTraining.of(settings);
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
        return getDevices()[0];
    }

    /**
     * Returns all devices.
     *
     * @return the devices among which batches are divided; the first has the model
     */
    public Device[] getDevices() {
        return settings.devices.isEmpty()
                ? new Device[] {Engine.getInstance().defaultDevice()}
                : settings.devices.toArray(new Device[0]);
    }

    /**
     * Returns in how many parts a batch is computed.
     *
     * @return the parts that are computed one after the other before an update
     */
    public int getAccumulation() {
        return settings.accumulation;
    }

    /**
     * Returns who sees what: the recipe's batches, or bootstrap samples in them.
     *
     * @param recipe the method's recipe
     * @return the batches
     */
    public BatchFormat getBatches(Recipe recipe) {
        return settings.batches(recipe);
    }

    /** The settings of the loop. */
    LoopSettings<?> loop() {
        return settings;
    }

    /**
     * Returns the largest norm of a gradient.
     *
     * @return the bound on the norm of all gradients together, or 0 if there is none
     */
    public double getClipNorm() {
        return settings.clipNorm;
    }

    /**
     * Returns how the learning rate changes.
     *
     * @param updatesPerEpoch the updates in an epoch
     * @return the learning rate of the last update of an epoch, from 1
     */
    public IntToDoubleFunction getLearningRates(int updatesPerEpoch) {
        return epoch ->
                getLearningRate((long) epoch * updatesPerEpoch - 1, updatesPerEpoch, getEpochs());
    }

    /**
     * Returns how many numbers the optimizer keeps for each parameter.
     *
     * @return 2 for Adam, 1 for gradient descent with momentum, 0 without
     */
    public int getOptimizerArrays() {
        return switch (settings.optimizer) {
            case ADAM, ADAM_W -> 2;
            case SGD, NESTEROV -> settings.momentum > 0 ? 1 : 0;
        };
    }

    /**
     * Returns whether members train on bootstrap samples.
     *
     * @return whether each member has a sample of its own
     */
    public boolean isBootstrap() {
        return settings.bootstrap;
    }

    /**
     * Returns whether all epochs are made and the last one is kept, whatever they come to.
     *
     * @return whether there is neither a selection nor patience
     */
    public boolean keepsLastEpoch() {
        return !settings.selection.isBest() && settings.patience == 0;
    }

    /**
     * Makes an optimizer.
     *
     * @param ensemble what is trained
     * @param fastLearningRate the rate of its fast weights, relative to the learning rate
     * @param updatesPerEpoch the updates in an epoch
     * @return the optimizer, to be closed
     */
    GroupedOptimizer newOptimizer(Ensemble ensemble, double fastLearningRate, int updatesPerEpoch) {
        return switch (settings.optimizer) {
            case ADAM, ADAM_W ->
                    configure(
                                    Adam.builder()
                                            .optDecoupledDecay(
                                                    settings.optimizer == OptimizerType.ADAM_W),
                                    ensemble,
                                    fastLearningRate,
                                    updatesPerEpoch)
                            .build();
            case SGD, NESTEROV ->
                    configure(
                                    Sgd.builder()
                                            .optMomentum(settings.momentum)
                                            .optNesterov(
                                                    settings.optimizer == OptimizerType.NESTEROV),
                                    ensemble,
                                    fastLearningRate,
                                    updatesPerEpoch)
                            .build();
        };
    }

    private <T extends GroupedOptimizer.Builder<T>> T configure(
            T builder, Ensemble ensemble, double fastLearningRate, int updatesPerEpoch) {
        List<Parameter> undecayed =
                settings.weightsDecayAlone
                        ? ensemble.getParameters().values().stream()
                                .filter(parameter -> parameter.getType() != Parameter.Type.WEIGHT)
                                .toList()
                        : List.of();
        return builder.optLearningRateTracker(
                        (id, update) ->
                                (float)
                                        getLearningRate(
                                                update - 1L, updatesPerEpoch, settings.epochs))
                .optFastWeights(ensemble.getFastWeights(), fastLearningRate)
                .optUndecayed(undecayed)
                .optWeightDecays((float) settings.weightDecay);
    }

    /** The learning rate of an update, from 0. */
    double getLearningRate(long update, int updatesPerEpoch, int epochs) {
        return settings.learningRate * settings.schedule.getFactor(update, updatesPerEpoch, epochs);
    }

    /** The schedule as readers know it. */
    String getScheduleText() {
        return Schedules.getName(settings.schedule);
    }

    /** Adds the settings that decide what training comes to, but the number of epochs. */
    void addTo(Fingerprint fields) {
        fields.add("batch size", settings.batchSize)
                .add("optimizer", settings.optimizer)
                .add("learning rate", settings.learningRate)
                .add("learning-rate schedule", getScheduleText())
                .add("momentum", settings.momentum)
                .add("weight decay", settings.weightDecay)
                .add("weights decay alone", settings.weightsDecayAlone)
                .add("bound on the gradient", settings.clipNorm)
                .add("parts of a batch", settings.accumulation)
                .add("selection", settings.selection)
                .add("seed", settings.seed)
                .add("bootstrap samples", settings.bootstrap)
                .add("augmentation", settings.augmentation);
    }

    /** {@inheritDoc} */
    @Override
    public String toString() {
        String name =
                switch (settings.optimizer) {
                    case ADAM -> "Adam";
                    case ADAM_W -> "AdamW";
                    case SGD -> "SGD, momentum " + settings.momentum;
                    case NESTEROV -> "SGD, Nesterov momentum " + settings.momentum;
                };
        return String.format(
                Locale.ROOT,
                "%d epochs, batch size %d, %s, learning rate %s, weight decay %s, seed %d%s",
                settings.epochs,
                settings.batchSize,
                name,
                text(settings.learningRate),
                text(settings.weightDecay),
                settings.seed,
                settings.describe());
    }

    /** The learning rate as the user gave it. */
    String getLearningRateText() {
        return text(settings.learningRate);
    }

    /** A setting in few digits: one that was given as a float has no more of its own. */
    private static String text(double setting) {
        return (float) setting == setting
                ? Float.toString((float) setting)
                : Double.toString(setting);
    }

    /** The builder of {@link Training}. */
    public static final class Builder extends LoopSettings<Builder> {

        private int epochs = 10;
        private int batchSize = 128;
        private double learningRate = 0.001;
        private double weightDecay;
        private double momentum = 0.9;
        private OptimizerType optimizer = OptimizerType.ADAM;
        private Schedule schedule = Schedule.constant();
        private boolean weightsDecayAlone;
        private double clipNorm;
        private int seed;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.set(this);
            copy.epochs = epochs;
            copy.batchSize = batchSize;
            copy.learningRate = learningRate;
            copy.weightDecay = weightDecay;
            copy.momentum = momentum;
            copy.optimizer = optimizer;
            copy.schedule = schedule;
            copy.weightsDecayAlone = weightsDecayAlone;
            copy.clipNorm = clipNorm;
            copy.seed = seed;
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
         * Sets how the learning rate changes.
         *
         * @param schedule the schedule; constant if it is not set
         * @return this builder
         */
        public Builder optSchedule(Schedule schedule) {
            this.schedule = Objects.requireNonNull(schedule, "schedule");
            return this;
        }

        /**
         * Sets whether only weights decay, and neither biases nor the scales and shifts of
         * normalisation. Fast weights never decay.
         *
         * @param alone whether all other parameters are kept from decay; false if it is not set
         * @return this builder
         */
        public Builder optWeightsDecayAlone(boolean alone) {
            this.weightsDecayAlone = alone;
            return this;
        }

        /**
         * Sets the largest norm of the gradient: a longer one, over all parameters together, is
         * scaled down to it before each update.
         *
         * @param clipNorm the bound, above 0; 0, if it is not set, for none
         * @return this builder
         */
        public Builder optClipNorm(double clipNorm) {
            this.clipNorm = clipNorm;
            return this;
        }

        /**
         * Sets the momentum of gradient descent; Adam has no use for it.
         *
         * @param momentum the momentum, from 0 to below 1; of Nesterov's above 0
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

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes over the settings of the loop.
         *
         * @param loop the settings
         * @return this builder
         */
        public Builder optLoop(LoopSettings<?> loop) {
            set(loop);
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value makes no sense
         */
        public Training build() {
            require();
            Checks.require("epochs", epochs, epochs >= 1, "at least 1");
            Checks.require("batch size", batchSize, batchSize >= 1, "at least 1");
            Checks.require("learning rate", learningRate, learningRate > 0, "above 0");
            Checks.require("weight decay", weightDecay, weightDecay >= 0, "at least 0");
            Checks.require("bound on the gradient", clipNorm, clipNorm >= 0, "at least 0");
            Checks.require(
                    "momentum", momentum, momentum >= 0 && momentum < 1, "from 0 to below 1");
            if (optimizer == OptimizerType.NESTEROV) {
                Checks.require("momentum of Nesterov's", momentum, momentum > 0, "above 0");
            }
            return new Training(copy());
        }
    }
}
