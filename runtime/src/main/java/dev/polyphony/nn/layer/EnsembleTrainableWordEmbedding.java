/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.modality.nlp.Vocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.AbstractIndexedEmbedding;
import dev.polyphony.nn.form.Form;

/**
 * {@link TrainableWordEmbedding} for all members of an ensemble: ids {@code [B*M, ...]} become
 * {@code [B*M, ..., size]} with the width of one member.
 */
public final class EnsembleTrainableWordEmbedding extends UnitLayer {

    private EnsembleTrainableWordEmbedding(Builder builder) {
        super(
                builder.form,
                new Lookup(
                        "TrainableWordEmbedding",
                        builder.vocabulary.size(),
                        builder.embeddingSize));
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

    /**
     * The builder of an {@link EnsembleTrainableWordEmbedding}, as {@link
     * TrainableWordEmbedding.Builder}. What it says of unknown words matters to those who turn
     * words into ids, and not to the layer.
     */
    public static final class Builder {

        private final Form form;
        private Vocabulary vocabulary;
        private int embeddingSize;
        private int numEmbeddings;

        private Builder(Form form) {
            this.form = form;
        }

        /**
         * Returns the type of the items.
         *
         * @return the type of words
         */
        public Class<String> getEmbeddingType() {
            return String.class;
        }

        /**
         * Sets the words.
         *
         * @param vocabulary the vocabulary
         * @return this builder
         */
        public Builder setVocabulary(Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
            numEmbeddings = Math.toIntExact(vocabulary.size());
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
         * Sets the number of ids, which must be that of the words.
         *
         * @param numEmbeddings the number of ids
         * @return this builder
         */
        public Builder optNumEmbeddings(int numEmbeddings) {
            this.numEmbeddings = numEmbeddings;
            return this;
        }

        /**
         * Accepts what {@link TrainableWordEmbedding.Builder} does.
         *
         * @param useDefault whether unknown words have an id
         * @return this builder
         */
        public Builder optUseDefault(boolean useDefault) {
            return this;
        }

        /**
         * Accepts what {@link TrainableWordEmbedding.Builder} does.
         *
         * @param defaultItem the word that stands for unknown ones
         * @return this builder
         */
        public Builder optDefaultItem(String defaultItem) {
            return this;
        }

        /**
         * Accepts what {@link TrainableWordEmbedding.Builder} does.
         *
         * @param unknownToken the word that stands for unknown ones
         * @return this builder
         */
        public Builder optUnknownToken(String unknownToken) {
            return this;
        }

        /**
         * Accepts what {@link TrainableWordEmbedding.Builder} does.
         *
         * @param fallthrough gives unknown words an id
         * @return this builder
         */
        public Builder optFallthrough(AbstractIndexedEmbedding<String> fallthrough) {
            return this;
        }

        /**
         * Accepts what {@link TrainableWordEmbedding.Builder} does; the gradients have the same
         * numbers and are always dense.
         *
         * @param sparseFormat how gradients are stored
         * @return this builder
         */
        public Builder optSparseFormat(SparseFormat sparseFormat) {
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the words or the width are not set, or the number of
         *     ids is not that of the words
         */
        public EnsembleTrainableWordEmbedding build() {
            if (vocabulary == null || embeddingSize <= 0) {
                throw new IllegalArgumentException(
                        "setVocabulary and setEmbeddingSize must be called");
            }
            if (numEmbeddings != vocabulary.size()) {
                throw new IllegalArgumentException(
                        "The number of embeddings is "
                                + numEmbeddings
                                + ", but the vocabulary has "
                                + vocabulary.size()
                                + " words: they should be equal");
            }
            return new EnsembleTrainableWordEmbedding(this);
        }
    }
}
