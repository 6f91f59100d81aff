/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.transformer.PointwiseFeedForwardBlock;
import dev.polyphony.nn.form.Form;
import java.util.List;
import java.util.function.Function;

/**
 * {@link PointwiseFeedForwardBlock} for all members of an ensemble, of {@link EnsembleLinear}
 * layers.
 */
public class EnsemblePointwiseFeedForwardBlock extends SequentialBlock {

    /**
     * Creates the block.
     *
     * @param form the form of the ensemble
     * @param hiddenSizes the units of the hidden layers, in the base model
     * @param outputSize the units of the output layer, in the base model
     * @param activationFunction what follows each hidden layer
     */
    public EnsemblePointwiseFeedForwardBlock(
            Form form,
            List<Integer> hiddenSizes,
            int outputSize,
            Function<NDList, NDList> activationFunction) {
        for (int hiddenSize : hiddenSizes) {
            addChildBlock("Linear", linear(form, hiddenSize));
            addChildBlock("LambdaBlock", new LambdaBlock(activationFunction));
        }
        addChildBlock("Linear", linear(form, outputSize));
    }

    private static EnsembleLinear linear(Form form, int units) {
        return EnsembleLinear.builder(form).optBias(true).setUnits(units).build();
    }
}
