/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.mixmo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Rows;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks of every shape on features of every shape, against what broadcasting gives. */
class MixingTest {

    static Stream<Arguments> shapes() {
        Shape image = new Shape(2, 3, 4, 6, 5);
        Shape series = new Shape(2, 3, 4, 6);
        Shape vector = new Shape(2, 3, 7);
        Shape sequence = new Shape(2, 3, 5, 7);
        return Stream.of(
                Arguments.of(image, 1, new Shape(2, 3), new Shape(2, 3, 1, 1, 1)),
                Arguments.of(image, 1, new Shape(2, 3, 6, 5), new Shape(2, 3, 1, 6, 5)),
                Arguments.of(image, 1, new Shape(2, 3, 4, 1, 1), new Shape(2, 3, 4, 1, 1)),
                Arguments.of(image, 1, new Shape(2, 3, 4, 6, 5), new Shape(2, 3, 4, 6, 5)),
                Arguments.of(series, 1, new Shape(2, 3, 6), new Shape(2, 3, 1, 6)),
                Arguments.of(series, 1, new Shape(2, 3, 4, 1), new Shape(2, 3, 4, 1)),
                Arguments.of(vector, 1, new Shape(2, 3, 7), new Shape(2, 3, 7)),
                Arguments.of(sequence, 2, new Shape(2, 3), new Shape(2, 3, 1, 1)),
                Arguments.of(sequence, 2, new Shape(2, 3, 7), new Shape(2, 3, 1, 7)));
    }

    private record Drawn(NDArray mixing) implements Rows {

        @Override
        public long getExamples() {
            return mixing.getShape().get(0);
        }

        @Override
        public NDArray getMixing() {
            return mixing;
        }

        @Override
        public boolean isTraining() {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void masksFitFeatures(Shape features, int axis, Shape mask, Shape broadcast) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.randomNormal(features);
            NDArray drawn = manager.randomUniform(0, 1, mask);

            NDArray mixed = Mixing.mix(x, axis, new Drawn(drawn));

            NDArray expected = x.mul(drawn.reshape(broadcast)).sum(new int[] {1}).mul(3);
            assertEquals(expected.getShape(), mixed.getShape());
            assertTrue(mixed.allClose(expected, 1e-5, 1e-5, false));
        }
    }

    @Test
    void masksGrowWithTheFeatures() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray x = manager.ones(new Shape(1, 1, 2, 4, 4));
            NDArray small = manager.arange(8f).reshape(1, 1, 2, 2, 2);

            NDArray mixed = Mixing.mix(x, 1, new Drawn(small));

            NDArray expected = small.reshape(1, 2, 2, 2).repeat(2, 2).repeat(3, 2);
            assertEquals(expected, mixed);
        }
    }
}
