/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.recurrent.RNN;
import dev.polyphony.nn.form.Form;

/**
 * {@link RNN} for all members of an ensemble: input {@code [B*M, T, c]}, output {@code [B*M, T,
 * size]} with the widths of one member. May be given, and give, one state {@code [layers *
 * directions, B*M, size]} after the features.
 */
public final class EnsembleRNN extends RecurrentLayer {

    private EnsembleRNN(Builder builder) {
        super(Recurrence.Cell.RNN, builder.activation, builder);
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

    /** The builder of an {@link EnsembleRNN}, as {@link RNN.Builder}. */
    public static final class Builder extends RecurrentBuilder<Builder> {

        private RNN.Activation activation;

        private Builder(Form form) {
            super(form);
        }

        /**
         * Sets the activation.
         *
         * @param activation the activation
         * @return this builder
         */
        public Builder setActivation(RNN.Activation activation) {
            this.activation = activation;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the size of the state, the number of layers or the
         *     activation is not set
         */
        public EnsembleRNN build() {
            validate();
            if (activation == null) {
                throw new IllegalArgumentException("setActivation must be called");
            }
            return new EnsembleRNN(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
