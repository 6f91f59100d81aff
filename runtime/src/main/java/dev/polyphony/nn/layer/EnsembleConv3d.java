/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.convolutional.Conv3d;
import dev.polyphony.nn.form.Form;

/**
 * {@link Conv3d} for all members of an ensemble: input {@code [B*M, C, D, H, W]}, with the channels
 * of one member.
 */
public final class EnsembleConv3d extends LinearLayer {

    private EnsembleConv3d(Builder builder) {
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

    /** The builder of an {@link EnsembleConv3d}, as {@link Conv3d.Builder}. */
    public static final class Builder extends ConvolutionBuilder<Builder> {

        private Builder(Form form) {
            super(form, 3);
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the kernel shape or the filters are not set
         */
        public EnsembleConv3d build() {
            return new EnsembleConv3d(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
