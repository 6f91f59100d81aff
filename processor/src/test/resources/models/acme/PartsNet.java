/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A network of units that stand in other files. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedPartsNet")
@Packed(m = 1, alpha = 2, name = "SinglePackedPartsNet")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoPartsNet")
@MixMo(m = 3, method = MixMethod.CUTMIX)
@MixMo(m = 1, name = "SingleMixMoPartsNet")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditivePartsNet")
@BatchEnsemble(m = 1, name = "SingleBatchEnsemblePartsNet")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesPartsNet")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsemblePartsNet")
@DeepEnsemble(m = 3)
@DeepEnsemble(m = 1, name = "SingleDeepEnsemblePartsNet")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedPartsNet")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedPartsNet")
public final class PartsNet extends SequentialBlock {

    private final PartsUnit last;

    public PartsNet(int classes) {
        add(
                Conv2d.builder()
                        .setKernelShape(new Shape(PartsUnit.KERNEL, PartsUnit.KERNEL))
                        .optStride(new Shape(PartsUnit.strideOf(false), PartsUnit.strideOf(false)))
                        .optPadding(new Shape(1, 1))
                        .setFilters(12)
                        .build());
        add(Activation::relu);
        IntFunction<PartsUnit> plain = PartsUnit::new;
        List<PartsUnit> units = new ArrayList<>();
        units.add(plain.apply(12));
        units.add(PartsUnit.shrinking(16, PartsUnit.Ending.TANH));
        units.add(new acme.PartsUnit(16, false, PartsUnit.Ending.RELU));
        for (PartsUnit unit : units) {
            add(unit);
        }
        last = units.get(1);
        Block head = PartsHead.builder().setClasses(classes).build();
        add(head instanceof PartsHead ? head : last);
    }
}
