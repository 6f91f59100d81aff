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
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleLinear;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An ensemble within another is the other's layers, as if they stood there themselves. */
class PartsTest {

    private static final Shape INPUT = new Shape(1, 12);

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(3),
                PackedForm.of(1),
                BatchEnsembleForm.of(3),
                MasksemblesForm.of(3),
                MimoForm.of(3),
                MixMoForm.of(3).method(MixMethod.LINEAR),
                SubEnsembleForm.of(3));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answersAsTheSameLayersWithoutParts(Form form) {
        Ensemble flat = initialized(form, network(form, false));
        Ensemble nested = initialized(form, network(form, true));
        assertEquals(roles(flat), roles(nested));
        NDArray x = manager.randomNormal(new Shape(4, 12));
        assertEquals(predict(flat, x), predict(nested, x));
        assertEquals(flat.getFastWeights().size(), nested.getFastWeights().size());
        assertEquals(
                LeakMatrix.of(flat, manager).toString(), LeakMatrix.of(nested, manager).toString());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void answersAlikeAfterLoading(Form form) throws Exception {
        Ensemble saved = initialized(form, network(form, true));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        saved.saveParameters(new DataOutputStream(bytes));
        Ensemble loaded = new Part(form, network(form, true));
        loaded.loadParameters(
                manager, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        NDArray x = manager.randomNormal(new Shape(4, 12));
        assertEquals(predict(saved, x), predict(loaded, x));
    }

    @Test
    void isAnEnsembleOnItsOwn() {
        Form form = PackedForm.of(3);
        Ensemble alone = initialized(form, unit(form, 8));
        NDArray x = manager.randomNormal(new Shape(4, 12));
        assertEquals(new Shape(4, 3, 8), predict(alone, x).getShape());
        assertRefused(form, new SequentialBlock().add(alone).add(linear(form, 5)), "on its own");
    }

    @Test
    void refusesAPartOfAnotherForm() {
        Form form = PackedForm.of(3);
        for (Form other : List.of(PackedForm.of(3).alpha(1), PackedForm.of(4), MimoForm.of(3))) {
            Block network =
                    new SequentialBlock()
                            .add(linear(form, 8))
                            .add(new Part(other, unit(other, 8)))
                            .add(linear(form, 5));
            assertRefused(form, network, "is " + other + ", but the ensemble around it is " + form);
        }
        Ensemble deep = new Ensemble(DeepEnsembleForm.of(3), () -> unit(PackedForm.of(3), 8)) {};
        assertRefused(form, new SequentialBlock().add(deep), "DeepEnsemble(m = 3)");
    }

    @Test
    void settingsOfTrainingAreThoseOfTheWhole() {
        Form form = MixMoForm.of(3).method(MixMethod.LINEAR);
        Form other = MixMoForm.of(3).alpha(1);
        Ensemble ensemble =
                initialized(
                        form,
                        new SequentialBlock()
                                .add(new Part(other, unit(other, 8)))
                                .add(linear(form, 5)));
        assertEquals(new Shape(), ensemble.getMixingShape());
        assertRefused(
                other,
                new SequentialBlock().add(new Part(form, unit(form, 8))).add(linear(other, 5)),
                "no spatial axis for patches");
    }

    @Test
    void cannotBeUsedApartFromTheWhole() {
        Form form = PackedForm.of(3);
        Part part = new Part(form, unit(form, 8));
        initialized(form, new SequentialBlock().add(part).add(linear(form, 5)));
        String message =
                assertThrows(IllegalStateException.class, part::getParameterCount).getMessage();
        assertTrue(message.contains("is a part of another ensemble"), message);
    }

    @Test
    void refusesAPartThatIsNoChild() {
        Form form = PackedForm.of(3);
        Part hidden = new Part(form, unit(form, 8));
        Block network =
                new SequentialBlock()
                        .add(linear(form, 8))
                        .add(
                                list ->
                                        hidden.forward(
                                                new ParameterStore(manager, false), list, false))
                        .add(linear(form, 5));
        assertRefused(form, network, "is not a child of the network");
    }

    private void assertRefused(Form form, Block network, String why) {
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> new Part(form, network).initialize(manager, DataType.FLOAT32, INPUT));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private static Block network(Form form, boolean inParts) {
        SequentialBlock network = new SequentialBlock().add(linear(form, 16));
        for (int i = 0; i < 2; i++) {
            Block unit = unit(form, 16);
            network.add(inParts ? new Part(form, new SequentialBlock().add(unit)) : unit);
        }
        SequentialBlock head = new SequentialBlock().add(linear(form, 5));
        return network.add(inParts ? new Part(form, new Part(form, head)) : head);
    }

    private static Block unit(Form form, int units) {
        return new SequentialBlock().add(linear(form, units)).add(Activation::tanh);
    }

    private static Block linear(Form form, int units) {
        return EnsembleLinear.builder(form).setUnits(units).build();
    }

    private Ensemble initialized(Form form, Block network) {
        Engine.getInstance().setRandomSeed(3);
        Ensemble ensemble = new Part(form, network);
        ensemble.initialize(manager, DataType.FLOAT32, INPUT);
        Engine.getInstance().setRandomSeed(4);
        for (Parameter parameter : ensemble.getParameters().values()) {
            manager.randomNormal(parameter.getShape()).copyTo(parameter.getArray());
        }
        return ensemble;
    }

    private static List<String> roles(Ensemble ensemble) {
        return ensemble.getLayers().stream()
                .map(layer -> layer.getRole() + " " + layer.getMemberOutputShape())
                .toList();
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }

    private static final class Part extends Ensemble {

        Part(Form form, Block network) {
            super(form, network);
        }
    }
}
