/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedMlp")
@Packed(m = 1, alpha = 2, name = "SinglePackedMlp")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoMlp")
@MixMo(m = 3, method = MixMethod.LINEAR)
@MixMo(m = 1, name = "SingleMixMoMlp")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditiveMlp")
@BatchEnsemble(m = 1, name = "SingleBatchEnsembleMlp")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesMlp")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsembleMlp")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsembleMlp")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedMlp")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedMlp")
public final class Mlp extends SequentialBlock {

    private static final int INPUT = 12;

    public Mlp(int classes) {
        add(Blocks.batchFlattenBlock(INPUT));
        for (int width = 24; width > 15; width -= 4) {
            add(hidden(width)).add(Activation::relu);
        }
        add(Dropout.builder().optRate(0.1f).build());
        add(Linear.builder().setUnits(classes).build());
    }

    private static Linear hidden(int width) {
        return Linear.builder().setUnits(width).build();
    }
}
