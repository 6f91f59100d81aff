/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleIdEmbedding;
import dev.polyphony.nn.layer.EnsembleTrainableWordEmbedding;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to embeddings: the ids that they take. */
class LookupTest {

    private static final int M = 3;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"INT64", "INT32", "UINT8", "FLOAT32"})
    void takesIdsOfAnyNumberType(DataType type) {
        Ensemble ensemble = initialized(new Shape(1, 4));
        NDArray ids = manager.randomInteger(0, 7, new Shape(2, M, 4), DataType.INT64);
        NDArray y = run(ensemble, ids.toType(type, true));
        NDArray table =
                ensemble.getLayers().get(0).getDirectParameters().get(0).getValue().getArray();
        NDArray tables = table.reshape(M, 7, 6);
        for (int m = 0; m < M; m++) {
            long[] own = ids.get(new NDIndex(":, {}", m)).toLongArray();
            NDArray rows = y.get(new NDIndex(":, {}", m)).reshape(8, 6);
            for (int i = 0; i < own.length; i++) {
                assertEquals(tables.get(m).get(own[i]), rows.get(i));
            }
        }
    }

    @Test
    void takesOneIdForAnExample() {
        Ensemble ensemble = initialized(new Shape(1));
        NDArray ids = manager.create(new long[] {3, 0, 6, 1});
        assertEquals(new Shape(4, M, 6), run(ensemble, ids).getShape());
        assertTrue(LeakMatrix.of(ensemble, manager).isIdentity());
    }

    @Test
    void failsOnIdsThatAreNone() {
        Ensemble ensemble = initialized(new Shape(1, 4));
        NDArray ids = manager.create(new long[] {3, 0, 7, 1}, new Shape(1, 4));
        assertThrows(RuntimeException.class, () -> run(ensemble, ids));
    }

    @Test
    void cannotMergeMembersWhereItIsAllThereIs() {
        Form form = MimoForm.of(2);
        Block sole = new SequentialBlock().add(LayerKit.of(form).words(7, 6));
        Ensemble ensemble = new TestModels.TestEnsemble(form, sole);
        String message =
                assertThrows(
                                UnsupportedModelException.class,
                                () ->
                                        ensemble.initialize(
                                                manager, DataType.FLOAT32, new Shape(1, 4)))
                        .getMessage();
        assertTrue(message.contains("reads the input and writes the output"), message);
    }

    @Test
    void requiresWhatHasNoDefault() {
        Form form = PackedForm.of(2);
        assertThrows(
                IllegalArgumentException.class,
                () -> EnsembleIdEmbedding.builder(form).setEmbeddingSize(3).build());
        EnsembleTrainableWordEmbedding.Builder words =
                EnsembleTrainableWordEmbedding.builder(form).setEmbeddingSize(3);
        assertThrows(IllegalArgumentException.class, words::build);
        words.setVocabulary(new DefaultVocabulary(List.of("a", "b")));
        words.build();
        words.optNumEmbeddings(3);
        assertThrows(IllegalArgumentException.class, words::build);
    }

    /** Writes the output, so that it keeps its width and the answers are the embeddings. */
    private Ensemble initialized(Shape input) {
        Form form = PackedForm.of(M);
        Block network = new SequentialBlock().add(LayerKit.of(form).ids(7, 6));
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, input);
        return ensemble;
    }

    private NDArray run(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
