/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Slices;
import dev.polyphony.nn.packed.PackedForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packed members that are narrower or wider than the model that they start from. */
class NarrowMembersTest {

    private static final Shape INPUT = new Shape(1, 2, 4, 4);

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

    @Test
    void eachMemberHasAFeatureOfEachStratum() {
        Slices slices = Slices.spread(4, 6, 3);

        assertArrayEquals(new int[] {0, 2, 4}, slices.of(0));
        assertArrayEquals(new int[] {1, 3, 5}, slices.of(1));
        assertArrayEquals(new int[] {0, 3, 4}, slices.of(2));
        assertArrayEquals(new int[] {1, 2, 5}, slices.of(3));
        assertTrue(Slices.spread(4, 7, 7).isWhole());
        assertArrayEquals(new int[] {0, 0, 1, 1, 2}, Slices.spread(1, 3, 5).of(0));
        assertArrayEquals(new int[] {0, 2, 4, 6, 8, 10}, slices.repeat(2).of(0));
    }

    @Test
    void noTwoOfManyMembersAreEqual() {
        Slices slices = Slices.spread(8, 32, 16);
        long different =
                IntStream.range(0, 8)
                        .mapToObj(m -> Arrays.toString(slices.of(m)))
                        .distinct()
                        .count();
        assertEquals(8, different);
    }

    /** Flattened channels, two branches behind one another, and a sum of layers. */
    private static Block branched(LayerKit kit) {
        Block left = kit.conv2d(8, 3, 1);
        Block right = kit.conv2d(4, 1, 0);
        return new SequentialBlock()
                .add(kit.conv2d(8, 3, 1))
                .add(Activation::relu)
                .add(
                        new ParallelBlock(
                                lists ->
                                        new NDList(
                                                NDArrays.concat(
                                                        new NDList(
                                                                lists.get(0).head(),
                                                                lists.get(1).head()),
                                                        1)),
                                List.of(left, right)))
                .add(kit.batchNorm())
                .add(new LambdaBlock(x -> new NDList(crelu(x.head()))))
                .add(Blocks.batchFlattenBlock())
                .add(kit.linear(12))
                .add(Activation::tanh)
                .add(kit.linear(5));
    }

    private static NDArray crelu(NDArray x) {
        return NDArrays.concat(new NDList(Activation.relu(x), Activation.relu(x.neg())), 1);
    }

    @Test
    void membersHaveTheModelsNumbersAndItsScale() {
        Block plain = plain();
        Ensemble packed = packed(PackedForm.of(4).alpha(2));
        packed.startFrom(WarmStart.of(plain));
        Block first = plain();
        packed.extractMember(0, first);
        Block second = plain();
        packed.extractMember(1, second);

        List<Parameter> model = plain.getParameters().values();
        List<Parameter> own = first.getParameters().values();
        List<Parameter> other = second.getParameters().values();
        for (int i = 0; i < model.size(); i++) {
            Parameter parameter = model.get(i);
            boolean isWeight = parameter.getName().equals("weight");
            // the model's first layer reads the input, of which members have all
            float scale = isWeight && i > 0 ? 2 : 1;
            float[] numbers = parameter.getArray().toFloatArray();
            float[] taken = own.get(i).getArray().toFloatArray();
            float[] others = other.get(i).getArray().toFloatArray();
            int kept = 0;
            for (int j = 0; j < numbers.length; j++) {
                boolean missing = taken[j] == (parameter.getName().equals("runningVar") ? 1 : 0);
                assertTrue(missing || Math.abs(taken[j] - scale * numbers[j]) < 1e-6);
                kept += missing ? 0 : 1;
                boolean isShared = !missing && others[j] == taken[j];
                boolean ofOutput = i >= model.size() - 2;
                assertFalse(isShared && !ofOutput, parameter.getName() + " is in both members");
            }
            int fraction = !isWeight || i == 0 || i == model.size() - 2 ? 2 : 4;
            int expected = i == model.size() - 1 ? numbers.length : numbers.length / fraction;
            assertEquals(expected, kept, parameter.getName() + " of " + i);
        }
    }

    @Test
    void aWiderMemberIsTheModel() {
        Block plain = plain();
        Ensemble packed = packed(PackedForm.of(2).alpha(3));
        packed.startFrom(WarmStart.of(plain));
        NDArray x = manager.randomNormal(new Shape(4, 2, 4, 4));
        NDArray expected = predict(plain, x);
        NDArray answers = predict(packed, x);
        for (int m = 0; m < 2; m++) {
            NDArray difference = answers.get(new NDIndex(":, {}", m)).sub(expected).abs();
            assertTrue(difference.max().getFloat() < 1e-5 * expected.abs().max().getFloat());
        }

        String message =
                assertThrows(IllegalArgumentException.class, () -> packed.extractMember(0, plain()))
                        .getMessage();
        assertTrue(message.contains("a member is wider than the model"), message);
    }

    @Test
    void codeThatMixesFeaturesHidesWhichAMemberHas() {
        Block plain = initialized(softmax(LayerKit.base()), new Shape(1, 6));
        PackedForm form = PackedForm.of(4);
        Ensemble packed = new TestModels.TestEnsemble(form, softmax(LayerKit.of(form)));
        packed.initialize(manager, DataType.FLOAT32, new Shape(1, 6));

        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> packed.startFrom(WarmStart.of(plain)))
                        .getMessage();

        assertTrue(message.startsWith("TestEnsemble, Packed(m = 4, alpha = 2"), message);
        assertTrue(message.contains("Linear(5) of LayerKit.java:"), message);
        assertTrue(message.endsWith("With alpha = 4 every member has the model's widths"), message);
    }

    private static Block softmax(LayerKit kit) {
        return new SequentialBlock()
                .add(kit.linear(8))
                .addSingleton(x -> x.softmax(-1))
                .add(kit.linear(5));
    }

    private Block plain() {
        return initialized(branched(LayerKit.base()), INPUT);
    }

    private Ensemble packed(PackedForm form) {
        Ensemble packed = new TestModels.TestEnsemble(form, branched(LayerKit.of(form)));
        packed.initialize(manager, DataType.FLOAT32, INPUT);
        return packed;
    }

    private Block initialized(Block plain, Shape input) {
        plain.initialize(manager, DataType.FLOAT32, input);
        for (Parameter parameter : plain.getParameters().values()) {
            manager.randomUniform(0.1f, 0.9f, parameter.getShape()).copyTo(parameter.getArray());
        }
        return plain;
    }

    private NDArray predict(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false).head();
    }
}
