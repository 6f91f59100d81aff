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
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.form.Form;
import java.util.List;
import java.util.function.Function;

/**
 * {@link TransformerEncoderBlock} for all members of an ensemble: self-attention and a feed-forward
 * network, each followed by a residual sum with the block's input and batch normalisation over the
 * embedding axis.
 *
 * <p>Input and output are {@code [B*M, S, E]}; a mask may follow the input, as in {@link
 * EnsembleScaledDotProductAttentionBlock}.
 */
public class EnsembleTransformerEncoderBlock extends AbstractBlock {

    private static final int EMBEDDING_AXIS = 2;

    private final EnsembleScaledDotProductAttentionBlock selfAttention;
    private final Dropout selfAttentionDropout;
    private final EnsembleBatchNorm attentionNorm;
    private final EnsemblePointwiseFeedForwardBlock feedForward;
    private final Dropout feedForwardDropout;
    private final EnsembleBatchNorm outputNorm;

    /**
     * Creates the block.
     *
     * @param form the form of the ensemble
     * @param embeddingSize the embedding size of the base model's block
     * @param headCount the number of heads, which must divide the embedding size
     * @param hiddenSize the hidden units of the base model's feed-forward network
     * @param dropoutProbability the dropout rate
     * @param activationFunction the activation of the feed-forward network
     */
    @SuppressWarnings("this-escape")
    public EnsembleTransformerEncoderBlock(
            Form form,
            int embeddingSize,
            int headCount,
            int hiddenSize,
            float dropoutProbability,
            Function<NDList, NDList> activationFunction) {
        selfAttention =
                addChildBlock(
                        "selfAttention",
                        EnsembleScaledDotProductAttentionBlock.builder(form)
                                .setEmbeddingSize(embeddingSize)
                                .setHeadCount(headCount)
                                .optAttentionProbsDropoutProb(dropoutProbability)
                                .build());
        selfAttentionDropout = Dropout.builder().optRate(dropoutProbability).build();
        attentionNorm = addChildBlock("attentionNorm", norm(form));
        feedForward =
                addChildBlock(
                        "outputBlock",
                        new EnsemblePointwiseFeedForwardBlock(
                                form, List.of(hiddenSize), embeddingSize, activationFunction));
        feedForwardDropout = Dropout.builder().optRate(dropoutProbability).build();
        outputNorm = addChildBlock("outputNorm", norm(form));
    }

    private static EnsembleBatchNorm norm(Form form) {
        return EnsembleBatchNorm.builder(form).optAxis(EMBEDDING_AXIS).build();
    }

    /** {@inheritDoc} */
    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes;
    }

    /** {@inheritDoc} */
    @Override
    protected void initializeChildBlocks(
            NDManager manager, DataType dataType, Shape... inputShapes) {
        for (Block child : getChildren().values()) {
            child.initialize(manager, dataType, inputShapes);
        }
    }

    /** {@inheritDoc} */
    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray embedding = inputs.head();
        NDList attended = selfAttention.forward(parameterStore, inputs, training);
        attended = selfAttentionDropout.forward(parameterStore, attended, training);
        NDList normalized =
                attentionNorm.forward(parameterStore, residual(attended, embedding), training);
        NDList fed = feedForward.forward(parameterStore, normalized, training);
        fed = feedForwardDropout.forward(parameterStore, fed, training);
        return outputNorm.forward(parameterStore, residual(fed, embedding), training);
    }

    /** Adds the block's input, which must be as wide in a member as what the block computes. */
    private static NDList residual(NDList computed, NDArray embedding) {
        NDArray own = computed.singletonOrThrow();
        long width = own.getShape().get(EMBEDDING_AXIS);
        long given = embedding.getShape().get(EMBEDDING_AXIS);
        if (width != given) {
            throw new IllegalArgumentException(
                    "TransformerEncoderBlock adds its input, "
                            + given
                            + " features, to what it computes, "
                            + width
                            + " of a member: it needs a layer of the member's width before it, and"
                            + " one behind it that writes the output");
        }
        return new NDList(own.add(embedding));
    }
}
