/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of models whose forward pass in training is another one than in prediction. */
class GeneratedForwardsTest {

    private static final int M = 3;
    private static final int CLASSES = 5;
    private static final Shape INPUT = new Shape(1, 12);

    private static GeneratedCode code;

    private NDManager manager;

    @BeforeAll
    static void compile() {
        code = GeneratedCode.compile("Hinted", "EarlyReturns");
    }

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(5);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> networks() {
        return Stream.of("Packed", "BatchEnsemble", "SubEnsemble")
                .flatMap(
                        form ->
                                Stream.of("Hinted", "EarlyReturns")
                                        .map(model -> Arguments.of(form, model)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void keepsMembersApart(String form, String model) {
        assertTrue(LeakMatrix.of((Ensemble) initialized(form + model), manager).isIdentity());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void isTheModelWithOneMember(String form, String model) {
        Block base = initialized(model);
        Block single = initialized("Single" + form + model);
        List<Parameter> from = base.getParameters().values();
        List<Parameter> to = single.getParameters().values();
        assertEquals(from.size(), to.size());
        for (int i = 0; i < from.size(); i++) {
            assertEquals(from.get(i).getShape(), to.get(i).getShape());
            from.get(i).getArray().copyTo(to.get(i).getArray());
        }
        NDArray x = manager.randomNormal(new Shape(4, 12));
        NDArray labels = manager.randomNormal(new Shape(4, CLASSES));
        assertEquals(predict(base, x).expandDims(1), predict(single, x));
        assertEquals(train(base, x, labels).expandDims(1), train(single, x, labels));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Packed", "BatchEnsemble", "SubEnsemble"})
    void eachMemberReadsItsOwnLabels(String form) {
        Ensemble ensemble = (Ensemble) initialized(form + "Hinted");
        NDArray x = manager.randomNormal(new Shape(4, M, 12));
        NDArray labels = manager.randomNormal(new Shape(4, M, CLASSES));
        NDArray answers = train(ensemble, x, labels);
        assertEquals(new Shape(4, M, CLASSES), answers.getShape());
        for (int m = 0; m < M; m++) {
            NDArray changed = labels.duplicate();
            changed.set(new NDIndex(":, {}", m), 3);
            NDArray change = train(ensemble, x, changed).sub(answers).abs();
            for (int other = 0; other < M; other++) {
                float most = change.get(new NDIndex(":, {}", other)).max().getFloat();
                assertTrue(other == m ? most > 1e-2 : most < 1e-5, m + " on " + other);
            }
        }
    }

    private Block initialized(String name) {
        Block block = code.newBlock(name, CLASSES);
        block.initialize(manager, DataType.FLOAT32, INPUT);
        return block;
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }

    /** The answers of training, with the same random numbers at each call. */
    private NDArray train(Block block, NDArray x, NDArray labels) {
        Engine.getInstance().setRandomSeed(9);
        ParameterStore store = new ParameterStore(manager, false);
        return block.forward(store, new NDList(x), new NDList(labels), null).head();
    }
}
