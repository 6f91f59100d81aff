/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DJL divides channels by groups, drops the rest, and fails in the first forward pass. */
class GroupsTest {

    private static final Shape IMAGES = new Shape(1, 1, 4, 4);

    static Stream<Form> forms() {
        return Stream.of(
                PackedForm.of(2).alpha(2),
                BatchEnsembleForm.of(2),
                MasksemblesForm.of(2),
                MimoForm.of(2),
                MixMoForm.of(2),
                SubEnsembleForm.of(2),
                DeepEnsembleForm.of(2),
                MimoForm.of(1),
                DeepEnsembleForm.of(1));
    }

    private static final class Net extends Ensemble {

        Net(Form form, Block network) {
            super(form, network);
        }

        Net(DeepEnsembleForm form, Supplier<Block> model) {
            super(form, model);
        }
    }

    /** A convolution of 20 channels to some, in groups, between two others. */
    private static Block network(LayerKit kit, int filters, int groups) {
        return new SequentialBlock()
                .add(kit.conv(2, 20, 3, 1, 1, 1))
                .add(kit.conv(2, filters, 3, 1, 1, groups))
                .add(Pool.globalAvgPool2dBlock())
                .add(kit.linear(3));
    }

    private static void initialize(Form form, int filters, int groups) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble =
                    form instanceof DeepEnsembleForm deep
                            ? new Net(deep, () -> network(LayerKit.base(), filters, groups))
                            : new Net(form, network(LayerKit.of(form), filters, groups));
            ensemble.initialize(manager, DataType.FLOAT32, IMAGES);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void refusesGroupsThatDoNotDivideTheInput(Form form) {
        initialize(form, 18, 2);
        UnsupportedModelException refused =
                assertThrows(UnsupportedModelException.class, () -> initialize(form, 18, 3));
        assertTrue(refused.getMessage().startsWith("[PLY115]"), refused.getMessage());
        assertTrue(refused.getMessage().contains("3 groups"), refused.getMessage());
    }

    @Test
    void refusesGroupsThatDoNotDivideTheFilters() {
        UnsupportedModelException refused =
                assertThrows(
                        UnsupportedModelException.class,
                        () -> initialize(DeepEnsembleForm.of(2), 18, 4));
        assertTrue(refused.getMessage().startsWith("[PLY115]"), refused.getMessage());
        // our layers do not wait for initialize
        IllegalArgumentException wrong =
                assertThrows(
                        IllegalArgumentException.class, () -> initialize(PackedForm.of(2), 18, 4));
        assertTrue(wrong.getMessage().contains("4 of 18"), wrong.getMessage());
    }

    @Test
    void djlDropsChannels() {
        Conv2d layer =
                Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(6).optGroups(3).build();
        try (NDManager manager = NDManager.newBaseManager()) {
            layer.initialize(manager, DataType.FLOAT32, new Shape(1, 20, 4, 4));
            Shape weight = layer.getParameters().valueAt(0).getShape();
            assertEquals(new Shape(6, 6, 3, 3), weight, "the trap is gone");
        }
    }
}
