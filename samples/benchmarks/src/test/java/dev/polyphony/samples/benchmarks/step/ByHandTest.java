/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared is the same: with the same parameters, the networks by hand answer alike. */
class ByHandTest {

    private static final int EXAMPLES = 4;

    @ParameterizedTest
    @EnumSource(Method.class)
    void answersAsTheGeneratedNetwork(Method method) {
        for (Network network : List.of(Network.MLP, Network.DIGITS, Network.RESNET18)) {
            try (NDManager manager = NDManager.newBaseManager()) {
                Shape shared = new Shape(EXAMPLES).addAll(network.getBase());
                Block generated = network.generated(method);
                generated.initialize(manager, DataType.FLOAT32, shared);
                Block byHand = network.byHand(method);
                byHand.initialize(manager, DataType.FLOAT32, shared);
                copy(generated, byHand);
                String name = method + " " + network;
                NDArray x = manager.randomUniform(0, 1, shared);
                assertArrayEquals(answer(generated, x), answer(byHand, x), 1e-4f, name);
                if (method.getBatch() != Method.Batch.SHARED) {
                    int members = method.getMembers(network);
                    Shape own = new Shape(EXAMPLES, members).addAll(network.getBase());
                    NDArray each = manager.randomUniform(0, 1, own);
                    assertArrayEquals(answer(generated, each), answer(byHand, each), 1e-4f, name);
                }
            }
        }
    }

    private static float[] answer(Block block, NDArray x) {
        ParameterStore store = new ParameterStore(x.getManager(), false);
        return block.forward(store, new NDList(x), false).head().toFloatArray();
    }

    private static void copy(Block from, Block to) {
        Map<String, List<Parameter>> given = byName(from);
        byName(to).forEach((name, taken) -> copy(name, given.get(name), taken));
    }

    /** The first masks are ones, which networks by hand do without. */
    private static void copy(String name, List<Parameter> from, List<Parameter> to) {
        int extra = from.size() - to.size();
        assertEquals(name.equals("mask") ? 1 : 0, extra, name);
        for (int i = 0; i < to.size(); i++) {
            NDArray source = from.get(i + extra).getArray();
            NDArray target = to.get(i).getArray();
            assertEquals(source.getShape(), target.getShape(), name + Arrays.asList(from, to));
            source.copyTo(target);
        }
    }

    private static Map<String, List<Parameter>> byName(Block block) {
        return block.getParameters().values().stream()
                .collect(
                        Collectors.groupingBy(
                                Parameter::getName, LinkedHashMap::new, Collectors.toList()));
    }
}
