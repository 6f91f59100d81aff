/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.polyphony.nn.deepensemble.DeepEnsembleForm;
import dev.polyphony.nn.form.Form;
import java.util.function.Supplier;

/** Models that map {@code [B, 4, 12]} to {@code [B, 3, 2]} and read labels in training. */
final class LabelModels {

    private LabelModels() {}

    /** As a generated network. */
    static final class Whole extends Ensemble {

        Whole(Form form, Block network) {
            super(form, network);
        }

        Whole(DeepEnsembleForm form, Supplier<Block> model) {
            super(form, model);
        }
    }

    /** An encoder, and a decoder that goes on from the right answer, or else from its own. */
    static final class TeacherForced extends AbstractBlock {

        private final Block encoder;
        private final Block cell;
        private final Block head;

        TeacherForced(LayerKit kit) {
            encoder = addChildBlock("encoder", kit.linear(12));
            cell = addChildBlock("cell", kit.linear(12));
            head = addChildBlock("head", kit.linear(2));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            if (training) {
                throw new IllegalArgumentException("train with labels");
            }
            return decode(store, inputs, null, false);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList data, NDList labels, PairList<String, Object> p) {
            return decode(store, data, labels.head(), true);
        }

        private NDList decode(
                ParameterStore store, NDList inputs, NDArray labels, boolean training) {
            NDArray context = encoder.forward(store, inputs, training).head().mean(new int[] {1});
            long rows = context.getShape().get(0);
            NDArray last = context.getManager().zeros(new Shape(rows, 2));
            NDList answers = new NDList();
            for (int step = 0; step < 3; step++) {
                NDArray both = NDArrays.concat(new NDList(context, last), 1);
                NDArray state = cell.forward(store, new NDList(both), training).head().tanh();
                answers.add(head.forward(store, new NDList(state), training).head());
                last = labels == null ? answers.get(step) : labels.get(new NDIndex(":, {}", step));
            }
            return new NDList(NDArrays.stack(answers, 1));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            encoder.initialize(manager, type, inputs);
            cell.initialize(manager, type, new Shape(1, 14));
            head.initialize(manager, type, new Shape(1, 12));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), 3, 2)};
        }
    }

    /** Adds features of the labels to those of the input, none in prediction. */
    static final class Hinted extends AbstractBlock {

        private final Block stem;
        private final Block hint;
        private final Block head;
        private final boolean mixes;

        Hinted(LayerKit kit) {
            this(kit, false);
        }

        Hinted(LayerKit kit, boolean mixes) {
            this.mixes = mixes;
            stem = addChildBlock("stem", kit.linear(16));
            hint = addChildBlock("hint", kit.linear(16));
            head = addChildBlock("head", kit.linear(6));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDArray x = inputs.head();
            long rows = x.getShape().get(0);
            return answer(store, inputs, x.getManager().zeros(new Shape(rows, 12)), training);
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList data, NDList labels, PairList<String, Object> p) {
            NDArray y = labels.head();
            NDArray flat = y.reshape(y.getShape().get(0), -1);
            NDArray own = mixes ? flat.sub(flat.mean(new int[] {0}, true)) : flat;
            return answer(store, data, NDArrays.concat(new NDList(own, flat), 1), true);
        }

        private NDList answer(
                ParameterStore store, NDList inputs, NDArray hints, boolean training) {
            NDArray x = stem.forward(store, inputs, training).head().mean(new int[] {1});
            NDArray both = x.add(hint.forward(store, new NDList(hints), training).head()).tanh();
            NDArray y = head.forward(store, new NDList(both), training).head();
            return new NDList(y.reshape(y.getShape().get(0), 3, 2));
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
            stem.initialize(manager, type, inputs);
            hint.initialize(manager, type, new Shape(1, 12));
            head.initialize(manager, type, new Shape(1, 16));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0), 3, 2)};
        }
    }
}
