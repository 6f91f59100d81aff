/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.Model;
import ai.djl.nn.Block;
import ai.djl.nn.BlockFactory;
import dev.polyphony.nn.Ensemble;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes a generated network again when DJL loads its parameters. Generated networks bring theirs:
 *
 * <pre>{@code
 * Criteria.builder()
 *         .setTypes(NDList.class, NDList.class)
 *         .optModelPath(folder)
 *         .optArgument("blockFactory", PackedLeNet.Factory.class.getName())
 *         .optArgument("classes", 10)
 * }</pre>
 */
public abstract class EnsembleFactory implements BlockFactory {

    private static final long serialVersionUID = 1L;

    /** {@inheritDoc} */
    @Override
    public final Block newBlock(Model model, Path modelPath, Map<String, ?> arguments) {
        return Arguments.of(arguments).make(this::create);
    }

    /**
     * Creates the network.
     *
     * @param arguments the values of the constructor's parameters, by name
     * @return the network
     * @throws IllegalArgumentException if a value is missing or wrong
     */
    protected abstract Ensemble create(Arguments arguments);
}
