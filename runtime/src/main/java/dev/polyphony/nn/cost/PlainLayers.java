/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.cost;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.convolutional.Deconvolution;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Prelu;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.RecurrentBlock;
import dev.polyphony.nn.cost.LayerCost.Width;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the layers of a plain model of DJL's blocks by the shapes that they were initialised for;
 * a layer that is used several times counts once.
 */
final class PlainLayers {

    private final long examples;
    private final int copies;
    private final int runs;
    private final List<LayerCost> costs = new ArrayList<>();
    private final Set<Block> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private PlainLayers(long examples, int copies, int runs) {
        this.examples = examples;
        this.copies = copies;
        this.runs = runs;
    }

    /**
     * Counts a model.
     *
     * @param model the model, initialised
     * @param examples the examples that it was initialised for
     * @param copies how many copies of it the ensemble has
     * @param runs how many of them, or of one again, run in a prediction
     * @return the cost of each block that has parameters
     */
    static List<LayerCost> of(Block model, long examples, int copies, int runs) {
        PlainLayers layers = new PlainLayers(examples, copies, runs);
        layers.collect(model);
        return layers.costs;
    }

    private void collect(Block block) {
        if (!seen.add(block)) {
            return;
        }
        if (!block.getDirectParameters().isEmpty()) {
            costs.add(cost(block));
        }
        block.getChildren().values().forEach(this::collect);
    }

    private LayerCost cost(Block block) {
        Shape[] inputs = block.getInputShapes();
        Shape input = inputs[0];
        // without an axis of unknown size, as the inner blocks of attention are initialised with
        boolean isKnown = isKnown(input);
        Shape output = isKnown ? block.getOutputShapes(inputs)[0] : input;
        Count plain =
                new Count(
                        block.getDirectParameters().values().stream()
                                .filter(Parameter::requiresGradient)
                                .mapToLong(parameter -> parameter.getShape().size())
                                .sum(),
                        isKnown ? multiplyAdds(block, input, output) / examples : 0,
                        isKnown ? (input.size() + output.size()) / examples : 0);
        Width width = width(block, input, output);
        return new LayerCost(
                name(block, width),
                Optional.empty(),
                width,
                width,
                plain,
                new Count(
                        plain.parameters() * copies,
                        plain.multiplyAdds() * runs,
                        plain.activations() * runs),
                isKnown && isCountable(block));
    }

    private static boolean isKnown(Shape shape) {
        for (long axis : shape.getShape()) {
            if (axis < 0) {
                return false;
            }
        }
        return true;
    }

    private static long multiplyAdds(Block block, Shape input, Shape output) {
        if (block instanceof Deconvolution) {
            return weights(block) * (input.size() / input.get(1));
        } else if (block instanceof Convolution) {
            return weights(block) * (output.size() / output.get(1));
        } else if (block instanceof Linear || block instanceof RecurrentBlock) {
            return weights(block) * (input.size() / last(input));
        }
        return 0;
    }

    private static boolean isCountable(Block block) {
        return block instanceof Deconvolution
                || block instanceof Convolution
                || block instanceof Linear
                || block instanceof RecurrentBlock
                || block instanceof BatchNorm
                || block instanceof LayerNorm
                || block instanceof Prelu
                || block instanceof Embedding;
    }

    private static long weights(Block block) {
        return block.getDirectParameters().values().stream()
                .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    private static Width width(Block block, Shape input, Shape output) {
        if (block instanceof Embedding) {
            return new Width(0, last(output));
        }
        boolean isSpatial =
                block instanceof Convolution
                        || block instanceof Deconvolution
                        || block instanceof BatchNorm;
        return isSpatial && input.dimension() > 1
                ? new Width(input.get(1), output.get(1))
                : new Width(last(input), last(output));
    }

    private static long last(Shape shape) {
        return shape.dimension() == 0 ? 1 : shape.get(shape.dimension() - 1);
    }

    private static String name(Block block, Width width) {
        String name = block.getClass().getSimpleName();
        boolean isMap = block instanceof Linear || block instanceof Convolution;
        return isMap ? name + "(" + width.outputs() + ")" : name;
    }
}
