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
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.LabelModels.Hinted;
import dev.polyphony.nn.LabelModels.TeacherForced;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models whose forward pass in training reads labels. */
class LabelsTest {

    private static final int M = 3;
    private static final Shape INPUT = new Shape(1, 4, 12);

    private NDManager manager;

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(17);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                        PackedForm.of(M).alpha(M),
                        BatchEnsembleForm.of(M),
                        BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE),
                        MasksemblesForm.of(M),
                        DeepEnsembleForm.of(M),
                        SubEnsembleForm.of(M))
                .flatMap(
                        form ->
                                Stream.<Function<LayerKit, Block>>of(
                                                TeacherForced::new,
                                                Hinted::new,
                                                kit -> new SequentialBlock().add(new Hinted(kit)))
                                        // a decoder reads what it writes, so it has no heads
                                        .skip(form instanceof SubEnsembleForm ? 1 : 0)
                                        .map(model -> Arguments.of(form, model)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eachMemberReadsItsLabels(Form form, Function<LayerKit, Block> model) {
        Ensemble ensemble = initialized(form, model);
        MembersAsModelsTest.randomize(ensemble, manager);
        NDArray x = manager.randomNormal(new Shape(2, M, 4, 12));
        NDArray labels = manager.randomNormal(new Shape(2, M, 3, 2));
        NDArray answers = train(ensemble, x, labels);
        List<Block> layers = MembersAsModelsTest.leaves(ensemble);
        for (int m = 0; m < M; m++) {
            Block base = model.apply(LayerKit.base());
            base.initialize(manager, DataType.FLOAT32, INPUT);
            List<Block> plain = MembersAsModelsTest.leaves(base);
            int first = form instanceof DeepEnsembleForm ? m * plain.size() : 0;
            for (int i = 0; i < plain.size(); i++) {
                MembersAsModelsTest.copy(layers.get(first + i), plain.get(i), m, form);
            }
            NDIndex member = new NDIndex(":, {}", m);
            NDArray expected = train(base, x.get(member), labels.get(member));
            assertClose(expected, answers.get(member));
            NDArray free = base.forward(store(), new NDList(x.get(member)), false).head();
            assertTrue(free.sub(expected).abs().max().getFloat() > 1e-2, "labels do not matter");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sharedLabelsAreThoseOfAllMembers(Form form, Function<LayerKit, Block> model) {
        Ensemble ensemble = initialized(form, model);
        NDArray x = manager.randomNormal(new Shape(4, 4, 12));
        NDArray labels = manager.randomNormal(new Shape(4, 3, 2));
        NDArray each = labels.expandDims(1).repeat(1, M);
        assertClose(
                train(ensemble, x, labels), train(ensemble, x.expandDims(1).repeat(1, M), each));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void labelsStayWithTheirMember(Form form, Function<LayerKit, Block> model) {
        Ensemble ensemble = initialized(form, model);
        NDArray x = manager.randomNormal(new Shape(2, M, 4, 12));
        for (int m = 0; m < M; m++) {
            NDArray labels = manager.randomNormal(new Shape(2, M, 3, 2));
            labels.set(new NDIndex("1, {}", m), Float.NaN);
            NDArray answers = train(ensemble, x, labels).isNaN().toType(DataType.INT32, false);
            for (int example = 0; example < 2; example++) {
                for (int other = 0; other < M; other++) {
                    boolean poisoned =
                            answers.get(new NDIndex("{}, {}", example, other)).max().getInt() > 0;
                    assertEquals(example == 1 && other == m, poisoned);
                }
            }
        }
    }

    @Test
    void oneTrunkHasNoPlaceForManyLabels() {
        for (Form form : List.of(MimoForm.of(M), MixMoForm.of(M).method(MixMethod.LINEAR))) {
            UnsupportedModelException refused =
                    assertThrows(
                            UnsupportedModelException.class, () -> initialized(form, Hinted::new));
            assertTrue(refused.getMessage().contains("reads labels"), refused.getMessage());
        }
        NDArray x = manager.randomNormal(new Shape(2, 4, 12));
        NDArray labels = manager.randomNormal(new Shape(2, 3, 2));
        Ensemble single = initialized(MimoForm.of(1), Hinted::new);
        assertEquals(new Shape(2, 1, 3, 2), train(single, x, labels).getShape());
    }

    @Test
    void labelsGoWithTheInputs() {
        NDArray labels = manager.randomNormal(new Shape(2, 3, 2));
        NDArray distinct = manager.randomNormal(new Shape(2, M, 4, 12));
        for (Form form : List.of(PackedForm.of(M), DeepEnsembleForm.of(M))) {
            Ensemble ensemble = initialized(form, Hinted::new);
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> train(ensemble, distinct, labels.get(":, :2")))
                            .getMessage();
            assertTrue(message.contains("begin with the axes of the inputs, (2, 3)"), message);
        }
    }

    @Test
    void refusesCodeThatMixesTheLabels() {
        Ensemble ensemble = initialized(PackedForm.of(M), kit -> new Hinted(kit, true));
        NDArray x = manager.randomNormal(new Shape(2, 4, 12));
        NDArray labels = manager.randomNormal(new Shape(2, 3, 2));
        String message =
                assertThrows(UnsupportedModelException.class, () -> train(ensemble, x, labels))
                        .getMessage();
        assertTrue(message.contains("mixes the examples of a batch in training"), message);
    }

    @Test
    void aPartReadsTheLabelsOfTheWhole() {
        Form form = PackedForm.of(M);
        Block part = new LabelModels.Whole(form, new Hinted(LayerKit.of(form)));
        Ensemble nested = new LabelModels.Whole(form, new SequentialBlock().add(part));
        Ensemble flat = new LabelModels.Whole(form, new Hinted(LayerKit.of(form)));
        for (Ensemble ensemble : List.of(nested, flat)) {
            Engine.getInstance().setRandomSeed(1);
            ensemble.initialize(manager, DataType.FLOAT32, INPUT);
        }
        NDArray x = manager.randomNormal(new Shape(2, 4, 12));
        NDArray labels = manager.randomNormal(new Shape(2, 3, 2));
        assertClose(train(flat, x, labels), train(nested, x, labels));
    }

    private Ensemble initialized(Form form, Function<LayerKit, Block> model) {
        Ensemble ensemble =
                form instanceof DeepEnsembleForm deep
                        ? new LabelModels.Whole(deep, () -> model.apply(LayerKit.base()))
                        : new LabelModels.Whole(form, model.apply(LayerKit.of(form)));
        ensemble.initialize(manager, DataType.FLOAT32, INPUT);
        return ensemble;
    }

    private NDArray train(Block block, NDArray x, NDArray labels) {
        return block.forward(store(), new NDList(x), new NDList(labels), null).head();
    }

    private ParameterStore store() {
        return new ParameterStore(manager, false);
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float scale = 1 + expected.abs().max().getFloat();
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference < 2e-5 * scale, () -> "differs by " + difference);
    }
}
