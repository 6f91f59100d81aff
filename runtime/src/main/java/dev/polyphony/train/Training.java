/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.training.tracker.ParameterTracker;
import dev.polyphony.data.BatchFormat;
import dev.polyphony.engine.EngineThreads;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.Fingerprint;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.Schedules;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
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
     * Sets the threads that operations on the CPU use in this process, and requires the devices.
     *
     * @throws IllegalArgumentException if a device is not there; says what is missing
     */
    public void prepareEngine() {
        EngineThreads.set(settings.threads);
        Devices.require(settings.devices);
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
     * Returns how many forms of each example a network sees beside one another.
     *
     * @return 1, unless the augmentation makes more
     */
    public int getForms() {
        return settings.augmentation == null ? 1 : settings.augmentation.getForms();
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

    /**
     * Returns how many bytes of data lie on the device for the whole training.
     *
     * @return the limit, above which data are streamed
     */
    public long getResidentLimit() {
        return settings.residentLimit;
    }

    /**
     * Returns an object of the user's that sees the training and cannot see it in another process.
     *
     * @return the first listener or evaluator that is not serializable
     */
    public Optional<Object> findUnwritten() {
        return settings.findUnwritten();
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
     * Returns whether objects of the user's own see the training.
     *
     * @return whether there are listeners or evaluators
     */
    public boolean isWatched() {
        return !settings.listeners.isEmpty() || !settings.evaluators.isEmpty();
    }

    /** Makes an optimizer whose rate follows the schedule; it is to be closed. */
    GroupedOptimizer newOptimizer(Ensemble ensemble, double fastLearningRate, int updatesPerEpoch) {
        return settings.newOptimizer(
                ensemble,
                fastLearningRate,
                (id, update) ->
                        (float) getLearningRate(update - 1L, updatesPerEpoch, settings.epochs));
    }

    /**
     * Makes an optimizer whose learning rates are others than these settings'.
     *
     * @param ensemble what is trained
     * @param fastLearningRate the rate of its fast weights, relative to the learning rate
     * @param rates the learning rate of each parameter and update
     * @return the optimizer, to be closed
     */
    public GroupedOptimizer newOptimizer(
            Ensemble ensemble, double fastLearningRate, ParameterTracker rates) {
        return settings.newOptimizer(ensemble, fastLearningRate, rates);
    }

    /**
     * Returns the learning rate of an update.
     *
     * @param update the update, from 0
     * @param updatesPerEpoch the updates in an epoch
     * @param epochs the number of epochs
     * @return the learning rate
     */
    public double getLearningRate(long update, int updatesPerEpoch, int epochs) {
        return settings.learningRate * settings.schedule.getFactor(update, updatesPerEpoch, epochs);
    }

    /** The schedule as readers know it. */
    String getScheduleText() {
        return Schedules.getName(settings.schedule);
    }

    /** Adds the settings that decide what training comes to, but the number of epochs. */
    void addTo(Fingerprint fields) {
        fields.add("batch size", settings.batchSize);
        settings.addOptimizerTo(fields);
        fields.add("seed", settings.seed);
        settings.addLoopTo(fields);
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

        private Builder() {}

        private Builder copy() {
            return new Builder().optSettings(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Takes over settings: all of another training, and those of the loop, if it has them.
         *
         * @param other the settings
         * @return this builder
         */
        public Builder optSettings(OptimizerSettings<?> other) {
            if (other instanceof LoopSettings<?> loop) {
                set(loop);
            } else {
                setRun(other);
                setOptimizer(other);
            }
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
         * @throws IllegalArgumentException if a value makes no sense
         */
        public Training build() {
            requireLoop();
            requireOptimizer();
            requireRun();
            return new Training(copy());
        }
    }
}
