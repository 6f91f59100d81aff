/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a model with its dropout on and its normalisation as in prediction. DJL has one switch for
 * both, so chains and parallel branches are walked here, block by block, and each is told apart.
 * Code of a user's own is run as a whole, which is right where only dropout is in it.
 */
final class DropoutWalk {

    private static final String FORWARD = "forward";

    private DropoutWalk() {}

    /** What stands in the way of running a model so. */
    static Optional<String> findObstacle(Block model) {
        if (!draws(model)) {
            return Optional.of("the model has no layer of dropout (ai.djl.nn.norm.Dropout)");
        }
        return findMixed(model)
                .map(
                        block ->
                                "%s has dropout and batch normalisation in code of its own, where DJL turns on both or none: build it of SequentialBlock or ParallelBlock"
                                        .formatted(block.getClass().getSimpleName()));
    }

    /** A block whose own code runs dropout beside what must stay as in prediction. */
    private static Optional<Block> findMixed(Block block) {
        if (!draws(block)) {
            return Optional.empty();
        }
        if (isChain(block) || isParallel(block)) {
            return block.getChildren().values().stream()
                    .flatMap(child -> findMixed(child).stream())
                    .findFirst();
        }
        return normalizes(block) ? Optional.of(block) : Optional.empty();
    }

    /** Whether a block, or one inside it, is dropout. DJL's encoder does not list its own. */
    static boolean draws(Block block) {
        return block instanceof Dropout
                || block instanceof TransformerEncoderBlock
                || block.getChildren().values().stream().anyMatch(DropoutWalk::draws);
    }

    private static boolean normalizes(Block block) {
        return block instanceof BatchNorm
                || block instanceof GhostBatchNorm
                || block.getChildren().values().stream().anyMatch(DropoutWalk::normalizes);
    }

    /** The blocks that a model runs one after the other, chains in chains opened. */
    static List<Block> getSteps(Block block) {
        if (!isChain(block)) {
            return List.of(block);
        }
        List<Block> steps = new ArrayList<>();
        block.getChildren().values().forEach(child -> steps.addAll(getSteps(child)));
        return steps;
    }

    /** Runs a block of a model in which nothing stands in the way. */
    static NDList forward(Block block, ParameterStore parameterStore, NDList inputs) {
        if (!draws(block)) {
            return block.forward(parameterStore, inputs, false);
        }
        if (isChain(block)) {
            NDList current = inputs;
            for (Block child : block.getChildren().values()) {
                current = forward(child, parameterStore, current);
            }
            return current;
        }
        if (isParallel(block)) {
            List<NDList> branches = new ArrayList<>();
            for (Block child : block.getChildren().values()) {
                branches.add(forward(child, parameterStore, inputs));
            }
            return getJoin(block).orElseThrow().apply(branches);
        }
        return block.forward(parameterStore, inputs, true);
    }

    private static boolean isChain(Block block) {
        return block instanceof SequentialBlock chain
                && !chain.isReturnIntermediate()
                && runsAs(SequentialBlock.class, block);
    }

    private static boolean isParallel(Block block) {
        return block instanceof ParallelBlock
                && runsAs(ParallelBlock.class, block)
                && getJoin(block).isPresent();
    }

    /** Whether a subclass leaves it to DJL's class how its children are run. */
    private static boolean runsAs(Class<? extends Block> type, Block block) {
        for (Class<?> c = block.getClass(); c != type; c = c.getSuperclass()) {
            if (Arrays.stream(c.getDeclaredMethods())
                    .anyMatch(method -> method.getName().startsWith(FORWARD))) {
                return false;
            }
        }
        return true;
    }

    /** How the branches become one, which DJL keeps to itself. */
    @SuppressWarnings("unchecked")
    private static Optional<Function<List<NDList>, NDList>> getJoin(Block block) {
        try {
            Field join = ParallelBlock.class.getDeclaredField("function");
            join.setAccessible(true);
            return Optional.of((Function<List<NDList>, NDList>) join.get(block));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // another version of DJL: the block counts as code that is run as a whole
            return Optional.empty();
        }
    }
}
