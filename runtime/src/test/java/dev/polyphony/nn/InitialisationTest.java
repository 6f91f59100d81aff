/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.XavierInitializer;
import dev.polyphony.FastWeightForm;
import dev.polyphony.golden.GoldenLayer;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleConv2d;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.layer.EnsembleLayerNorm;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters start as those of plain layers of one member's size. */
class InitialisationTest {

    private static final Initializer GLOROT =
            new XavierInitializer(
                    XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3);
    private static final int M = 4;
    private static final int IN = 48;
    private static final int OUT = 96;

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

    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void sixteenBitsAreRefused(DataType type) {
        Ensemble ensemble =
                new TestModels.TestEnsemble(
                        PackedForm.of(2),
                        EnsembleLinear.builder(PackedForm.of(2)).setUnits(3).build());
        String refused =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ensemble.initialize(manager, type, new Shape(1, 4)))
                        .getMessage();
        assertTrue(
                refused.contains("initialised with " + type) && refused.contains("FLOAT32"),
                refused);
    }

    /** Forms, where a layer stands, its groups, and the plain layer of one member. */
    static Stream<Arguments> layers() {
        Form packed = PackedForm.of(M);
        Form factors = BatchEnsembleForm.of(M);
        Form additive = BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE);
        return Stream.of(
                Arguments.of(packed, Role.INPUT, 1, M, OUT / 2, IN),
                Arguments.of(packed, Role.HIDDEN, 1, M, OUT / 2, IN / 2),
                Arguments.of(packed, Role.HIDDEN, 2, M, OUT / 2, IN / 4),
                Arguments.of(
                        PackedForm.of(M).gamma(2).minChannelsPerGroup(1),
                        Role.HIDDEN,
                        1,
                        M,
                        OUT / 2,
                        IN / 4),
                Arguments.of(packed, Role.OUTPUT, 1, M, OUT, IN / 2),
                Arguments.of(factors, Role.HIDDEN, 1, 1, OUT, IN),
                Arguments.of(factors, Role.HIDDEN, 2, 1, OUT, IN / 2),
                Arguments.of(additive, Role.HIDDEN, 1, 1, OUT, IN),
                Arguments.of(MasksemblesForm.of(M), Role.HIDDEN, 1, 1, OUT, IN),
                // each output sums over the inputs of all members
                Arguments.of(MimoForm.of(M), Role.INPUT, 1, 1, OUT, M * IN),
                Arguments.of(MimoForm.of(M), Role.HIDDEN, 1, 1, OUT, IN),
                Arguments.of(MimoForm.of(M), Role.OUTPUT, 1, M, OUT, IN),
                Arguments.of(MixMoForm.of(M), Role.INPUT, 1, M, OUT, IN),
                Arguments.of(MixMoForm.of(M), Role.OUTPUT, 1, M, OUT, IN),
                Arguments.of(SubEnsembleForm.of(M), Role.HIDDEN, 1, 1, OUT, IN),
                Arguments.of(SubEnsembleForm.of(M), Role.OUTPUT, 1, M, OUT, IN));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void convolutionsStartAsPlainOnes(
            Form form, Role role, int groups, int parts, long units, long inputs) {
        Shape plain = new Shape(units, inputs, 3, 3);
        check(
                initializer -> {
                    EnsembleLayer layer =
                            EnsembleConv2d.builder(form)
                                    .setKernelShape(new Shape(3, 3))
                                    .setFilters(OUT)
                                    .optGroups(groups)
                                    .build();
                    return weight(layer, initializer, form, role, new Shape(5, 5));
                },
                parts,
                plain);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void linearLayersStartAsPlainOnes(
            Form form, Role role, int groups, int parts, long units, long inputs) {
        boolean cuts = form instanceof MixMoForm && role.readsInput();
        if (groups > 1 || cuts) {
            return;
        }
        check(
                initializer -> {
                    EnsembleLayer layer = EnsembleLinear.builder(form).setUnits(OUT).build();
                    return weight(layer, initializer, form, role, new Shape());
                },
                parts,
                new Shape(units, inputs));
    }

    /** Under an initialiser that records, one that counts outputs too, and DJL's default. */
    private static void check(Function<Initializer, NDArray> start, int parts, Shape plain) {
        List<Shape> seen = new ArrayList<>();
        NDArray ours =
                start.apply(
                        (manager, shape, dataType) -> {
                            seen.add(shape);
                            return manager.full(shape, (float) seen.size());
                        });
        assertEquals(Collections.nCopies(parts, plain), seen);
        assertEquals(parts * plain.size(), ours.getShape().size());
        float[] values = ours.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            assertEquals(1 + i / plain.size(), (long) values[i]);
        }
        double size = plain.slice(2).size();
        double fanIn = plain.get(1) * size;
        double fanOut = plain.get(0) * size;
        assertDeviation(Math.sqrt(2 / (fanIn + fanOut)), start.apply(GLOROT));
        assertDeviation(Math.sqrt(2 / fanIn), start.apply(Parameter.Type.WEIGHT.getInitializer()));
    }

    private static void assertDeviation(double expected, NDArray values) {
        float[] all = values.toFloatArray();
        double squares = 0;
        for (float value : all) {
            squares += value * value;
        }
        double deviation = Math.sqrt(squares / all.length);
        // six standard errors of a normal sample, those of a uniform one are smaller
        assertEquals(expected, deviation, 6 * expected / Math.sqrt(2.0 * all.length));
    }

    private NDArray weight(
            EnsembleLayer layer, Initializer initializer, Form form, Role role, Shape places) {
        layer.setInitializer(initializer, Parameter.Type.WEIGHT);
        boolean narrow = form instanceof PackedForm && !role.readsInput();
        Shape base = new Shape(1, IN).addAll(places);
        Shape member = new Shape(M, narrow ? IN / 2 : IN).addAll(places);
        return new GoldenLayer(manager, layer, role, base, member).get("weight").getArray();
    }

    /** Through the ensemble, as DJL's trainer sets them; what sets members apart is left alone. */
    @ParameterizedTest
    @MethodSource("isolating")
    void usersInitialisersReachEveryWeight(Form form) {
        Ensemble ensemble = TestModels.MLP.newEnsemble(form);
        ensemble.setInitializer(new ConstantInitializer(0.25f), Parameter.Type.WEIGHT);
        ensemble.initialize(manager, DataType.FLOAT32, TestModels.MLP.getInput());
        for (Parameter parameter : ensemble.getParameters().values()) {
            NDArray array = parameter.getArray();
            if (parameter.getType() == Parameter.Type.WEIGHT) {
                assertEquals(manager.full(array.getShape(), 0.25f), array);
            } else if (parameter.getType() == Parameter.Type.OTHER) {
                assertNotEquals(array.get(0), array.get(1), "members' " + parameter.getName());
            }
        }
    }

    static Stream<Form> isolating() {
        return Stream.of(
                PackedForm.of(M), BatchEnsembleForm.of(M), MimoForm.of(M), SubEnsembleForm.of(M));
    }

    @Test
    void normalisationsAskForTheShapeOfAMember() {
        Form form = PackedForm.of(M);
        Initializer ramp =
                (manager, shape, dataType) -> manager.arange((float) shape.size()).reshape(shape);
        EnsembleLayer batch = EnsembleBatchNorm.builder(form).build();
        batch.setInitializer(ramp, Parameter.Type.GAMMA);
        EnsembleLayer layer = EnsembleLayerNorm.builder(form).axis(1).build();
        layer.setInitializer(ramp, Parameter.Type.GAMMA);
        for (EnsembleLayer norm : List.of(batch, layer)) {
            Shape shape = new Shape(M, 3);
            GoldenLayer fitted = new GoldenLayer(manager, norm, Role.HIDDEN, shape, shape);
            float[] gamma = fitted.get("gamma").getArray().toFloatArray();
            assertArrayEquals(new float[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}, gamma);
        }
    }

    @Test
    void factorsKeepTheSizeOfWhatTheyScale() {
        Form form = BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE);
        EnsembleLayer layer =
                EnsembleConv2d.builder(form)
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(OUT)
                        .optGroups(2)
                        .build();
        Shape shape = new Shape(M, IN, 5, 5);
        GoldenLayer fitted = new GoldenLayer(manager, layer, Role.HIDDEN, shape, shape);
        double expected = 1 / Math.sqrt(IN / 2 * 9);
        for (float r : fitted.get("r").getArray().toFloatArray()) {
            assertEquals(expected, Math.abs(r), 1e-6);
        }
    }

    /** Narrow layers, and groups that pair each output with few inputs. */
    static Stream<Arguments> narrow() {
        return Stream.of(
                Arguments.of(2, 2, 1, 4),
                Arguments.of(1, 3, 1, 8),
                Arguments.of(3, 1, 1, 8),
                Arguments.of(2, 2, 2, 4),
                Arguments.of(3, 3, 3, 8),
                Arguments.of(4, 4, 2, 6));
    }

    @ParameterizedTest
    @MethodSource("narrow")
    void randomSignsSetAllMembersApart(int inputs, int filters, int groups, int members) {
        for (int seed = 0; seed < 50; seed++) {
            Engine.getInstance().setRandomSeed(seed);
            EnsembleLayer layer =
                    EnsembleConv2d.builder(BatchEnsembleForm.of(members))
                            .setKernelShape(new Shape(1, 1))
                            .setFilters(filters)
                            .optGroups(groups)
                            .build();
            Shape shape = new Shape(members, inputs, 2, 2);
            GoldenLayer fitted = new GoldenLayer(manager, layer, Role.HIDDEN, shape, shape);
            float[] r = fitted.get("r").getArray().toFloatArray();
            float[] s = fitted.get("s").getArray().toFloatArray();
            Set<String> weights = new HashSet<>();
            for (int m = 0; m < members; m++) {
                StringBuilder own = new StringBuilder();
                for (int o = 0; o < filters; o++) {
                    int group = o / (filters / groups);
                    for (int i = 0; i < inputs / groups; i++) {
                        int input = group * (inputs / groups) + i;
                        own.append((int) (s[m * filters + o] * r[m * inputs + input])).append(' ');
                    }
                }
                weights.add(own.toString());
            }
            assertEquals(members, weights.size(), "seed " + seed + ": " + weights);
        }
    }
}
