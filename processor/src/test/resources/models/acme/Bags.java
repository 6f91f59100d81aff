/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.List;

/** A classifier of texts by their words, in any order. */
@Packed(m = 2)
@Mimo(m = 2)
@MixMo(m = 2, method = MixMethod.LINEAR)
@BatchEnsemble(m = 2)
@Masksembles(m = 2)
@SubEnsemble(m = 2)
public final class Bags extends SequentialBlock {

    private static final List<String> WORDS = List.of("good", "fine", "bad", "poor");

    public Bags(int classes) {
        add(
                TrainableWordEmbedding.builder()
                        .setVocabulary(new DefaultVocabulary(WORDS))
                        .setEmbeddingSize(12)
                        .build());
        addSingleton(x -> x.mean(new int[] {1}));
        add(Linear.builder().setUnits(classes).build());
    }
}
