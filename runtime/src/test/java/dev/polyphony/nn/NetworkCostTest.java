/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import dev.polyphony.FastWeightForm;
import dev.polyphony.MixMethod;
import dev.polyphony.nn.batchensemble.BatchEnsembleForm;
import dev.polyphony.nn.cost.Count;
import dev.polyphony.nn.cost.LayerCost;
import dev.polyphony.nn.cost.NetworkCost;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Role;
import dev.polyphony.nn.masksembles.MasksemblesForm;
import dev.polyphony.nn.mimo.MimoForm;
import dev.polyphony.nn.mixmo.MixMoForm;
import dev.polyphony.nn.packed.PackedForm;
import dev.polyphony.nn.subensemble.SubEnsembleForm;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkCostTest {

    /** LeCun et al. 1998 with full connections: what papers give for it. */
    private static final long PARAMETERS = 61_706;

    private static final long MULTIPLY_ADDS = 416_520;

    private enum Models implements TestModel {
        LE_NET(new Shape(1, 1, 28, 28)) {
            @Override
            public Block newModel(LayerKit kit) {
                return new SequentialBlock()
                        .add(kit.conv2d(6, 5, 2))
                        .add(Activation::relu)
                        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                        .add(kit.conv2d(16, 5, 0))
                        .add(Activation::relu)
                        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                        .add(Blocks.batchFlattenBlock())
                        .add(kit.linear(120))
                        .add(Activation::relu)
                        .add(kit.linear(84))
                        .add(Activation::relu)
                        .add(kit.linear(10));
            }
        },
        GROUPED(new Shape(1, 4, 8, 8)) {
            @Override
            public Block newModel(LayerKit kit) {
                return new SequentialBlock()
                        .add(kit.conv2d(8, 3, 1))
                        .add(kit.conv(2, 8, 3, 2, 1, 4))
                        .add(Blocks.batchFlattenBlock())
                        .add(kit.linear(10));
            }
        };

        private final Shape input;

        Models(Shape input) {
            this.input = input;
        }

        @Override
        public Shape getInput() {
            return input;
        }

        @Override
        public boolean isSpatial() {
            return true;
        }

        @Override
        public boolean isDeterministicClassifier() {
            return true;
        }

        @Override
        public boolean takesIds() {
            return false;
        }
    }

    private static NetworkCost cost(TestModel model, Form form) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Ensemble ensemble = model.newEnsemble(form);
            ensemble.initialize(manager, DataType.FLOAT32, model.getInput());
            NetworkCost cost = NetworkCost.of(ensemble, manager);
            assertEquals(ensemble.getParameterCount(), cost.getEnsemble().parameters());
            return cost;
        }
    }

    /** By hand, from the definitions of the methods. */
    static Stream<Arguments> leNets() {
        long inBody = 240_000 + 48_000 + 10_080;
        return Stream.of(
                Arguments.of(DeepEnsembleForm.of(4), 4 * PARAMETERS, 4 * MULTIPLY_ADDS),
                // 3 channels in, 30 units out
                Arguments.of(MimoForm.of(3), PARAMETERS + 300 + 1700, 3 * 117_600 + inBody + 2520),
                // 2 encoders, 2 heads
                Arguments.of(MixMoForm.of(2), PARAMETERS + 156 + 850, 2 * 117_600 + inBody + 1680),
                // r, s and a bias for each member
                Arguments.of(
                        BatchEnsembleForm.of(4), PARAMETERS + 4 * 847 + 3 * 236, 4 * MULTIPLY_ADDS),
                Arguments.of(
                        BatchEnsembleForm.of(4).form(FastWeightForm.ADDITIVE),
                        PARAMETERS + 4 * 847,
                        4 * MULTIPLY_ADDS),
                // widths of a member 3, 8, 60, 42
                Arguments.of(
                        PackedForm.of(4).alpha(2),
                        4 * (78 + 608 + 12_060 + 2_562 + 430),
                        4 * (25 * 3 * 784 + 25 * 3 * 8 * 100 + 200 * 60 + 60 * 42 + 42 * 10)),
                Arguments.of(
                        SubEnsembleForm.of(4), PARAMETERS + 3 * 850, 117_600 + inBody + 4 * 840));
    }

    @ParameterizedTest
    @MethodSource("leNets")
    void countsLeNet(Form form, long parameters, long multiplyAdds) {
        NetworkCost cost = cost(Models.LE_NET, form);
        assertEquals(parameters, cost.getEnsemble().parameters());
        assertEquals(multiplyAdds, cost.getEnsemble().multiplyAdds());
        assertEquals(PARAMETERS, cost.getPlain().parameters());
        assertEquals(MULTIPLY_ADDS, cost.getPlain().multiplyAdds());
        assertEquals(cost.getPlain().times(form.getMembers()), cost.getDeepEnsemble());
        assertEquals(Set.of(), cost.getUncounted());
        // what is read and written: 28*28 + 6*28*28, 6*14*14 + 16*10*10, 400 + 120, 120 + 84, ...
        assertEquals(784 + 4704 + 1176 + 1600 + 520 + 204 + 94, cost.getPlain().activations());
    }

    @Test
    void countsSharedMaps() {
        // 12 - 24 - 24 - 5
        NetworkCost cost = cost(TestModels.MLP, MasksemblesForm.of(4));
        assertEquals(312 + 600 + 125, cost.getEnsemble().parameters());
        assertEquals(4 * (288 + 576 + 120), cost.getEnsemble().multiplyAdds());
        assertEquals(4 * (12 + 24 + 48 + 29), cost.getEnsemble().activations());
    }

    @Test
    void countsGroups() {
        // 4*9*8 * 64, 2*9*8 * 16 in 4 groups, 8*16 * 10
        Count plain = cost(Models.GROUPED, DeepEnsembleForm.of(1)).getPlain();
        assertEquals(4 * 9 * 8 * 64 + 2 * 9 * 8 * 16 + 128 * 10, plain.multiplyAdds());
        // 4 members of width 8: the same in each
        NetworkCost packed = cost(Models.GROUPED, PackedForm.of(4).alpha(4));
        assertEquals(plain, packed.getPlain());
        assertEquals(plain.times(4), packed.getEnsemble());
        // of width 4, with the model's 4 groups of one channel each
        long half = 4 * 9 * 4 * 64 + 9 * 4 * 16 + 64 * 10;
        NetworkCost narrow = cost(Models.GROUPED, PackedForm.of(4).alpha(2));
        assertEquals(4 * half, narrow.getEnsemble().multiplyAdds());
    }

    @Test
    void tellsRolesAndWidths() {
        NetworkCost cost = cost(Models.LE_NET, PackedForm.of(4).alpha(2));
        LayerCost first = cost.getLayers().get(0);
        assertEquals("Conv2d(6)", first.name());
        assertEquals(Optional.of(Role.INPUT), first.role());
        assertEquals("1 -> 6", first.plainWidth().toString());
        assertEquals("1 -> 3", first.memberWidth().toString());
        LayerCost last = cost.getLayers().get(4);
        assertEquals(Optional.of(Role.OUTPUT), last.role());
        assertEquals("84 -> 10", last.plainWidth().toString());
        assertEquals("42 -> 10", last.memberWidth().toString());
    }

    static Stream<Arguments> models() {
        return Stream.<TestModel[]>of(TestModels.values(), LayerCase.values())
                .flatMap(Stream::of)
                .flatMap(
                        model ->
                                Stream.of(
                                                PackedForm.of(3).alpha(2),
                                                MimoForm.of(3),
                                                MixMoForm.of(3).method(MixMethod.LINEAR),
                                                BatchEnsembleForm.of(3))
                                        .map(form -> Arguments.of(model, form)));
    }

    /** The base model as the ensemble's layers know it, and as DJL's own layers are. */
    @ParameterizedTest
    @MethodSource("models")
    void knowsTheBaseModel(TestModel model, Form form) {
        Count known = cost(model, form).getPlain();
        NetworkCost plain = cost(model, DeepEnsembleForm.of(1));
        assertEquals(plain.getPlain().parameters(), known.parameters());
        // whose own initialisation counts on more steps of the decoder than there are
        boolean isInitialisedAsUsed = model != TestModels.ENCODER_DECODER;
        if (plain.getUncounted().isEmpty() && isInitialisedAsUsed) {
            assertEquals(plain.getPlain().multiplyAdds(), known.multiplyAdds(), model.toString());
        }
        assertTrue(known.multiplyAdds() > 0 || model.takesIds(), known.toString());
    }
}
