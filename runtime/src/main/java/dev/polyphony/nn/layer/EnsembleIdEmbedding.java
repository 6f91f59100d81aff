/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.nn.transformer.IdEmbedding;
import dev.polyphony.nn.form.Form;

/**
 * {@link IdEmbedding} for all members of an ensemble: ids {@code [B*M, ...]} become {@code [B*M,
 * ..., size]} with the width of one member.
 */
public final class EnsembleIdEmbedding extends UnitLayer {

    private EnsembleIdEmbedding(Builder builder) {
        super(
                builder.form,
                new Lookup("IdEmbedding", builder.dictionarySize, builder.embeddingSize));
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

    /** The builder of an {@link EnsembleIdEmbedding}, as {@link IdEmbedding.Builder}. */
    public static final class Builder {

        private final Form form;
        private int dictionarySize;
        private int embeddingSize;

        private Builder(Form form) {
            this.form = form;
        }

        /**
         * Sets the number of ids.
         *
         * @param dictionarySize the number of ids; valid ids start at 0
         * @return this builder
         */
        public Builder setDictionarySize(int dictionarySize) {
            this.dictionarySize = dictionarySize;
            return this;
        }

        /**
         * Sets the width of the base model's embeddings.
         *
         * @param embeddingSize the width
         * @return this builder
         */
        public Builder setEmbeddingSize(int embeddingSize) {
            this.embeddingSize = embeddingSize;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the number of ids or the width is not set
         */
        public EnsembleIdEmbedding build() {
            if (dictionarySize <= 0 || embeddingSize <= 0) {
                throw new IllegalArgumentException(
                        "setDictionarySize and setEmbeddingSize must be called");
            }
            return new EnsembleIdEmbedding(this);
        }
    }
}
