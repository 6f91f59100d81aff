/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Rows;

/**
 * {@link BatchNorm} for all members of an ensemble: with statistics for each member where the form
 * keeps members apart, else over all rows.
 *
 * <p>In training a batch must have two numbers a channel. Where spatial axes give them to a single
 * example, its statistics are poor ones to predict with, and the ensemble logs a warning.
 */
public class EnsembleBatchNorm extends NormLayer {

    /** The engine's own channel axis, 1; for any other DJL transposes, for 1 too. */
    private static final int ENGINES_AXIS = -1;

    private final int axis;
    private final float epsilon;
    private final float momentum;
    private final Parameter runningMean;
    private final Parameter runningVar;
    private boolean frozen;

    EnsembleBatchNorm(Builder builder) {
        super(builder);
        axis = builder.axis;
        epsilon = builder.getEpsilon();
        momentum = builder.momentum;
        runningMean = declare("runningMean", Parameter.Type.RUNNING_MEAN, false);
        runningVar = declare("runningVar", Parameter.Type.RUNNING_VAR, false);
    }

    /**
     * Creates a builder.
     *
     * @param form the form of the ensemble
     * @return a new builder
     */
    public static Builder builder(Form form) {
        return new Builder(form);
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return "BatchNorm";
    }

    /** {@inheritDoc} */
    @Override
    final Shape setShapes(Shape input, int members) {
        Shape plain = getBaseShape(input);
        Shape shape = new Shape(members * plain.size());
        getDirectParameters().values().forEach(parameter -> parameter.setShape(shape));
        return plain;
    }

    /** {@inheritDoc} */
    @Override
    final Shape getBaseShape(Shape input) {
        return new Shape(input.get(getFeatureAxis(input)));
    }

    /** {@inheritDoc} */
    @Override
    final boolean comparesFeatures() {
        return false;
    }

    /** {@inheritDoc} */
    @Override
    final NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows) {
        int channels = getFeatureAxis(x.getShape());
        if (!isApart()) {
            return normalizeRows(x, channels, parameterStore, rows);
        }
        int members = getForm().getMembers();
        NDArray joined = Members.join(x, members, channels);
        return Members.split(
                normalizeRows(joined, channels, parameterStore, rows), members, channels);
    }

    /**
     * Normalises over the first axis and those behind the channels.
     *
     * @param x the input, one row or several for each example
     * @param channels the channel axis
     * @param store the parameters
     * @param rows what is known of the rows
     * @return the output
     */
    NDArray normalizeRows(NDArray x, int channels, ParameterStore store, Rows rows) {
        return normalize(x, channels, store, rows);
    }

    /** Once frozen it normalises as in prediction, and its running statistics stay. */
    @Override
    public void freezeParameters(boolean freeze) {
        super.freezeParameters(freeze);
        // what DJL thaws gets gradients, and statistics have none
        runningMean.freeze(true);
        runningVar.freeze(true);
        frozen = freeze;
    }

    final NDArray normalize(NDArray x, int channels, ParameterStore store, Rows rows) {
        boolean training = rows.isTraining() && !frozen;
        if (training) {
            requireSeveral(x.getShape(), channels);
        }
        return BatchNorm.batchNorm(
                        x,
                        store.getValue(runningMean, x.getDevice(), training),
                        store.getValue(runningVar, x.getDevice(), training),
                        store.getValue(getGamma(), x.getDevice(), training),
                        store.getValue(getBeta(), x.getDevice(), training),
                        channels == 1 ? ENGINES_AXIS : channels,
                        momentum,
                        epsilon,
                        training)
                .singletonOrThrow();
    }

    /** A variance needs two numbers; an example with spatial axes has more of its own. */
    private void requireSeveral(Shape shape, int channels) {
        if (shape.size() == shape.get(channels)) {
            throw new IllegalArgumentException(
                    getDescription()
                            + " cannot be trained on one example"
                            + (isApart() ? " a member" : "")
                            + ", of which it has one number a channel: let batches have two"
                            + " examples or more, and drop a last batch of one");
        }
    }

    /** {@inheritDoc} */
    @Override
    public final int getFeatureAxis(Shape shape) {
        return axis < 0 ? axis + shape.dimension() : axis;
    }

    /** The builder of an {@link EnsembleBatchNorm}, as {@link BatchNorm.BaseBuilder}. */
    public static class Builder extends NormBuilder<Builder> {

        private int axis = 1;
        private float momentum = 0.9f;

        Builder(Form form) {
            super(form);
        }

        /**
         * Sets the channel axis; 1 by default.
         *
         * @param axis the axis
         * @return this builder
         */
        public Builder optAxis(int axis) {
            this.axis = axis;
            return this;
        }

        /**
         * Sets the share of the old value in the running statistics; 0.9 by default.
         *
         * @param momentum the share
         * @return this builder
         */
        public Builder optMomentum(float momentum) {
            this.momentum = momentum;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public EnsembleBatchNorm build() {
            return new EnsembleBatchNorm(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
