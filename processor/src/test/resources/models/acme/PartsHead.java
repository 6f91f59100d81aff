/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** What stands behind the convolutions, in a file of its own. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedPartsHead")
@Packed(m = 1, alpha = 2, name = "SinglePackedPartsHead")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoPartsHead")
@MixMo(m = 3, method = MixMethod.LINEAR)
@MixMo(m = 1, method = MixMethod.LINEAR, name = "SingleMixMoPartsHead")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditivePartsHead")
@BatchEnsemble(m = 1, name = "SingleBatchEnsemblePartsHead")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesPartsHead")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsemblePartsHead")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedPartsHead")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedPartsHead")
public final class PartsHead extends SequentialBlock {
    private PartsHead(int classes) {
        add(Blocks.batchFlattenBlock());
        add(LayerNorm.builder().build());
        add(Linear.builder().setUnits(24).build());
        add(ai.djl.nn.Activation::relu);
        add(Linear.builder().setUnits(classes).build());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The settings of a head. */
    public static final class Builder {

        private int classes = 2;

        public Builder setClasses(int classes) {
            this.classes = classes;
            return this;
        }

        public PartsHead build() {
            return new PartsHead(classes);
        }
    }
}
