/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.PointwiseFeedForwardBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.List;

/** Attention of all kinds: DJL's encoder, DJL's attention with a query of its own, hand-made. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedAttentionNet")
@Packed(m = 1, alpha = 2, name = "SinglePackedAttentionNet")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoAttentionNet")
@MixMo(m = 3, method = MixMethod.LINEAR)
@MixMo(m = 1, name = "SingleMixMoAttentionNet")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveAttentionNet")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleAttentionNet")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesAttentionNet")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleAttentionNet")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleAttentionNet")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedAttentionNet")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedAttentionNet")
public final class AttentionNet extends AbstractBlock {

    private static final int SIZE = 24;

    private final Linear embed = addChildBlock("embed", linear(SIZE));
    private final TransformerEncoderBlock encoder =
            addChildBlock(
                    "encoder", new TransformerEncoderBlock(SIZE, 4, 24, 0.1f, Activation::gelu));
    private final ScaledDotProductAttentionBlock attention =
            addChildBlock(
                    "attention",
                    ScaledDotProductAttentionBlock.builder()
                            .setEmbeddingSize(SIZE)
                            .setHeadCount(2)
                            .build());
    private final Block own = addChildBlock("own", new OwnAttention(2));
    private final Block head;

    public AttentionNet(int classes) {
        head =
                addChildBlock(
                        "head",
                        new PointwiseFeedForwardBlock(List.of(20), classes, Activation::relu));
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDList x = encoder.forward(store, embed.forward(store, inputs, training), training);
        NDArray words = x.singletonOrThrow();
        NDList asked = new NDList(words, words.get(":, :2"), words);
        x = own.forward(store, attention.forward(store, asked, training), training);
        return head.forward(store, new NDList(x.head().mean(new int[] {1})), training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        Shape words = new Shape(1, inputs[0].get(1), SIZE);
        embed.initialize(manager, type, inputs);
        encoder.initialize(manager, type, words);
        attention.initialize(manager, type, words);
        own.initialize(manager, type, new Shape(1, 2, SIZE));
        head.initialize(manager, type, new Shape(1, SIZE));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return head.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), SIZE)});
    }

    /** Self-attention of linear layers, with a residual sum. */
    private static final class OwnAttention extends AbstractBlock {

        private final int heads;
        private final Linear[] projections = new Linear[4];
        private final LayerNorm norm = addChildBlock("norm", LayerNorm.builder().axis(2).build());

        OwnAttention(int heads) {
            this.heads = heads;
            for (int i = 0; i < projections.length; i++) {
                projections[i] = addChildBlock("projection" + i, linear(SIZE));
            }
        }

        private NDArray project(int i, ParameterStore store, NDArray x, boolean training) {
            NDArray y = projections[i].forward(store, new NDList(x), training).head();
            return y.reshape(y.getShape().get(0), y.getShape().get(1), heads, -1)
                    .transpose(0, 2, 1, 3);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDArray x = inputs.head();
            NDArray queries = project(0, store, x, training);
            NDArray keys = project(1, store, x, training);
            NDArray scores = queries.matMul(keys.transpose(0, 1, 3, 2)).softmax(-1);
            NDArray mixed = scores.matMul(project(2, store, x, training)).transpose(0, 2, 1, 3);
            NDArray flat = mixed.reshape(x.getShape().get(0), x.getShape().get(1), -1);
            NDList sum =
                    new NDList(
                            projections[3]
                                    .forward(store, new NDList(flat), training)
                                    .singletonOrThrow()
                                    .add(x));
            return norm.forward(store, sum, training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            getChildren().values().forEach(child -> child.initialize(manager, type, inputs));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }
}
