/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.training.initializer.XavierInitializer;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The members of a deep ensemble draw the same in one network, in copies, and alone. */
class VectorizedTest {

    private static final int M = 3;
    private static final DeepEnsembleForm COPIES = DeepEnsembleForm.of(M);
    private static final Form VECTORIZED = COPIES.vectorized(true);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<TestModel> models() {
        return Stream.<TestModel[]>of(TestModels.values(), LayerCase.values()).flatMap(Stream::of);
    }

    @ParameterizedTest
    @MethodSource("models")
    void startsAsCopiesDo(TestModel model) {
        check(model, null);
    }

    /** Initialisers of the user's, one of which counts inputs and outputs from the shape. */
    @ParameterizedTest
    @MethodSource("models")
    void startsAsCopiesDoFromOtherInitializers(TestModel model) {
        check(model, new XavierInitializer());
        check(model, new NormalInitializer(0.1f));
        check(model, new UniformInitializer(0.3f));
    }

    private void check(TestModel model, Initializer initializer) {
        Ensemble copies = initialized(model, COPIES, initializer);
        Ensemble one = initialized(model, VECTORIZED, initializer);
        List<Block> together = MembersAsModelsTest.leaves(one);
        Block plain = model.newBase();
        plain.initialize(manager, DataType.FLOAT32, model.getInput());
        List<Block> target = MembersAsModelsTest.leaves(plain);
        for (int m = 0; m < M; m++) {
            for (int i = 0; i < target.size(); i++) {
                MembersAsModelsTest.copy(together.get(i), target.get(i), m, VECTORIZED);
            }
            List<Parameter> expected = copies.getChildren().valueAt(m).getParameters().values();
            List<Parameter> actual = plain.getParameters().values();
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(
                        expected.get(i).getArray(),
                        actual.get(i).getArray(),
                        "member " + m + ": " + expected.get(i));
            }
        }
    }

    private Ensemble initialized(TestModel model, Form form, Initializer initializer) {
        Engine.getInstance().setRandomSeed(3);
        Ensemble ensemble = model.newEnsemble(form);
        if (initializer != null) {
            ensemble.setInitializer(initializer, Parameter.Type.WEIGHT);
        }
        ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
        return ensemble;
    }

    /** What one member draws says nothing about the next, nor one parameter about another. */
    @Test
    void allParametersAreDrawnApart() {
        Ensemble copies = initialized(TestModels.MLP, COPIES, new NormalInitializer(1));
        List<NDArray> weights =
                copies.getParameters().values().stream()
                        .filter(p -> p.getType() == Parameter.Type.WEIGHT)
                        .map(p -> p.getArray().flatten().get("0:8"))
                        .toList();
        assertEquals(3 * M, weights.size());
        for (int i = 0; i < weights.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertTrue(weights.get(i).sub(weights.get(j)).abs().min().getFloat() > 1e-4);
            }
        }
    }

    /** Dropout of a member does not depend on what the members before it draw. */
    @Test
    void membersDropApart() {
        Ensemble ensemble =
                new Ensemble(
                        COPIES,
                        () ->
                                new SequentialBlock()
                                        .add(Dropout.builder().optRate(0.5f).build())
                                        .add(Linear.builder().setUnits(2).build())) {};
        Engine.getInstance().setRandomSeed(3);
        ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 64));
        for (int m = 0; m < M; m++) {
            // with the identity behind it, the outputs are what is left of the ones
            Parameter weight = ensemble.getChildren().valueAt(m).getParameters().valueAt(0);
            manager.eye(64).get("0:2").copyTo(weight.getArray());
        }
        NDArray x = manager.ones(new Shape(200, 64));
        Engine.getInstance().setRandomSeed(8);
        NDArray first = train(ensemble, x);
        NDArray next = train(ensemble, x);
        Engine.getInstance().setRandomSeed(8);
        assertEquals(first, train(ensemble, x));
        assertTrue(first.neq(next).sum().getLong() > 100);
        assertTrue(first.get(":, 0").neq(first.get(":, 1")).sum().getLong() > 50);
    }

    private NDArray train(Ensemble ensemble, NDArray x) {
        return ensemble.forward(new ParameterStore(manager, false), new NDList(x), true).head();
    }

    @Test
    void copiesAndOneNetworkAreNotTakenForOneAnother() {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new Ensemble(
                                                COPIES.vectorized(true),
                                                TestModels.MLP::newBase) {})
                        .getMessage();
        assertEquals(
                "DeepEnsemble(m = 3, vectorized) is one network of ensemble layers, not copies of a model",
                message);
    }
}
