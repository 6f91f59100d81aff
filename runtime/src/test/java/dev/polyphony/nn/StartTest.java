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
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How the parameters of every layer start. */
class StartTest {

    private static final int M = 3;

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(13);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(LayerCase.values())
                .flatMap(
                        layer ->
                                Stream.of(
                                                PackedForm.of(M),
                                                PackedForm.of(M).alpha(M),
                                                BatchEnsembleForm.of(M),
                                                MasksemblesForm.of(M))
                                        .map(form -> Arguments.of(layer, form)));
    }

    /** The shapes tell an initialiser the inputs and outputs that a member really has. */
    @ParameterizedTest
    @MethodSource("pairs")
    void initialisersSeeThePlainLayersOfAMember(LayerCase layer, Form form) {
        boolean packed = form instanceof PackedForm;
        boolean narrow = form.getWidthKeeper().isPresent();
        Block plain = narrow ? layer.newModel(new SlicedKit(2, M)) : layer.newBase();
        plain.initialize(manager, DataType.FLOAT32, layer.getInput());
        List<Shape> expected = new ArrayList<>();
        for (Parameter weight : weights(plain)) {
            expected.addAll(Collections.nCopies(packed ? M : 1, weight.getShape()));
        }
        List<Shape> seen = new ArrayList<>();
        Initializer recorder =
                (scope, shape, type) -> {
                    seen.add(shape);
                    return scope.randomNormal(shape);
                };
        Ensemble ensemble = layer.newEnsemble(form);
        ensemble.setInitializer(recorder, Parameter.Type.WEIGHT);
        ensemble.initialize(manager, DataType.FLOAT32, layer.getInput());
        assertEquals(expected, seen);
    }

    private static List<Parameter> weights(Block block) {
        return block.getParameters().values().stream()
                .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                .toList();
    }

    /** By a predicate, for the whole network, and by a name, for one layer. */
    @Test
    void usersInitialisersReachWhatTheyName() {
        Ensemble ensemble = LayerCase.LINEAR.newEnsemble(PackedForm.of(M));
        ensemble.setInitializer(
                new ConstantInitializer(0.5f), parameter -> parameter.getName().equals("bias"));
        Block hidden = MembersAsModelsTest.leaves(ensemble).get(1);
        hidden.setInitializer(new ConstantInitializer(0.25f), "weight");
        ensemble.initialize(manager, DataType.FLOAT32, LayerCase.LINEAR.getInput());
        for (EnsembleLayer layer : ensemble.getLayers()) {
            for (Parameter parameter : layer.getDirectParameters().values()) {
                boolean bias = parameter.getName().equals("bias");
                float value = bias ? 0.5f : 0.25f;
                NDArray constant = manager.full(parameter.getShape(), value);
                assertEquals(
                        bias || layer == hidden,
                        constant.equals(parameter.getArray()),
                        layer.getBaseName() + " " + parameter.getName());
            }
        }
    }

    /** Who starts one of the two vectors leaves the other to set members apart. */
    @Test
    void theOtherFactorsSetMembersApart() {
        Ensemble ensemble = LayerCase.LINEAR.newEnsemble(BatchEnsembleForm.of(M));
        ensemble.setInitializer(
                new ConstantInitializer(1), parameter -> parameter.getName().equals("r"));
        ensemble.initialize(manager, DataType.FLOAT32, LayerCase.LINEAR.getInput());
        for (EnsembleLayer layer : ensemble.getLayers()) {
            NDArray r = layer.getDirectParameters().get("r").getArray();
            assertEquals(manager.ones(r.getShape()), r);
            NDArray s = layer.getDirectParameters().get("s").getArray();
            for (int m = 1; m < M; m++) {
                assertTrue(s.get(m).sub(s.get(m - 1)).abs().max().getFloat() == 2);
            }
        }
    }

    /** In every layer, whatever the seed; two that flip both their vectors are one. */
    @ParameterizedTest
    @EnumSource
    void randomSignsSetMembersApart(LayerCase layer) {
        for (FastWeightForm fast : FastWeightForm.values()) {
            Form form = BatchEnsembleForm.of(6).form(fast);
            Ensemble ensemble = layer.newEnsemble(form);
            ensemble.initialize(manager, DataType.FLOAT32, layer.getInput());
            List<Parameter> factors =
                    ensemble.getFastWeights().stream()
                            .filter(factor -> factor.getType() == Parameter.Type.OTHER)
                            .toList();
            assertTrue(factors.size() >= 2 && factors.size() % 2 == 0);
            for (int i = 0; i < factors.size(); i += 2) {
                NDArray r = factors.get(i).getArray().sign();
                NDArray s = factors.get(i + 1).getArray().sign();
                Set<String> products = new HashSet<>();
                for (int m = 0; m < 6; m++) {
                    NDArray product = s.get(m).reshape(-1, 1).mul(r.get(m));
                    products.add(Arrays.toString(product.toFloatArray()));
                }
                assertEquals(6, products.size(), fast + " " + factors.get(i).getName());
            }
        }
    }

    /** The masked network has the model's parameters and masks: a trained model's fit in. */
    @ParameterizedTest
    @EnumSource
    void maskedNetworksTakeTheParametersOfTheModel(LayerCase layer) {
        Block plain = layer.newBase();
        plain.initialize(manager, DataType.FLOAT32, layer.getInput());
        Ensemble masked = layer.newEnsemble(MasksemblesForm.of(M));
        masked.initialize(manager, DataType.FLOAT32, layer.getInput());
        List<Parameter> own =
                masked.getParameters().values().stream()
                        .filter(parameter -> !parameter.getName().equals("mask"))
                        .toList();
        List<Parameter> models = plain.getParameters().values();
        assertEquals(models.size(), own.size());
        for (int i = 0; i < own.size(); i++) {
            assertEquals(models.get(i).getName(), own.get(i).getName());
            assertEquals(models.get(i).getType(), own.get(i).getType());
            assertEquals(models.get(i).getShape(), own.get(i).getShape());
            models.get(i).getArray().copyTo(own.get(i).getArray());
        }
        masked.getParameters().values().stream()
                .filter(parameter -> parameter.getName().equals("mask"))
                .forEach(mask -> manager.ones(mask.getShape()).copyTo(mask.getArray()));
        NDArray x = layer.newExamples(manager, new Shape(4).addAll(layer.getInput().slice(1)));
        NDArray expected = run(plain, x).expandDims(1).repeat(1, M);
        NDArray difference = expected.sub(run(masked, x)).abs();
        assertTrue(difference.max().getFloat() < 1e-5, "with masks of ones it is the model");
    }

    private NDArray run(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
