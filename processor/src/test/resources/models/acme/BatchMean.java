/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/**
 * Mixes the examples of a batch, which no form but the copies of a deep ensemble can keep apart.
 */
@Packed
@Mimo
@MixMo
@BatchEnsemble
@Masksembles
@SubEnsemble
@DeepEnsemble
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedBatchMean")
public final class BatchMean extends SequentialBlock {

    public BatchMean(int classes) {
        add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(12).build());
        addSingleton(x -> x.sub(x.mean(new int[] {0}, true)));
        add(Blocks.batchFlattenBlock());
        add(Linear.builder().setUnits(classes).build());
    }
}
