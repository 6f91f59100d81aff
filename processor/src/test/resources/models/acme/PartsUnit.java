/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package acme;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.BatchEnsemble;
import dev.polyphony.DeepEnsemble;
import dev.polyphony.FastWeightForm;
import dev.polyphony.Masksembles;
import dev.polyphony.Mimo;
import dev.polyphony.MixMethod;
import dev.polyphony.MixMo;
import dev.polyphony.Packed;
import dev.polyphony.SubEnsemble;

/** Two convolutions and a shortcut, in a file of their own. */
@Packed(m = 3)
@Packed(m = 3, alpha = 3, name = "WidePackedPartsUnit")
@Packed(m = 1, alpha = 2, name = "SinglePackedPartsUnit")
@Mimo(m = 3)
@Mimo(m = 1, name = "SingleMimoPartsUnit")
@MixMo(m = 3, method = MixMethod.CUTMIX)
@MixMo(m = 1, name = "SingleMixMoPartsUnit")
@BatchEnsemble(m = 3)
@BatchEnsemble(m = 3, form = FastWeightForm.ADDITIVE, name = "AdditivePartsUnit")
@BatchEnsemble(m = 1, name = "SingleBatchEnsemblePartsUnit")
@Masksembles(m = 3)
@Masksembles(m = 1, name = "SingleMasksemblesPartsUnit")
@SubEnsemble(m = 3)
@SubEnsemble(m = 1, name = "SingleSubEnsemblePartsUnit")
@DeepEnsemble(m = 3, vectorized = true, name = "VectorizedPartsUnit")
@DeepEnsemble(m = 1, vectorized = true, name = "SingleVectorizedPartsUnit")
public final class PartsUnit extends AbstractBlock {

    /** How the unit ends. */
    public enum Ending {
        RELU,
        TANH
    }

    static final int KERNEL = 3;

    private final SequentialBlock branch = new SequentialBlock();
    private final Conv2d shortcut;
    private final Ending ending;

    public PartsUnit(int filters, boolean shrink, Ending ending) {
        this.ending = ending;
        int stride = strideOf(shrink);
        branch.add(conv(filters, KERNEL, stride)).add(BatchNorm.builder().build());
        branch.add(Activation::relu).add(conv(filters, KERNEL, 1));
        addChildBlock("branch", branch);
        shortcut = shrink ? addChildBlock("shortcut", conv(filters, 1, stride)) : null;
    }

    public PartsUnit(int filters) {
        this(filters, false, Ending.RELU);
    }

    public static PartsUnit shrinking(int filters, Ending ending) {
        return new PartsUnit(filters, true, ending);
    }

    static int strideOf(boolean shrink) {
        return shrink ? 2 : 1;
    }

    private static Conv2d conv(int filters, int kernel, int stride) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optPadding(new Shape(kernel / 2, kernel / 2))
                .optStride(new Shape(stride, stride))
                .setFilters(filters)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        NDArray x = branch.forward(store, inputs, training).singletonOrThrow();
        NDList skip = shortcut == null ? inputs : shortcut.forward(store, inputs, training);
        NDArray sum = x.add(skip.singletonOrThrow());
        return new NDList(ending == Ending.RELU ? Activation.relu(sum) : Activation.tanh(sum));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        branch.initialize(manager, type, inputs);
        if (shortcut != null) {
            shortcut.initialize(manager, type, inputs);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return branch.getOutputShapes(inputs);
    }
}
