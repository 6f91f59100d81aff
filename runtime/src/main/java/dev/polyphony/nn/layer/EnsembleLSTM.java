/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.recurrent.LSTM;
import dev.polyphony.nn.form.Form;

/**
 * {@link LSTM} for all members of an ensemble: input {@code [B*M, T, c]}, output {@code [B*M, T,
 * size]} with the widths of one member. May be given, and give, two states, hidden and cell {@code
 * [layers * directions, B*M, size]} after the features.
 */
public final class EnsembleLSTM extends RecurrentLayer {

    private EnsembleLSTM(Builder builder) {
        super(Recurrence.Cell.LSTM, null, builder);
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

    /** The builder of an {@link EnsembleLSTM}, as {@link LSTM.Builder}. */
    public static final class Builder extends RecurrentBuilder<Builder> {

        private Builder(Form form) {
            super(form);
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the size of the state or the number of layers is not
         *     set
         */
        public EnsembleLSTM build() {
            validate();
            return new EnsembleLSTM(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
