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
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain models into every form and out of it, for every layer and many kinds of models. */
class WarmStartTest {

    private static final int M = 3;

    /** Forms in which every member can be the model. */
    private static final List<Form> WHOLE =
            List.of(
                    PackedForm.of(M).alpha(M),
                    BatchEnsembleForm.of(M),
                    BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE),
                    MasksemblesForm.of(M).scale(1),
                    MimoForm.of(M),
                    MixMoForm.of(M).method(MixMethod.LINEAR),
                    SubEnsembleForm.of(M),
                    DeepEnsembleForm.of(M));

    private static final List<Form> ALL =
            Stream.concat(
                            WHOLE.stream(),
                            Stream.of(MasksemblesForm.of(M), PackedForm.of(M), gamma()))
                    .toList();

    private static final List<Form> OF_LAYERS =
            List.of(WHOLE.get(1), WHOLE.get(2), MasksemblesForm.of(M), gamma());

    private static final Set<TestModel> RECURRENT =
            Set.of(TestModels.RECURRENT, TestModels.TIME_FIRST, TestModels.ENCODER_DECODER);

    private static final Set<TestModel> COUNTING =
            Set.of(
                    TestModels.SEQUENCE,
                    TestModels.MIXER,
                    TestModels.TRANSFORMER,
                    TestModels.CROSS_ATTENTION,
                    TestModels.OWN_ATTENTION,
                    LayerCase.LAYER_NORM,
                    LayerCase.LAYER_NORM_OPTIONS,
                    LayerCase.ATTENTION,
                    LayerCase.ENCODER);

    private NDManager manager;

    private static PackedForm gamma() {
        return PackedForm.of(M).alpha(1.3).gamma(2).minChannelsPerGroup(1);
    }

    @BeforeEach
    void open() {
        Engine.getInstance().setRandomSeed(7);
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<Arguments> whole() {
        return Stream.concat(pairs(TestModels.values(), WHOLE), pairs(LayerCase.values(), WHOLE));
    }

    /** What a form does to a layer when members differ, most show in models already. */
    static Stream<Arguments> all() {
        return Stream.concat(pairs(TestModels.values(), ALL), pairs(LayerCase.values(), OF_LAYERS));
    }

    private static Stream<Arguments> pairs(TestModel[] models, List<Form> forms) {
        return Stream.of(models)
                .flatMap(model -> forms.stream().map(form -> Arguments.of(model, form)))
                .filter(pair -> !isRefused((TestModel) pair.get()[0], (Form) pair.get()[1]));
    }

    /** A sum of recurrent layers is none; a narrow member lacks what normalisation counts. */
    private static boolean isRefused(TestModel model, Form form) {
        return form instanceof MixMoForm && RECURRENT.contains(model)
                || form instanceof PackedForm packed
                        && packed.getWidth(9, 1) < 9
                        && COUNTING.contains(model);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void membersStartAsTheModel(TestModel model, Form form) {
        Block plain = plain(model);
        Ensemble ensemble = initialized(model, form);
        ensemble.startFrom(WarmStart.of(plain).optSpread(0));
        NDArray x = model.newExamples(manager, batch(model));
        NDArray expected = predict(plain, x);
        NDArray answers = predict(ensemble, x);
        for (int m = 0; m < M; m++) {
            assertClose(expected, answers.get(new NDIndex(":, {}", m)));
        }
        // and it comes out as it went in
        Block taken = plain(model);
        ensemble.extractMember(M - 1, taken);
        List<Parameter> before = plain.getParameters().values();
        List<Parameter> after = taken.getParameters().values();
        for (int i = 0; i < before.size(); i++) {
            assertClose(before.get(i).getArray(), after.get(i).getArray());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMemberTakenOutAnswersAsItDid(TestModel model, Form form) {
        Ensemble ensemble = initialized(model, form);
        MembersAsModelsTest.randomize(ensemble, manager);
        NDArray x = model.newExamples(manager, batch(model));
        NDArray answers = predict(ensemble, x);
        for (int m = 0; m < M; m++) {
            Block plain = plain(model);
            ensemble.extractMember(m, plain);
            assertClose(answers.get(new NDIndex(":, {}", m)), predict(plain, x));
        }
    }

    static Stream<Arguments> refused() {
        return Stream.concat(
                RECURRENT.stream().map(model -> Arguments.of(model, WHOLE.get(5))),
                COUNTING.stream().map(model -> Arguments.of(model, PackedForm.of(M))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAMemberThatIsNoModel(TestModel model, Form form) {
        Ensemble ensemble = initialized(model, form);
        Block plain = plain(model);
        String message =
                assertThrows(IllegalArgumentException.class, () -> ensemble.extractMember(1, plain))
                        .getMessage();
        assertTrue(message.startsWith("Member 1 of TestEnsemble is no "), message);
    }

    private Block plain(TestModel model) {
        Block plain = model.newBase();
        plain.initialize(manager, DataType.FLOAT32, model.getInput());
        for (Parameter parameter : plain.getParameters().values()) {
            NDArray value = parameter.getArray();
            manager.randomUniform(0.05f, 0.5f, value.getShape()).add(value).copyTo(value);
        }
        return plain;
    }

    private Ensemble initialized(TestModel model, Form form) {
        Ensemble ensemble = model.newEnsemble(form);
        ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
        return ensemble;
    }

    private static Shape batch(TestModel model) {
        return new Shape(4).addAll(model.getInput().slice(1));
    }

    private static void assertClose(NDArray expected, NDArray actual) {
        assertEquals(expected.getShape(), actual.getShape());
        float scale = expected.abs().max().getFloat();
        float difference = expected.sub(actual).abs().max().getFloat();
        assertTrue(difference <= 1e-5 * scale, difference + " of " + scale);
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
