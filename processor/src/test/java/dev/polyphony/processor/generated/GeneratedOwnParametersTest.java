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
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.LeakMatrix;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packed networks of a model whose blocks have parameters of their own: one for each member. */
class GeneratedOwnParametersTest {

    private static final int M = 3;
    private static final int CLASSES = 5;
    private static final Shape INPUT = new Shape(1, 7);
    private static final List<String> OWN = List.of("factor", "matrix");

    private static GeneratedCode code;

    private NDManager manager;

    @BeforeAll
    static void compile() {
        code = GeneratedCode.compile("Scaled");
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

    @Test
    void eachMemberIsTheModelWithItsParameters() {
        Ensemble packed = initialized("PackedScaled");
        NDArray x = manager.randomNormal(new Shape(4, M, 7));
        NDArray y = predict(packed, x);
        for (int m = 0; m < M; m++) {
            Block base = code.newBlock("Scaled", CLASSES);
            base.initialize(manager, DataType.FLOAT32, INPUT);
            copy(packed.getParameters().values(), base.getParameters().values(), m);
            NDIndex member = new NDIndex(":, {}", m);
            NDArray expected = predict(base, x.get(member));
            assertTrue(expected.sub(y.get(member)).abs().max().getFloat() < 1e-5);
        }
    }

    /** Layers stack the members' parameters, blocks have one after the other. */
    private static void copy(List<Parameter> ensemble, List<Parameter> base, int m) {
        int at = 0;
        for (Parameter target : base) {
            boolean isOwn = OWN.contains(target.getName());
            Parameter from = ensemble.get(isOwn ? at + m : at);
            assertEquals(target.getName(), from.getName());
            Shape shape = isOwn ? target.getShape() : new Shape(M).addAll(target.getShape());
            NDArray value = from.getArray().reshape(shape);
            (isOwn ? value : value.get(m)).copyTo(target.getArray());
            at += isOwn ? M : 1;
        }
        assertEquals(ensemble.size(), at);
    }

    @Test
    void oneMemberIsTheModel() {
        Ensemble single = initialized("SingleScaled");
        Block base = code.newBlock("Scaled", CLASSES);
        base.initialize(manager, DataType.FLOAT32, INPUT);
        List<Parameter> from = base.getParameters().values();
        List<Parameter> to = single.getParameters().values();
        assertEquals(from.size(), to.size());
        for (int i = 0; i < from.size(); i++) {
            assertEquals(from.get(i).getShape(), to.get(i).getShape());
            from.get(i).getArray().copyTo(to.get(i).getArray());
        }
        NDArray x = manager.randomNormal(new Shape(4, 7));
        assertEquals(predict(base, x).expandDims(1), predict(single, x));
    }

    @Test
    void membersStayApartInAnyWidth() {
        for (String name : List.of("PackedScaled", "NarrowScaled")) {
            Ensemble packed = initialized(name);
            assertTrue(LeakMatrix.of(packed, manager).isIdentity());
            // alpha = 1.5 makes half of 12
            long width = name.startsWith("Narrow") ? 6 : 12;
            assertEquals(3 * M, count(packed, "factor", new Shape(width)));
            assertEquals(2 * M, count(packed, "matrix", new Shape(width, width)));
        }
    }

    private static long count(Ensemble ensemble, String name, Shape shape) {
        return ensemble.getParameters().values().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .filter(parameter -> parameter.getShape().equals(shape))
                .count();
    }

    @Test
    void trainingMovesEachAndLowersTheLoss() {
        Ensemble packed = initialized("NarrowScaled");
        NDArray x = manager.randomNormal(new Shape(8, M, 7));
        NDArray target = manager.randomNormal(new Shape(8, M, CLASSES));
        List<NDArray> parameters =
                packed.getParameters().values().stream().map(Parameter::getArray).toList();
        List<NDArray> before = parameters.stream().map(NDArray::duplicate).toList();
        float first = step(packed, x, target, parameters);
        float last = first;
        for (int i = 0; i < 10; i++) {
            last = step(packed, x, target, parameters);
        }
        assertTrue(last < first, first + " to " + last);
        for (int i = 0; i < before.size(); i++) {
            float change = parameters.get(i).sub(before.get(i)).abs().max().getFloat();
            assertTrue(change > 0, packed.getParameters().keys().get(i));
        }
    }

    private float step(Ensemble packed, NDArray x, NDArray target, List<NDArray> parameters) {
        float loss;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            parameters.forEach(array -> array.setRequiresGradient(true));
            NDList answers =
                    packed.forward(new ParameterStore(manager, false), new NDList(x), true);
            NDArray error = answers.head().sub(target);
            NDArray mean = error.mul(error).mean();
            collector.backward(mean);
            loss = mean.getFloat();
        }
        for (NDArray array : parameters) {
            NDArray gradient = array.getGradient();
            array.subi(gradient.mul(0.01f));
            gradient.subi(gradient);
        }
        return loss;
    }

    private Ensemble initialized(String name) {
        Ensemble ensemble = code.newEnsemble(name, CLASSES);
        ensemble.initialize(manager, DataType.FLOAT32, INPUT);
        return ensemble;
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
