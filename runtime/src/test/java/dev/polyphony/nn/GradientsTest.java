/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.train.loss.MemberLoss;
import dev.polyphony.train.loss.Reduction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of whole ensembles. */
class GradientsTest {

    private static final MemberLoss LOSS = new MemberLoss(Reduction.SUM);
    private static final float STEP = 3e-3f;

    private NDManager manager;

    /** What MixMo mixes by; null for all others. */
    private NDArray mixing;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(17);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> singles() {
        return EnsembleContractTest.singles()
                .filter(
                        pair ->
                                pair.get()[0] == LayerCase.DROPOUT
                                        || ((TestModel) pair.get()[0]).isDeterministicClassifier());
    }

    @ParameterizedTest
    @MethodSource("singles")
    void thoseOfOneMemberAreTheModels(TestModel model, Form form) {
        Block base = model.newBase();
        base.initialize(manager, DataType.FLOAT32, model.getInput());
        Ensemble ensemble = initialized(model, form);
        List<Parameter> from = base.getParameters().values();
        List<Parameter> to = ensemble.getParameters().values();
        for (int i = 0; i < from.size(); i++) {
            from.get(i).getArray().copyTo(to.get(i).getArray());
        }
        Shape shape = new Shape(4).addAll(model.getInput().slice(1));
        NDArray x = model.newExamples(manager, shape);
        NDArray labels = labels(4);
        backward(base, x, labels);
        backward(ensemble, x, labels);
        for (int i = 0; i < from.size(); i++) {
            NDArray expected = from.get(i).getArray();
            NDArray actual = to.get(i).getArray();
            assertEquals(expected, actual, "running statistics of " + from.get(i));
            if (from.get(i).requiresGradient()) {
                assertEquals(expected.getGradient(), actual.getGradient(), "" + from.get(i));
            }
        }
    }

    static Stream<Arguments> layers() {
        return EnsembleContractTest.pairs()
                .filter(pair -> pair.get()[0] instanceof LayerCase)
                .filter(pair -> !(pair.get()[1] instanceof DeepEnsembleForm));
    }

    /** Along the gradient itself, which finds a wrong size, and a random way, which finds gaps. */
    @ParameterizedTest
    @MethodSource("layers")
    void agreeWithFiniteDifferences(TestModel model, Form form) {
        Ensemble ensemble = initialized(model, form);
        Shape example = model.getInput().slice(1);
        NDArray x = model.newExamples(manager, new Shape(5, form.getMembers()).addAll(example));
        NDArray labels = labels(5);
        if (form.takesMixing()) {
            mixing = manager.randomNormal(new Shape(5, form.getMembers())).softmax(1);
        }
        // smaller where there is a kink
        float step = model == LayerCase.PRELU ? STEP / 10 : STEP;
        backward(ensemble, x, labels);
        for (Parameter parameter : ensemble.getParameters().values()) {
            if (!parameter.requiresGradient()) {
                continue;
            }
            NDArray gradient = parameter.getArray().getGradient().duplicate();
            assertTrue(gradient.norm().getFloat() > 0, "no gradient reaches " + parameter);
            for (NDArray way : List.of(gradient, manager.randomNormal(gradient.getShape()))) {
                NDArray direction = way.div(way.norm());
                double expected = gradient.mul(direction).sum().getFloat();
                double slope =
                        (shifted(ensemble, parameter, direction, step, x, labels)
                                        - shifted(ensemble, parameter, direction, -step, x, labels))
                                / (2 * step);
                assertEquals(
                        slope,
                        expected,
                        2e-3 + 0.01 * Math.abs(slope),
                        parameter.getName()
                                + (way == gradient
                                        ? " along its gradient"
                                        : " along a random way"));
            }
        }
    }

    private double shifted(
            Ensemble ensemble,
            Parameter parameter,
            NDArray direction,
            float step,
            NDArray x,
            NDArray labels) {
        NDArray values = parameter.getArray();
        NDArray kept = values.duplicate();
        kept.add(direction.mul(step)).copyTo(values);
        float loss = loss(ensemble, x, labels).getFloat();
        kept.copyTo(values);
        return loss;
    }

    private Ensemble initialized(TestModel model, Form form) {
        Ensemble ensemble = model.newEnsemble(form);
        ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
        return ensemble;
    }

    private NDArray labels(int rows) {
        return manager.randomInteger(0, TestModel.CLASSES, new Shape(rows), DataType.INT64);
    }

    private void backward(Block block, NDArray x, NDArray labels) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(loss(block, x, labels));
        }
    }

    private NDArray loss(Block block, NDArray x, NDArray labels) {
        // so that dropout draws the same
        Engine.getInstance().setRandomSeed(23);
        ParameterStore parameters = new ParameterStore(manager, false);
        NDList inputs = mixing == null ? new NDList(x) : new NDList(x, mixing);
        NDArray y = block.forward(parameters, inputs, true).head();
        // a plain model has no axis of members
        NDArray each = block instanceof Ensemble ? y : y.expandDims(1);
        NDArray answers = each.getShape().dimension() > 3 ? each.mean(new int[] {2}) : each;
        return LOSS.evaluate(new NDList(labels), new NDList(answers));
    }
}
