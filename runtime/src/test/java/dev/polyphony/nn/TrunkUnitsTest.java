/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recurrent layers and embeddings at both ends of a shared trunk, against DJL's own layers. */
class TrunkUnitsTest {

    private static final int M = 3;
    private static final Shape SEQUENCE = new Shape(1, 4, 5);
    private static final Shape IDS = new Shape(1, 4);
    private static final MixMoForm MIXMO = MixMoForm.of(M).method(MixMethod.LINEAR);

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(3);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void mimoReadsTheFeaturesOfAllMembersSideBySide() {
        Ensemble ensemble = recurrent(MimoForm.of(M));
        NDArray x = manager.randomNormal(new Shape(2, M, 4, 5));
        Block reader = LayerKit.base().lstm(6, 1, false, false);
        NDArray joined = x.transpose(0, 2, 1, 3).reshape(2, 4, M * 5);
        NDArray trunk = run(reader, joined, ensemble.getLayers().get(0), 0, 1);
        assertClose(heads(ensemble, trunk), predict(ensemble, x));
    }

    @Test
    void mimoAddsTheMembersEmbeddings() {
        Ensemble ensemble = words(MimoForm.of(M));
        NDArray x = manager.randomInteger(0, 9, new Shape(2, M, 4), DataType.INT64);
        NDArray trunk = sumOfEmbeddings(ensemble, x);
        assertClose(heads(ensemble, trunk), predict(ensemble, x));
    }

    @Test
    void mixMoMixesTheFeaturesOfAReaderForEachMember() {
        Ensemble ensemble = recurrent(MIXMO);
        NDArray x = manager.randomNormal(new Shape(2, M, 4, 5));
        NDArray ratios =
                manager.create(new float[] {0.2f, 0.3f, 0.5f, 0.6f, 0.3f, 0.1f}, new Shape(2, M));
        NDArray even = null;
        NDArray mixed = null;
        for (int m = 0; m < M; m++) {
            Block reader = LayerKit.base().lstm(6, 1, false, false);
            NDArray own = x.get(new NDIndex(":, {}", m));
            NDArray y = run(reader, own, ensemble.getLayers().get(0), m, M);
            NDArray share = y.mul(ratios.get(new NDIndex(":, {}", m)).reshape(2, 1, 1)).mul(M);
            even = even == null ? y : even.add(y);
            mixed = mixed == null ? share : mixed.add(share);
        }
        assertClose(heads(ensemble, even), predict(ensemble, x));
        NDArray training =
                ensemble.forward(store(), new NDList(x, ratios), true).singletonOrThrow();
        assertClose(heads(ensemble, mixed), training);
    }

    @Test
    void mixMoMixesEmbeddings() {
        Ensemble ensemble = words(MIXMO);
        NDArray x = manager.randomInteger(0, 9, new Shape(2, M, 4), DataType.INT64);
        NDArray trunk = sumOfEmbeddings(ensemble, x);
        assertClose(heads(ensemble, trunk), predict(ensemble, x));
    }

    @Test
    void subEnsembleHasAHeadForEachMember() {
        Ensemble ensemble = recurrent(SubEnsembleForm.of(M));
        NDArray x = manager.randomNormal(new Shape(2, 4, 5));
        Block reader = LayerKit.base().lstm(6, 1, false, false);
        NDArray trunk = run(reader, x, ensemble.getLayers().get(0), 0, 1);
        assertClose(heads(ensemble, trunk), predict(ensemble, x));
    }

    /** An LSTM at each end. */
    private Ensemble recurrent(Form form) {
        LayerKit kit = LayerKit.of(form);
        SequentialBlock network =
                new SequentialBlock()
                        .add(kit.lstm(6, 1, false, false))
                        .add(kit.lstm(3, 1, false, false));
        return initialized(form, network, SEQUENCE);
    }

    private Ensemble words(Form form) {
        LayerKit kit = LayerKit.of(form);
        SequentialBlock network =
                new SequentialBlock().add(kit.words(9, 6)).add(kit.lstm(3, 1, false, false));
        return initialized(form, network, IDS);
    }

    private Ensemble initialized(Form form, Block network, Shape input) {
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, input);
        for (Parameter parameter : ensemble.getParameters().values()) {
            manager.randomNormal(parameter.getShape()).copyTo(parameter.getArray());
        }
        return ensemble;
    }

    private NDArray sumOfEmbeddings(Ensemble ensemble, NDArray x) {
        NDArray sum = null;
        for (int m = 0; m < M; m++) {
            NDArray own = x.get(new NDIndex(":, {}", m));
            NDArray y = run(LayerKit.base().words(9, 6), own, ensemble.getLayers().get(0), m, M);
            sum = sum == null ? y : sum.add(y);
        }
        return sum;
    }

    /** What the members' LSTMs make of the trunk's features {@code [B, T, 6]}. */
    private NDArray heads(Ensemble ensemble, NDArray trunk) {
        NDList answers = new NDList();
        for (int m = 0; m < M; m++) {
            Block head = LayerKit.base().lstm(3, 1, false, false);
            answers.add(run(head, trunk, ensemble.getLayers().get(1), m, M));
        }
        return NDArrays.stack(answers, 1);
    }

    /** Runs a plain layer with the parameters that a layer has for a member. */
    private NDArray run(Block plain, NDArray x, EnsembleLayer layer, int m, int copies) {
        plain.initialize(manager, DataType.FLOAT32, x.getShape());
        for (Parameter target : plain.getDirectParameters().values()) {
            NDArray stack = layer.getDirectParameters().get(target.getName()).getArray();
            assertEquals(copies * target.getShape().size(), stack.getShape().size());
            NDArray own = stack.reshape(new Shape(copies).addAll(target.getShape())).get(m);
            own.copyTo(target.getArray());
        }
        return predict(plain, x);
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(store(), new NDList(x), false).singletonOrThrow();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference < 1e-5, () -> "differs by " + difference);
    }
}
