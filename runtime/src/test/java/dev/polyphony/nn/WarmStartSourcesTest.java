/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an ensemble may start from, how far from it members start, and what is refused. */
class WarmStartSourcesTest {

    private static final int M = 3;
    private static final TestModel MODEL = TestModels.MLP;

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(7);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static List<Form> apart() {
        return List.of(PackedForm.of(M).alpha(M), DeepEnsembleForm.of(M));
    }

    @ParameterizedTest
    @MethodSource("apart")
    void eachMemberStartsFromItsOwnModel(Form form) {
        Block[] models = {plain(), plain(), plain()};
        Ensemble ensemble = MODEL.newEnsemble(form);
        // before it is initialised: when it is, it starts
        ensemble.startFrom(WarmStart.of(models));
        ensemble.initialize(manager, DataType.FLOAT32, MODEL.getInput());
        NDArray x = manager.randomNormal(new Shape(4, 12));
        NDArray answers = predict(ensemble, x);
        for (int m = 0; m < M; m++) {
            assertClose(predict(models[m], x), answers.get(new NDIndex(":, {}", m)));
        }
    }

    @Test
    void fastWeightsStayAsTheyWereDrawn() {
        Block plain = plain();
        for (FastWeightForm fast : FastWeightForm.values()) {
            Ensemble ensemble = initialized(BatchEnsembleForm.of(M).form(fast));
            List<NDArray> before = vectors(ensemble);
            ensemble.startFrom(WarmStart.of(plain));
            assertEquals(before, vectors(ensemble));
            assertClose(
                    plain.getParameters().valueAt(0).getArray(),
                    ensemble.getParameters().valueAt(0).getArray());
        }
    }

    private static List<NDArray> vectors(Ensemble ensemble) {
        return ensemble.getFastWeights().stream()
                .filter(one -> one.getName().matches("[rs]"))
                .map(one -> one.getArray().duplicate())
                .toList();
    }

    /** A factor of standard deviation 0.1 for each of a member's numbers. */
    @Test
    void membersStartAsFarFromTheModelAsTheSpreadSays() {
        Block plain = plain();
        NDArray weight = plain.getParameters().valueAt(2).getArray();
        for (Form form : apart()) {
            Ensemble ensemble = initialized(form);
            ensemble.startFrom(WarmStart.of(plain).optSpread(0.1));
            for (int m = 0; m < M; m++) {
                Block member = plain();
                ensemble.extractMember(m, member);
                NDArray factor = member.getParameters().valueAt(2).getArray().div(weight);
                assertEquals(1, factor.mean().getFloat(), 0.02);
                assertEquals(0.1, deviation(factor), 0.02);
            }
        }
        // a trunk that is shared stays the model's
        Ensemble heads = initialized(SubEnsembleForm.of(M));
        heads.startFrom(WarmStart.of(plain).optSpread(0.1));
        Block member = plain();
        heads.extractMember(1, member);
        assertEquals(weight, member.getParameters().valueAt(2).getArray());
        assertNotEquals(
                plain.getParameters().valueAt(4).getArray(),
                member.getParameters().valueAt(4).getArray());
    }

    @Test
    void spreadOfFastWeightsIsAroundOne() {
        Ensemble ensemble = initialized(BatchEnsembleForm.of(M));
        ensemble.startFrom(WarmStart.of(plain()).optSpread(0.1));
        NDArray r = vectors(ensemble).get(2);
        assertEquals(1, r.mean().getFloat(), 0.05);
        assertEquals(0.1, deviation(r), 0.03);
    }

    private static float deviation(NDArray x) {
        return (float) Math.sqrt(x.sub(x.mean()).square().mean().getFloat());
    }

    @Test
    void equalMembersAreWarnedOf() {
        List<String> warnings = new ArrayList<>();
        for (Form form : List.of(SubEnsembleForm.of(M), MimoForm.of(M), PackedForm.of(M))) {
            SharedBody body =
                    new SharedBody(form, MODEL.newModel(LayerKit.of(form)), warnings::add);
            Shape[] inputs = {MODEL.getInput()};
            body.prepare(manager, DataType.FLOAT32, inputs);
            body.allocate(manager, DataType.FLOAT32);
            body.startFrom("Net", WarmStart.of(plain()));
            body.startFrom("Net", WarmStart.of(plain()).optSpread(0.1));
        }
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("All members of Net start equal"), warnings.get(0));
    }

    @Test
    void sharedWeightsStartFromOneModel() {
        refuses(
                SubEnsembleForm.of(M),
                "TestEnsemble is SubEnsemble(m = 3), whose members share weights: it starts from one model, not from 3",
                plain(),
                plain(),
                plain());
        refuses(
                PackedForm.of(M),
                "TestEnsemble has 3 members: start it from one model, or from one for each, not from 2",
                plain(),
                plain());
    }

    @Test
    void aModelThatIsNotInitialisedIsRefused() {
        refuses(
                PackedForm.of(M),
                "SequentialBlock is not initialised: initialise it for the input shapes of TestEnsemble, or load it",
                MODEL.newBase());
    }

    @Test
    void anEnsembleIsNoPlainModel() {
        refuses(
                MimoForm.of(M),
                "TestEnsemble is an ensemble of 3 members and no plain model: take a member out of it with extractMember",
                initialized(PackedForm.of(M)));
        Ensemble single = initialized(MimoForm.of(1));
        Ensemble ensemble = initialized(MimoForm.of(M));
        ensemble.startFrom(WarmStart.of(single));
        NDArray x = manager.randomNormal(new Shape(4, 12));
        NDArray expected = predict(single, x).get(new NDIndex(":, 0"));
        assertClose(expected, predict(ensemble, x).get(new NDIndex(":, 2")));
    }

    @Test
    void everyDifferenceIsNamed() {
        Block other =
                new SequentialBlock()
                        .add(ai.djl.nn.Blocks.batchFlattenBlock(12))
                        .add(LayerKit.base().linear(24))
                        .add(Activation::relu)
                        .add(LayerKit.base().batchNorm())
                        .add(Activation::tanh)
                        .add(LayerKit.base().linear(4));
        other.initialize(manager, DataType.FLOAT32, MODEL.getInput());
        for (Form form : List.of(PackedForm.of(M), DeepEnsembleForm.of(M))) {
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> initialized(form).startFrom(WarmStart.of(other)))
                            .getMessage();
            assertTrue(
                    message.startsWith("TestEnsemble is not made from this SequentialBlock"),
                    message);
            assertEquals(2, message.lines().count(), message);
            assertTrue(message.contains("> 04BatchNorm: "), message);
            assertTrue(message.contains("> 06Linear: "), message);
        }
        Block shorter = new SequentialBlock().add(LayerKit.base().linear(24));
        shorter.initialize(manager, DataType.FLOAT32, MODEL.getInput());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> initialized(MimoForm.of(M)).startFrom(WarmStart.of(shorter)))
                        .getMessage();
        assertTrue(message.contains("but the model has [01Linear]"), message);
    }

    @Test
    void aSpreadIsANumberFromZero() {
        WarmStart start = WarmStart.of(plain());
        assertThrows(IllegalArgumentException.class, () -> start.optSpread(-0.1));
        assertThrows(IllegalArgumentException.class, () -> start.optSpread(Double.NaN));
        assertThrows(IllegalArgumentException.class, WarmStart::of);
    }

    private void refuses(Form form, String why, Block... models) {
        Ensemble ensemble = initialized(form);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ensemble.startFrom(WarmStart.of(models)))
                        .getMessage();
        assertEquals(why, message);
    }

    private Block plain() {
        Block plain = MODEL.newBase();
        plain.initialize(manager, DataType.FLOAT32, MODEL.getInput());
        for (Parameter parameter : plain.getParameters().values()) {
            NDArray value = parameter.getArray();
            manager.randomUniform(0.05f, 0.5f, value.getShape()).add(value).copyTo(value);
        }
        return plain;
    }

    private Ensemble initialized(Form form) {
        Ensemble ensemble = MODEL.newEnsemble(form);
        ensemble.initialize(manager, DataType.FLOAT32, MODEL.getInput());
        return ensemble;
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(
                difference <= 1e-5 * expected.abs().max().getFloat(), "differs by " + difference);
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
