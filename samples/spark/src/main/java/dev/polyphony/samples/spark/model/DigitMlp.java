/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/**
 * A perceptron with two hidden layers for digits whose 64 pixels are the columns of a table.
 * Several forms of a method are candidates of a search.
 */
@Mimo(m = 2, batchRepetitions = 2)
@Mimo(m = 3, batchRepetitions = 2, name = "Mimo3DigitMlp")
@MixMo(m = 2, method = MixMethod.LINEAR, batchRepetitions = 2)
@BatchEnsemble(m = 4)
@BatchEnsemble(m = 8, name = "BatchEnsemble8DigitMlp")
@Packed(m = 4, alpha = 2, gamma = 1)
@Packed(m = 4, alpha = 3, gamma = 1, name = "WidePackedDigitMlp")
@Packed(m = 8, alpha = 3, gamma = 1, name = "Packed8DigitMlp")
@Masksembles(m = 4)
@SubEnsemble(m = 4)
@DeepEnsemble(m = 4)
public final class DigitMlp extends SequentialBlock {

    /**
     * Creates a network.
     *
     * @param units the width of the hidden layers
     * @param classes the number of outputs
     */
    public DigitMlp(int units, int classes) {
        // rows of 64 numbers are flat already, images become so
        add(Blocks.batchFlattenBlock());
        for (int i = 0; i < 2; i++) {
            add(Linear.builder().setUnits(units).build());
            add(Activation::relu);
        }
        add(Dropout.builder().optRate(0.1f).build());
        add(Linear.builder().setUnits(classes).build());
    }
}
