/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.benchmarks.model;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.BatchSplit;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** The multi-layer perceptron 2-128-128-2 of the two moons. */
@Packed(m = 4, alpha = 2)
@Mimo(m = 3, batchRepetitions = 1)
@MixMo(m = 2, method = MixMethod.LINEAR, batchRepetitions = 1)
@BatchEnsemble(m = 4, split = BatchSplit.SUB_BATCH)
@Masksembles(m = 4)
@SubEnsemble(m = 4)
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "PlainMlp")
public final class Mlp extends SequentialBlock {

    /**
     * Creates a perceptron with two hidden layers.
     *
     * @param hidden the width of the hidden layers
     * @param classes the number of outputs
     */
    public Mlp(int hidden, int classes) {
        for (int i = 0; i < 2; i++) {
            add(Linear.builder().setUnits(hidden).build());
            add(Activation::relu);
        }
        add(Linear.builder().setUnits(classes).build());
    }
}
