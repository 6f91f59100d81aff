/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Scalars;

/**
 * {@link ScaledDotProductAttentionBlock} for all members of an ensemble. Its projections are {@link
 * EnsembleLinear} layers; attention is computed for each row, and a row belongs to one member.
 *
 * <p>Inputs, of which each is {@code [B*M, ...]}: {@code [values]}, {@code [values, mask]}, {@code
 * [keys, queries, values]} or {@code [keys, queries, values, mask]}, with values and keys {@code
 * [B*M, F, E]}, queries {@code [B*M, T, E]} and the mask {@code [B*M, T, F]}, 1 for what is kept.
 * The output is {@code [B*M, T, E]}.
 *
 * <p>Where members are narrower than the model, the width of one over which its heads are divided
 * is rounded up to a multiple of their number, as the channels of a grouped convolution are.
 */
public final class EnsembleScaledDotProductAttentionBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    private static final float MASKED = -100000f;

    private final int embeddingSize;
    private final int headCount;
    private final EnsembleLinear keyProjection;
    private final EnsembleLinear queryProjection;
    private final EnsembleLinear valueProjection;
    private final EnsembleLinear resultProjection;
    private final Dropout attentionProbsDropout;

    private EnsembleScaledDotProductAttentionBlock(Builder builder) {
        super(VERSION);
        embeddingSize = builder.embeddingSize;
        headCount = builder.headCount;
        keyProjection = addChildBlock("keyProjection", projection(builder, headCount));
        queryProjection = addChildBlock("queryProjection", projection(builder, headCount));
        valueProjection = addChildBlock("valueProjection", projection(builder, headCount));
        resultProjection = addChildBlock("resultProjection", projection(builder, 1));
        attentionProbsDropout =
                addChildBlock(
                        "probabilityDropout",
                        Dropout.builder().optRate(builder.attentionProbsDropoutProb).build());
    }

    private static EnsembleLinear projection(Builder builder, int heads) {
        return EnsembleLinear.builder(builder.form)
                .setUnits(builder.embeddingSize)
                .optBias(true)
                .optHeads(heads)
                .build();
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
     * Returns the projection of the keys.
     *
     * @return the layer
     */
    public EnsembleLinear getKeyProjection() {
        return keyProjection;
    }

    /**
     * Returns the projection of the queries.
     *
     * @return the layer
     */
    public EnsembleLinear getQueryProjection() {
        return queryProjection;
    }

    /**
     * Returns the projection of the values.
     *
     * @return the layer
     */
    public EnsembleLinear getValueProjection() {
        return valueProjection;
    }

    /**
     * Returns the projection of the results.
     *
     * @return the layer
     */
    public EnsembleLinear getResultProjection() {
        return resultProjection;
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        requireInputs(inputShapes.length);
        return new Shape[] {inputShapes[inputShapes.length < 3 ? 0 : 1]};
    }

    private static void requireInputs(int count) {
        if (count < 1 || count > 4) {
            throw new IllegalArgumentException(
                    "ScaledDotProductAttentionBlock takes 1 to 4 inputs, but got " + count);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, dataType, new Shape(-1L, embeddingSize));
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        int count = inputs.size();
        requireInputs(count);
        NDArray key = inputs.get(0);
        NDArray query = count < 3 ? key : inputs.get(1);
        NDArray value = count < 3 ? key : inputs.get(2);
        NDArray keys = heads(keyProjection, key, parameterStore, training);
        NDArray queries = heads(queryProjection, query, parameterStore, training);
        NDArray values = heads(valueProjection, value, parameterStore, training);

        long headSize = queries.getShape().get(3);
        NDArray scores = queries.matMul(keys.transpose(0, 1, 3, 2));
        scores = Scalars.mul(scores, 1f / (float) Math.sqrt(headSize));
        if (count % 2 == 0) {
            scores = scores.add(offset(inputs.get(count - 1), scores.getShape()));
        }
        NDArray probabilities =
                attentionProbsDropout
                        .forward(parameterStore, new NDList(scores.softmax(3)), training)
                        .singletonOrThrow();
        NDArray attended = probabilities.matMul(values).transpose(0, 2, 1, 3);
        Shape shape = attended.getShape();
        NDArray result = attended.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
        return resultProjection.forward(parameterStore, new NDList(result), training);
    }

    /** Projects {@code [rows, S, E]} to {@code [rows, heads, S, E / heads]}. */
    private NDArray heads(
            EnsembleLinear projection, NDArray x, ParameterStore store, boolean training) {
        NDArray y = projection.forward(store, new NDList(x), training).singletonOrThrow();
        Shape shape = y.getShape();
        return y.reshape(shape.get(0), shape.get(1), headCount, shape.get(2) / headCount)
                .transpose(0, 2, 1, 3);
    }

    /** What a mask of 1 and 0 adds to the scores; a mask of four axes is that already. */
    private static NDArray offset(NDArray mask, Shape scores) {
        if (mask.getShape().dimension() == 4) {
            return mask;
        }
        NDArray kept =
                mask.reshape(scores.get(0), 1, scores.get(2), scores.get(3))
                        .toType(DataType.FLOAT32, false);
        return Scalars.mul(kept.neg().add(1f), MASKED);
    }

    /**
     * The builder of an {@link EnsembleScaledDotProductAttentionBlock}, as {@link
     * ScaledDotProductAttentionBlock.Builder}.
     */
    public static final class Builder {

        private final Form form;
        private int embeddingSize;
        private int headCount;
        private float attentionProbsDropoutProb = 0.1f;

        private Builder(Form form) {
            this.form = form;
        }

        /**
         * Sets the embedding size of the base model's block.
         *
         * @param embeddingSize the size
         * @return this builder
         */
        public Builder setEmbeddingSize(int embeddingSize) {
            this.embeddingSize = embeddingSize;
            return this;
        }

        /**
         * Sets the number of heads, which must divide the embedding size.
         *
         * @param headCount the number of heads
         * @return this builder
         */
        public Builder setHeadCount(int headCount) {
            this.headCount = headCount;
            return this;
        }

        /**
         * Sets the dropout rate of the attention probabilities; 0.1 by default.
         *
         * @param attentionProbsDropoutProb the rate
         * @return this builder
         */
        public Builder optAttentionProbsDropoutProb(float attentionProbsDropoutProb) {
            this.attentionProbsDropoutProb = attentionProbsDropoutProb;
            return this;
        }

        /**
         * Builds the block.
         *
         * @return the block
         * @throws IllegalStateException if a size is missing, or the heads do not divide the
         *     embedding size
         */
        public EnsembleScaledDotProductAttentionBlock build() {
            if (embeddingSize < 1 || headCount < 1 || embeddingSize % headCount != 0) {
                throw new IllegalStateException(
                        "ScaledDotProductAttentionBlock: setEmbeddingSize and setHeadCount are"
                                + " required, and the heads must divide the embedding size; they"
                                + " are "
                                + headCount
                                + " and "
                                + embeddingSize);
            }
            return new EnsembleScaledDotProductAttentionBlock(this);
        }
    }
}
