/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.recurrent.GRU;
import dev.polyphony.nn.form.Form;

/**
 * {@link GRU} for all members of an ensemble: input {@code [B*M, T, c]}, output {@code [B*M, T,
 * size]} with the widths of one member. May be given, and give, one state {@code [layers *
 * directions, B*M, size]} after the features.
 */
public final class EnsembleGRU extends RecurrentLayer {

    private EnsembleGRU(Builder builder) {
        super(Recurrence.Cell.GRU, null, builder);
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

    /** The builder of an {@link EnsembleGRU}, as {@link GRU.Builder}. */
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
        public EnsembleGRU build() {
            validate();
            return new EnsembleGRU(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
