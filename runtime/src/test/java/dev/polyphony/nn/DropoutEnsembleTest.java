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

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.cost.NetworkCost;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropoutEnsembleTest {

    private static final float RATE = 0.3f;
    private static final int WIDTH = 6;
    private static final Shape INPUT = new Shape(2, 3);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    private static Linear linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Dropout dropout() {
        return Dropout.builder().optRate(RATE).build();
    }

    /** Runs its children as its own code says, which here is one after the other. */
    private static final class Own extends AbstractBlock {

        private Own(Block... blocks) {
            for (Block block : blocks) {
                addChildBlock("block", block);
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore parameterStore,
                NDList inputs,
                boolean training,
                PairList<String, Object> params) {
            NDList current = inputs;
            for (Block block : getChildren().values()) {
                current = block.forward(parameterStore, current, training);
            }
            return current;
        }

        @Override
        protected void initializeChildBlocks(
                NDManager manager, DataType dataType, Shape... inputShapes) {
            Shape[] shapes = inputShapes;
            for (Block block : getChildren().values()) {
                block.initialize(manager, dataType, shapes);
                shapes = block.getOutputShapes(shapes);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            Shape[] shapes = inputShapes;
            for (Block block : getChildren().values()) {
                shapes = block.getOutputShapes(shapes);
            }
            return shapes;
        }
    }

    private NDArray inputs() {
        return manager.create(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, INPUT);
    }

    private <T extends Block> T initialized(T model) {
        model.initialize(manager, DataType.FLOAT32, INPUT);
        return model;
    }

    /** A chain in a chain, normalised by statistics that no batch of the test has. */
    private SequentialBlock model() {
        BatchNorm norm = BatchNorm.builder().build();
        SequentialBlock model =
                initialized(
                        new SequentialBlock()
                                .add(new SequentialBlock().add(linear(WIDTH)).add(norm))
                                .add(dropout())
                                .add(linear(2)));
        norm.getDirectParameters()
                .get("runningMean")
                .getArray()
                .set(new float[] {3, 1, -2, 0, 5, 2});
        norm.getDirectParameters()
                .get("runningVar")
                .getArray()
                .set(new float[] {4, 1, 9, 0.25f, 2, 1});
        return model;
    }

    private NDArray run(Block block, NDArray x) {
        return block.forward(new ParameterStore(manager, false), new NDList(x), false)
                .singletonOrThrow();
    }

    @Test
    void passesHaveTheMeanAndVarianceOfDropout() {
        SequentialBlock model = model();
        int passes = 20_000;
        NDArray x = inputs();
        float[] answers = run(DropoutEnsemble.of(model, passes, 1, manager), x).toFloatArray();
        float[] plain = run(model, x).toFloatArray();
        float[] hidden = run(model.getChildren().valueAt(0), x).toFloatArray();
        float[] weights =
                model.getChildren()
                        .valueAt(2)
                        .getDirectParameters()
                        .get("weight")
                        .getArray()
                        .toFloatArray();
        for (int row = 0; row < 2; row++) {
            for (int output = 0; output < 2; output++) {
                double variance = 0;
                for (int k = 0; k < WIDTH; k++) {
                    double part = weights[output * WIDTH + k] * hidden[row * WIDTH + k];
                    variance += part * part * RATE / (1 - RATE);
                }
                double sum = 0;
                double squares = 0;
                for (int pass = 0; pass < passes; pass++) {
                    double y = answers[(row * passes + pass) * 2 + output];
                    sum += y;
                    squares += y * y;
                }
                double mean = sum / passes;
                // what comes behind dropout is linear
                assertEquals(
                        plain[row * 2 + output], mean, 5 * Math.sqrt(variance / passes) + 1e-6);
                assertEquals(variance, squares / passes - mean * mean, 0.05 * variance);
            }
        }
    }

    @Test
    void statisticsStayAsTheyAre() {
        SequentialBlock model = model();
        Block norm = model.getChildren().valueAt(0).getChildren().valueAt(1);
        NDArray mean = norm.getDirectParameters().get("runningMean").getArray();
        float[] before = mean.toFloatArray();
        run(DropoutEnsemble.of(model, 3, 1, manager), inputs());
        assertArrayEquals(before, mean.toFloatArray());
    }

    @Test
    void theSeedDecidesAndPassesDrawApart() {
        SequentialBlock model = model();
        NDArray x = inputs();
        DropoutEnsemble ensemble = DropoutEnsemble.of(model, 4, 1, manager);
        NDArray first = run(ensemble, x);
        assertEquals(new Shape(2, 4, 2), first.getShape());
        assertEquals(first, run(ensemble, x));
        assertEquals(first, run(DropoutEnsemble.of(model, 4, 1, manager), x));
        assertFalse(first.equals(run(DropoutEnsemble.of(model, 4, 2, manager), x)));
        assertFalse(first.get(":, 0").equals(first.get(":, 1")));
        // equal rows of a batch have dropout of their own
        NDArray same = run(ensemble, manager.ones(INPUT));
        assertFalse(same.get(0).equals(same.get(1)));
    }

    @Test
    void whatComesBeforeDropoutRunsOnce() {
        int[] calls = new int[2];
        SequentialBlock model =
                initialized(
                        new SequentialBlock()
                                .add(linear(4))
                                .add(counter(calls, 0))
                                .add(dropout())
                                .add(counter(calls, 1))
                                .add(linear(2)));
        DropoutEnsemble ensemble = DropoutEnsemble.of(model, 5, 1, manager);
        calls[0] = 0;
        calls[1] = 0;
        run(ensemble, inputs());
        assertArrayEquals(new int[] {1, 5}, calls);
        assertEquals(2, ensemble.getSharedBlocks().size());
        NetworkCost cost = NetworkCost.of(ensemble, manager);
        // 3 inputs to 4 features once, 4 features to 2 outputs five times; parameters once
        assertEquals(3 * 4 + 5 * 4 * 2, cost.getEnsemble().multiplyAdds());
        assertEquals(3 * 4 + 4 + 4 * 2 + 2, cost.getEnsemble().parameters());
        assertEquals(3 * 4 + 4 * 2, cost.getPlain().multiplyAdds());
    }

    private static LambdaBlock counter(int[] calls, int place) {
        return new LambdaBlock(
                x -> {
                    calls[place]++;
                    return x;
                });
    }

    @Test
    void branchesAreWalked() {
        BatchNorm norm = BatchNorm.builder().build();
        ParallelBlock branches =
                new ParallelBlock(
                        ys ->
                                new NDList(
                                        NDArrays.concat(
                                                new NDList(ys.get(0).head(), ys.get(1).head()), 1)),
                        List.of(dropout(), norm));
        SequentialBlock model = initialized(new SequentialBlock().add(branches));
        NDArray x = manager.ones(INPUT);
        NDArray answers = run(DropoutEnsemble.of(model, 8, 1, manager), x);
        // ones, dropped or scaled, beside ones by fresh running statistics
        for (float value : answers.get(":, :, 0:3").toFloatArray()) {
            assertTrue(value == 0 || Math.abs(value - 1 / (1 - RATE)) < 1e-5, "" + value);
        }
        for (float value : answers.get(":, :, 3:").toFloatArray()) {
            assertEquals(1, value, 1e-4);
        }
    }

    @Test
    void codeOfOnesOwnRunsAsAWhole() {
        Own model = initialized(new Own(linear(4), dropout(), linear(2)));
        NDArray answers = run(DropoutEnsemble.of(model, 2, 1, manager), inputs());
        assertFalse(answers.get(":, 0").equals(answers.get(":, 1")));
    }

    @Test
    void saysWhatStandsInTheWay() {
        assertEquals(
                Optional.of("the model has no layer of dropout (ai.djl.nn.norm.Dropout)"),
                DropoutEnsemble.findObstacle(new SequentialBlock().add(linear(2))));
        Own mixed = new Own(linear(4), BatchNorm.builder().build(), dropout());
        Block model = new SequentialBlock().add(mixed);
        assertEquals(
                "Own has dropout and batch normalisation in code of its own, where DJL turns on"
                        + " both or none: build it of SequentialBlock or ParallelBlock",
                DropoutEnsemble.findObstacle(model).orElseThrow());
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> DropoutEnsemble.of(model, 2, 1, manager));
        assertTrue(e.getMessage().startsWith("MC dropout is not possible: Own has"));
        assertEquals(Optional.empty(), DropoutEnsemble.findObstacle(model()));
    }

    @Test
    void isNotTrained() {
        DropoutEnsemble ensemble = DropoutEnsemble.of(model(), 2, 1, manager);
        ParameterStore parameters = new ParameterStore(manager, false);
        NDList x = new NDList(inputs());
        assertThrows(IllegalStateException.class, () -> ensemble.forward(parameters, x, true));
        assertThrows(
                IllegalArgumentException.class,
                () -> ensemble.extractMember(0, new SequentialBlock()));
    }
}
