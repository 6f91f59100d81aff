/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.nn.Parameter;
import ai.djl.training.tracker.ParameterTracker;
import dev.polyphony.checks.Checks;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.train.checkpoint.Fingerprint;
import dev.polyphony.train.optimize.Adam;
import dev.polyphony.train.optimize.GroupedOptimizer;
import dev.polyphony.train.optimize.OptimizerType;
import dev.polyphony.train.optimize.Schedule;
import dev.polyphony.train.optimize.Schedules;
import dev.polyphony.train.optimize.Sgd;
import java.util.List;
import java.util.Objects;

/**
 * The settings of the optimizer.
 *
 * @param <T> what the settings are of
 */
public abstract class OptimizerSettings<T extends OptimizerSettings<T>> extends RunSettings<T> {

    private static final double MOMENTUM = 0.9;

    double learningRate = 0.001;
    double weightDecay;
    double momentum = MOMENTUM;
    OptimizerType optimizer = OptimizerType.ADAM;
    Schedule schedule = Schedule.constant();
    boolean weightsDecayAlone;
    double clipNorm;

    /** Creates the settings of Adam at 0.001. */
    protected OptimizerSettings() {}

    /** Takes over the settings of another. */
    final void setOptimizer(OptimizerSettings<?> other) {
        learningRate = other.learningRate;
        weightDecay = other.weightDecay;
        momentum = other.momentum;
        optimizer = other.optimizer;
        schedule = other.schedule;
        weightsDecayAlone = other.weightsDecayAlone;
        clipNorm = other.clipNorm;
    }

    /**
     * Sets the learning rate.
     *
     * @param learningRate the learning rate, above 0
     * @return this
     */
    public T optLearningRate(double learningRate) {
        this.learningRate = learningRate;
        return self();
    }

    /**
     * Sets the weight decay, added to the gradient of all parameters but fast weights.
     *
     * @param weightDecay the weight decay, at least 0
     * @return this
     */
    public T optWeightDecay(double weightDecay) {
        this.weightDecay = weightDecay;
        return self();
    }

    /**
     * Sets the optimizer.
     *
     * @param optimizer the optimizer
     * @return this
     */
    public T optOptimizer(OptimizerType optimizer) {
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        return self();
    }

    /**
     * Sets how the learning rate changes.
     *
     * @param schedule the schedule; constant if it is not set
     * @return this
     */
    public T optSchedule(Schedule schedule) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        return self();
    }

    /**
     * Sets whether only weights decay, and neither biases nor the scales and shifts of
     * normalisation. Fast weights never decay.
     *
     * @param alone whether all other parameters are kept from decay; false if it is not set
     * @return this
     */
    public T optWeightsDecayAlone(boolean alone) {
        this.weightsDecayAlone = alone;
        return self();
    }

    /**
     * Sets the largest norm of the gradient: a longer one, over all parameters together, is scaled
     * down to it before each update.
     *
     * @param clipNorm the bound, above 0; 0, if it is not set, for none
     * @return this
     */
    public T optClipNorm(double clipNorm) {
        this.clipNorm = clipNorm;
        return self();
    }

    /**
     * Sets the momentum of gradient descent. Adam, which has no use for it, is refused with another
     * than the usual one.
     *
     * @param momentum the momentum, from 0 to below 1; of Nesterov's above 0; 0.9 if it is not set
     * @return this
     */
    public T optMomentum(double momentum) {
        this.momentum = momentum;
        return self();
    }

    /** Requires settings that make sense together. */
    final void requireOptimizer() {
        Checks.require("learning rate", learningRate, learningRate > 0, "above 0");
        Checks.require("weight decay", weightDecay, weightDecay >= 0, "at least 0");
        Checks.require("bound on the gradient", clipNorm, clipNorm >= 0, "at least 0");
        Checks.require("momentum", momentum, momentum >= 0 && momentum < 1, "from 0 to below 1");
        boolean hasMomentum = optimizer == OptimizerType.SGD || optimizer == OptimizerType.NESTEROV;
        if (!hasMomentum && momentum != MOMENTUM) {
            throw new IllegalArgumentException(
                    "A momentum of %s is one of gradient descent, but the optimizer is %s: leave it out, or choose SGD or NESTEROV"
                            .formatted(momentum, optimizer));
        }
        if (optimizer == OptimizerType.NESTEROV) {
            Checks.require("momentum of Nesterov's", momentum, momentum > 0, "above 0");
        }
    }

    /** Makes an optimizer, to be closed. */
    final GroupedOptimizer newOptimizer(
            Ensemble ensemble, double fastLearningRate, ParameterTracker rates) {
        return switch (optimizer) {
            case ADAM, ADAM_W ->
                    configure(
                                    Adam.builder()
                                            .optDecoupledDecay(optimizer == OptimizerType.ADAM_W),
                                    ensemble,
                                    rates)
                            .optFastWeights(ensemble.getFastWeights(), fastLearningRate)
                            .build();
            case SGD, NESTEROV ->
                    configure(
                                    Sgd.builder()
                                            .optMomentum(momentum)
                                            .optNesterov(optimizer == OptimizerType.NESTEROV),
                                    ensemble,
                                    rates)
                            .optFastWeights(ensemble.getFastWeights(), fastLearningRate)
                            .build();
        };
    }

    private <B extends GroupedOptimizer.Builder<B>> B configure(
            B builder, Ensemble ensemble, ParameterTracker rates) {
        List<Parameter> undecayed =
                weightsDecayAlone
                        ? ensemble.getParameters().values().stream()
                                .filter(parameter -> parameter.getType() != Parameter.Type.WEIGHT)
                                .toList()
                        : List.of();
        return builder.optLearningRateTracker(rates)
                .optUndecayed(undecayed)
                .optWeightDecays((float) weightDecay);
    }

    /** Adds what decides what training comes to. */
    final void addOptimizerTo(Fingerprint fields) {
        fields.add("optimizer", optimizer)
                .add("learning rate", learningRate)
                .add("learning-rate schedule", Schedules.getName(schedule))
                .add("momentum", momentum)
                .add("weight decay", weightDecay)
                .add("weights decay alone", weightsDecayAlone)
                .add("bound on the gradient", clipNorm);
    }
}
