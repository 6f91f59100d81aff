/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.convolutional.Conv1d;
import dev.polyphony.nn.form.Form;

/**
 * {@link Conv1d} for all members of an ensemble: input {@code [B*M, C, L]}, with the channels of
 * one member.
 */
public final class EnsembleConv1d extends LinearLayer {

    private EnsembleConv1d(Builder builder) {
        super(builder.getForm(), builder.newConvolution());
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

    /** The builder of an {@link EnsembleConv1d}, as {@link Conv1d.Builder}. */
    public static final class Builder extends ConvolutionBuilder<Builder> {

        private Builder(Form form) {
            super(form, 1);
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the kernel shape or the filters are not set
         */
        public EnsembleConv1d build() {
            return new EnsembleConv1d(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
