/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.moons;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.FastWeightInit;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;

/** The multi-layer perceptron 2-128-128-2 of the two moons. */
@Mimo(m = 3, batchRepetitions = 1)
@BatchEnsemble(m = 3)
@BatchEnsemble(
        m = 3,
        form = FastWeightForm.ADDITIVE,
        init = FastWeightInit.NORMAL,
        name = "AdditiveBatchEnsembleMlp")
@MixMo(m = 3, method = MixMethod.LINEAR, batchRepetitions = 1)
@Packed(m = 3, alpha = 2)
@DeepEnsemble(m = 3)
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
