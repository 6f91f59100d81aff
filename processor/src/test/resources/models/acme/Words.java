/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.IdEmbedding;
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
import java.util.function.Supplier;

@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedWords")
@Packed(m = 1, alpha = 2, name = "SinglePackedWords")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoWords")
@MixMo(m = 3, method = MixMethod.LINEAR)
@MixMo(m = 1, name = "SingleMixMoWords")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveWords")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleWords")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesWords")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleWords")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleWords")
public final class Words extends AbstractBlock {

    private static final int LENGTH = 6;
    private static final int SIZE = 12;

    private final TrainableWordEmbedding words;
    private final IdEmbedding tags;
    private final LSTM encoder;
    private final GRU decoder;
    private final Block rest;
    private final GhostBatchNorm norm;
    private final Linear head;

    public Words(int classes) {
        super((byte) 1);
        words =
                addChildBlock(
                        "words",
                        TrainableWordEmbedding.builder()
                                .setVocabulary(new DefaultVocabulary(List.of("a", "b", "c", "d")))
                                .setEmbeddingSize(SIZE)
                                .build());
        IdEmbedding.Builder builder = new IdEmbedding.Builder();
        tags = addChildBlock("tags", builder.setDictionarySize(4).setEmbeddingSize(SIZE).build());
        encoder =
                addChildBlock(
                        "encoder",
                        new LSTM.Builder()
                                .setStateSize(SIZE)
                                .setNumLayers(1)
                                .optReturnState(true)
                                .build());
        Supplier<GRU.Builder> make = GRU.Builder::new;
        decoder = addChildBlock("decoder", make.get().setStateSize(SIZE).setNumLayers(1).build());
        rest =
                addChildBlock(
                        "rest",
                        RNN.builder()
                                .setStateSize(SIZE)
                                .setNumLayers(1)
                                .setActivation(RNN.Activation.TANH)
                                .build());
        norm = addChildBlock("norm", GhostBatchNorm.builder().optVirtualBatchSize(8).build());
        head = addChildBlock("head", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray known = words.forward(parameters, inputs, training).singletonOrThrow();
        NDArray tagged = tags.forward(parameters, inputs, training).singletonOrThrow();
        NDList read = encoder.forward(parameters, new NDList(known.add(tagged)), training);
        NDList start = new NDList(read.get(0), read.get(1));
        NDList decoded = decoder.forward(parameters, start, training);
        NDArray last = rest.forward(parameters, decoded, training).head().get(":, -1");
        NDList normed = norm.forward(parameters, new NDList(last), training);
        return head.forward(parameters, normed, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        words.initialize(manager, type, inputs);
        tags.initialize(manager, type, inputs);
        Shape sequence = new Shape(inputs[0].get(0), LENGTH, SIZE);
        encoder.initialize(manager, type, sequence);
        decoder.initialize(manager, type, sequence);
        rest.initialize(manager, type, sequence);
        norm.initialize(manager, type, new Shape(inputs[0].get(0), SIZE));
        head.initialize(manager, type, new Shape(inputs[0].get(0), SIZE));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return head.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), SIZE)});
    }
}
