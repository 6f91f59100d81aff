/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** A block with parameters of its own, in a plain model. */
record Leaf(Block block) {

    /** The leaves of a model; one that is shared by two parents is one. */
    static Collection<Leaf> of(Block model) {
        Set<Block> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Leaf> leaves = new ArrayList<>();
        collect(model, seen, leaves);
        return leaves;
    }

    private static void collect(Block block, Set<Block> seen, List<Leaf> leaves) {
        if (!seen.add(block)) {
            return;
        }
        if (!block.getDirectParameters().isEmpty()) {
            leaves.add(new Leaf(block));
        }
        block.getChildren().values().forEach(child -> collect(child, seen, leaves));
    }

    boolean isNormalisation() {
        return block.getDirectParameters().contains("gamma");
    }

    /** Whether this is a linear map: a Linear or a convolution. */
    boolean isMap() {
        return isConvolution() || block instanceof ai.djl.nn.core.Linear;
    }

    boolean isConvolution() {
        return block instanceof ai.djl.nn.convolutional.Convolution;
    }

    /** Whether this normalises over the last axes, and not each channel over all rows. */
    boolean isLayerNorm() {
        return block instanceof ai.djl.nn.norm.LayerNorm;
    }

    /** The numbers that a layer normalisation normalises together. */
    long normalized() {
        return block.getDirectParameters().get("gamma").getArray().size();
    }

    long units() {
        return weight().get(0);
    }

    /** The groups of a convolution. */
    long groups() {
        return block instanceof ai.djl.nn.convolutional.Convolution convolution
                ? convolution.getGroups()
                : 1;
    }

    /** The channels that the layer reads. */
    long inputs() {
        return weight().get(1) * groups();
    }

    /** The size of a kernel. */
    long kernel() {
        return weight().slice(2).size();
    }

    boolean hasBias() {
        return block.getDirectParameters().contains("bias");
    }

    /** The axis of the features that a row of this input has. */
    int featureAxis(Shape input) {
        return isConvolution() || isNormalisation() && !isLayerNorm() ? 1 : input.dimension() - 1;
    }

    /** How many numbers of each feature are trained. */
    long trainedPerFeature() {
        return block.getDirectParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .count();
    }

    /** How many numbers are trained. */
    long trained() {
        return block.getDirectParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getShape().size())
                .sum();
    }

    private Shape weight() {
        return block.getDirectParameters().get("weight").getArray().getShape();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Leaf leaf && leaf.block == block;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(block);
    }
}
