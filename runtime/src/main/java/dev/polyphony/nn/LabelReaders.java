/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBaseBlock;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Finds blocks with a forward pass for training that takes labels, as models have that are forced
 * to go on from the right answer. DJL's containers only hand labels on.
 */
final class LabelReaders {

    private static final Set<String> NAMES = Set.of("forward", "forwardInternal");

    private static final List<Class<?>> PARAMETERS =
            List.of(ParameterStore.class, NDList.class, NDList.class, PairList.class);

    private static final Set<Class<?>> HANDING_ON =
            Set.of(
                    Object.class,
                    AbstractBaseBlock.class,
                    SequentialBlock.class,
                    ParallelBlock.class,
                    Ensemble.class);

    private LabelReaders() {}

    /** Whether a network or a part of it reads labels. */
    static boolean in(Block network) {
        return reads(network.getClass())
                || network.getChildren().values().stream().anyMatch(LabelReaders::in);
    }

    private static boolean reads(Class<?> type) {
        if (type == null || HANDING_ON.contains(type)) {
            return type != null && reads(type.getSuperclass());
        }
        return Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> NAMES.contains(method.getName()))
                        .anyMatch(method -> PARAMETERS.equals(List.of(method.getParameterTypes())))
                || reads(type.getSuperclass());
    }
}
