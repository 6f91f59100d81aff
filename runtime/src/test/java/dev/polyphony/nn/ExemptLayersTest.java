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
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Refusal;
import dev.polyphony.nn.layer.EnsembleLayer;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.packed.PackedForm;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers without what a form adds to each, beside layers with it. */
class ExemptLayersTest {

    private static final int M = 2;
    private static final Shape IMAGES = new Shape(1, 3, 5, 5);

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

    /** A network of which one layer of each kind is exempt. */
    private static Block network(LayerKit usual, LayerKit exempt) {
        return new SequentialBlock()
                .add(exempt.conv2d(16, 3, 1))
                .add(Activation::relu)
                .add(usual.conv2d(24, 3, 1))
                .add(usual.batchNorm())
                .add(Activation::relu)
                .add(exempt.conv2d(16, 1, 0))
                .add(Pool.globalAvgPool2dBlock())
                .add(usual.linear(32))
                .add(Activation::relu)
                .add(exempt.linear(20))
                .add(Activation::relu)
                .add(usual.linear(4));
    }

    private Ensemble ensemble(Form form, Form exempt) {
        Ensemble ensemble =
                new TestModels.TestEnsemble(form, network(LayerKit.of(form), LayerKit.of(exempt)));
        ensemble.initialize(manager, DataType.FLOAT32, IMAGES);
        return ensemble;
    }

    static Stream<Arguments> forms() {
        PackedForm packed = PackedForm.of(M).alpha(M).gamma(2).minChannelsPerGroup(1);
        BatchEnsembleForm fast = BatchEnsembleForm.of(M).init(FastWeightInit.NORMAL);
        BatchEnsembleForm added = BatchEnsembleForm.of(M).form(FastWeightForm.ADDITIVE);
        MasksemblesForm masks = MasksemblesForm.of(M);
        return Stream.of(
                Arguments.of(packed, packed.withoutGroups()),
                Arguments.of(fast, fast.withoutFastWeights()),
                Arguments.of(added, added.withoutFastWeights()),
                Arguments.of(masks, masks.withoutMasks()));
    }

    /** Members stay apart, and each is a plain model of its own. */
    @ParameterizedTest
    @MethodSource("forms")
    void membersArePlainModels(Form form, Form exempt) {
        Ensemble ensemble = ensemble(form, exempt);
        assertTrue(LeakMatrix.of(ensemble, manager).isIdentity());

        NDArray x = manager.randomNormal(new Shape(3, M, 3, 5, 5));
        NDArray answers = predict(ensemble, x);
        for (int m = 0; m < M; m++) {
            Block plain = network(LayerKit.base(), LayerKit.base());
            plain.initialize(manager, DataType.FLOAT32, IMAGES);
            ensemble.extractMember(m, plain);
            NDArray own = predict(plain, x.get(new NDIndex(":, {}", m)));
            assertEquals(
                    0,
                    own.sub(answers.get(new NDIndex(":, {}", m))).abs().max().getFloat(),
                    1e-5,
                    "member " + m);
        }
    }

    private NDArray predict(Block block, NDArray x) {
        ParameterStore parameters = new ParameterStore(manager, false);
        return block.forward(parameters, new NDList(x), false).singletonOrThrow();
    }

    @Test
    void groupsAreLeftOutAndWidthsStay() {
        PackedForm form = PackedForm.of(M).alpha(1).gamma(2).minChannelsPerGroup(1);
        // members have half of each width: 8 channels, then 12, 8, 16, 10 and 4
        int grouped = 8 * 12 * 9 / 2 + 8 * 16 / 2 + 10 * 4 / 2;
        int first = 3 * 8 * 9; // reads the input, and has no groups in any case
        int others = 12 * 8 + 16 * 10;
        int vectors = 8 + 12 + 2 * 12 + 8 + 16 + 10 + 4;

        assertEquals(
                M * (first + grouped + others + vectors),
                ensemble(form, form.withoutGroups()).getParameterCount());
        assertEquals(
                M * (first + grouped + others / 2 + vectors),
                ensemble(form, form).getParameterCount());
    }

    /** 7 units are 8 with two groups, and stay 8 where other layers have groups. */
    @Test
    void exemptLayersAreAsWideAsOthers() {
        PackedForm form = PackedForm.of(M).alpha(M).gamma(2);

        assertEquals(8, form.withoutGroups().getWidth(7, 1));
        assertEquals(7, form.gamma(1).getWidth(7, 1));
    }

    @ParameterizedTest
    @EnumSource
    void sharedLayersHaveTheParametersOfOne(FastWeightForm fast) {
        BatchEnsembleForm form = BatchEnsembleForm.of(M).form(fast);
        long usual = ensemble(form, form).getParameterCount();
        long exempt = ensemble(form, form.withoutFastWeights()).getParameterCount();
        int vectors = 3 + 16 + 24 + 16 + 32 + 20;
        int biases = fast == FastWeightForm.MULTIPLICATIVE ? (M - 1) * (16 + 16 + 20) : 0;

        assertEquals(usual - M * vectors - biases, exempt);
    }

    @Test
    void withoutAnyFastWeightsMembersWouldBeEqual() {
        for (FastWeightInit init : FastWeightInit.values()) {
            Form form = BatchEnsembleForm.of(M).init(init).withoutFastWeights();
            UnsupportedModelException refused =
                    assertThrows(UnsupportedModelException.class, () -> ensemble(form, form));
            assertEquals(Refusal.NO_FAST_WEIGHTS, refused.getReason());
        }
        ensemble(BatchEnsembleForm.of(1), BatchEnsembleForm.of(1).withoutFastWeights());
    }

    @Test
    void withoutAnyMasksMembersWouldBeEqual() {
        Form form = MasksemblesForm.of(M);
        Form exempt = MasksemblesForm.of(M).withoutMasks();
        SequentialBlock network = new SequentialBlock();
        // the first layer reads the input, and has no masks
        network.add(LayerKit.of(form).linear(16)).add(LayerKit.of(exempt).linear(4));
        Ensemble ensemble = new TestModels.TestEnsemble(form, network);
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> ensemble.initialize(manager, DataType.FLOAT32, new Shape(1, 12)));
        assertEquals(Refusal.NO_MASKS, refused.getReason());
    }

    /** As layers with masks or added fast weights have it. */
    @Test
    void exemptLayersReadASharedInputOnce() {
        for (Form form :
                List.of(
                        MasksemblesForm.of(M).withoutMasks(),
                        BatchEnsembleForm.of(M).withoutFastWeights())) {
            EnsembleLayer layer = (EnsembleLayer) LayerKit.of(form).linear(4);
            assertTrue(layer.takesSharedRows(), form.toString());
        }
    }

    @Test
    void settingsTellExemptFormsApart() {
        forms().map(Arguments::get)
                .forEach(
                        pair -> {
                            assertTrue(!pair[0].equals(pair[1]), pair[1].toString());
                            assertTrue(pair[1].toString().contains(", without "));
                        });
    }
}
