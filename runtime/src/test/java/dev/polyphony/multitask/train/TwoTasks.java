/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.multitask.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.TaskKind;
import dev.polyphony.data.MultiExamples;
import dev.polyphony.data.Seeds;
import dev.polyphony.multitask.TaskSpec;
import dev.polyphony.nn.Ensemble;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.layer.EnsembleBatchNorm;
import dev.polyphony.nn.layer.EnsembleLinear;
import java.util.List;
import java.util.Random;

/** A small model with two inputs, a shared layer, and two outputs, and data for it. */
public final class TwoTasks extends AbstractBlock {

    static final TaskSpec KIND = TaskSpec.of("kind", TaskKind.CLASSIFICATION);
    static final TaskSpec SIZE = TaskSpec.of("size", TaskKind.REGRESSION);
    public static final List<TaskSpec> TASKS = List.of(KIND, SIZE);

    /** Masks need at least ten channels. */
    private static final int WIDTH = 12;

    private final Block left;
    private final Block right;
    private final Block norm;
    private final Block shared;
    private final Block kind;
    private final Block size;
    private final Block dropout = Dropout.builder().optRate(0.3f).build();
    private final boolean isNoisy;

    /** Of a form, or plain; possibly with batch normalisation and dropout. */
    public TwoTasks(Form form, boolean isNoisy) {
        this.isNoisy = isNoisy;
        left = addChildBlock("left", linear(form, WIDTH));
        right = addChildBlock("right", linear(form, WIDTH));
        norm = isNoisy ? addChildBlock("norm", batchNorm(form)) : null;
        shared = addChildBlock("shared", linear(form, WIDTH));
        kind = addChildBlock("kind", linear(form, 3));
        size = addChildBlock("size", linear(form, 1));
    }

    private static Block linear(Form form, int units) {
        return form == null
                ? Linear.builder().setUnits(units).build()
                : EnsembleLinear.builder(form).setUnits(units).build();
    }

    private static Block batchNorm(Form form) {
        return form == null ? BatchNorm.builder().build() : EnsembleBatchNorm.builder(form).build();
    }

    public static MultiTaskHarness plain(boolean isNoisy) {
        return MultiTaskHarness.plain("plain", () -> new TwoTasks(null, isNoisy), TASKS);
    }

    public static final class Whole extends Ensemble {

        public Whole(Form form) {
            super(form, new TwoTasks(form, false));
        }

        public Whole(DeepEnsembleForm form) {
            super(form, () -> new TwoTasks(null, false));
        }
    }

    /** Three kinds of two vectors; the size depends on both. */
    public static MultiExamples data(int size, int seed) {
        Random random = Seeds.random(seed);
        float[] left = new float[size * 4];
        float[] right = new float[size * 2];
        int[] kinds = new int[size];
        float[] sizes = new float[size];
        for (int i = 0; i < size; i++) {
            kinds[i] = i % 3;
            for (int k = 0; k < 4; k++) {
                left[i * 4 + k] = (float) (0.4 * random.nextGaussian() + (k == kinds[i] ? 1 : 0));
            }
            right[i * 2] = (float) random.nextGaussian();
            right[i * 2 + 1] = (float) random.nextGaussian();
            sizes[i] = 0.5f * kinds[i] + 0.5f * right[i * 2] - 0.3f * left[i * 4 + 3];
        }
        return MultiExamples.builder()
                .addInput("left", left, new Shape(4))
                .addInput("right", right, new Shape(2))
                .addClasses("kind", kinds, 3)
                .addTargets("size", sizes)
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
        NDArray x = call(left, store, training, inputs.get(0));
        NDArray y = call(right, store, training, inputs.get(1));
        NDArray sum = Activation.tanh(x.add(y));
        NDArray normed = isNoisy ? call(norm, store, training, sum) : sum;
        NDArray hidden = Activation.tanh(call(shared, store, training, normed));
        NDArray kept = isNoisy ? call(dropout, store, training, hidden) : hidden;
        return new NDList(call(kind, store, training, kept), call(size, store, training, kept));
    }

    private static NDArray call(Block block, ParameterStore store, boolean training, NDArray x) {
        return block.forward(store, new NDList(x), training).head();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        left.initialize(manager, type, inputs[0]);
        right.initialize(manager, type, inputs[1]);
        dropout.initialize(manager, type, new Shape(1, WIDTH));
        for (Block block :
                isNoisy ? List.of(norm, shared, kind, size) : List.of(shared, kind, size)) {
            block.initialize(manager, type, new Shape(1, WIDTH));
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        long rows = inputs[0].get(0);
        return new Shape[] {new Shape(rows, 3), new Shape(rows, 1)};
    }
}
