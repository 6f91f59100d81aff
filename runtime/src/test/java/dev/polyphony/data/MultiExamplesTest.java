/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MultiExamplesTest {

    private static MultiExamples.Builder builder() {
        return MultiExamples.builder()
                .addInput("vector", new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2))
                .addIds("word", new long[] {9, 8, 7, 6}, new Shape(1))
                .addClasses("kind", new int[] {0, 1, 2, 1}, 3)
                .addTargets("size", new float[] {0.5f, 1.5f, 2.5f, 3.5f})
                .addLabels("traits", new int[][] {{0, 1}, {1, 1}, {0, 0}, {1, 0}})
                .optMissing("size", false, true, false, false);
    }

    @Test
    void columnsStayTogether() {
        MultiExamples some = builder().build().subset(3, 1);
        assertEquals(List.of("vector", "word"), some.getInputs());
        assertArrayEquals(new int[] {1, 1}, some.getClasses("kind"));
        assertArrayEquals(new float[] {3.5f, 1.5f}, some.getTargets("size"));
        assertArrayEquals(new float[] {1, 0, 1, 1}, some.getTargets("traits"));
        assertArrayEquals(new boolean[] {true, false}, some.getKnown("size"));
        assertArrayEquals(new boolean[] {true, true}, some.getKnown("kind"));
        assertArrayEquals(new Shape[] {new Shape(5, 2), new Shape(5, 1)}, some.getInputShapes(5));
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList inputs = some.toInputs(manager, 0, 2);
            assertArrayEquals(new float[] {7, 8, 3, 4}, inputs.get(0).toFloatArray());
            assertArrayEquals(new long[] {6, 8}, inputs.get(1).toLongArray());
            assertEquals(DataType.INT64, some.toAnswers("kind", manager).getDataType());
            assertEquals(new Shape(2, 2), some.toAnswers("traits", manager).getShape());
        }
    }

    @Test
    void partsAreThoseOfOneSplit() {
        MultiExamples[] parts = builder().build().split(7, 0.5, 0.5);
        for (MultiExamples part : parts) {
            assertEquals(2, part.size());
            for (int i = 0; i < 2; i++) {
                float first = part.getInput("vector").getFeatures()[2 * i];
                assertEquals((first - 1) / 2, part.getTargets("size")[i] - 0.5f);
            }
        }
        double sum =
                IntStream.range(0, 2)
                        .mapToDouble(
                                p ->
                                        parts[p].getTargets("size")[0]
                                                + parts[p].getTargets("size")[1])
                        .sum();
        assertEquals(8, sum);
    }

    @Test
    void refusesColumnsOfOtherLengths() {
        MultiExamples.Builder wrong = builder().addClasses("kind", new int[] {0, 1}, 2);
        String message = assertThrows(IllegalArgumentException.class, wrong::build).getMessage();
        assertEquals(
                "'vector' has 4 examples, but 'kind' has 2: give one of each for an example",
                message);
        assertThrows(
                IllegalArgumentException.class, () -> builder().optMissing("mass", true).build());
        assertThrows(IllegalArgumentException.class, () -> MultiExamples.builder().build());
        assertEquals(
                "The data have no answer 'mass', but [kind, size, traits]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> builder().build().getTask("mass"))
                        .getMessage());
    }

    @Test
    void standardizesWithTheNumbersOfTheTrainingData() {
        MultiExamples train =
                MultiExamples.builder()
                        .addInput("x", new float[] {1, 5, 3, 5}, new Shape(2))
                        .build();
        MultiExamples test =
                MultiExamples.builder().addInput("x", new float[] {4, 7}, new Shape(2)).build();
        Standardizer standardizer = Standardizer.of(train, "x");
        assertArrayEquals(
                new float[] {-1, 0, 1, 0}, standardizer.apply(train).getInput("x").getFeatures());
        assertArrayEquals(new float[] {2, 0}, standardizer.apply(test).getInput("x").getFeatures());
    }
}
