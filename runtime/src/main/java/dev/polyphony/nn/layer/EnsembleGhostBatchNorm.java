/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Rows;
import java.util.stream.LongStream;

/**
 * {@link GhostBatchNorm} for all members of an ensemble: in training the statistics are those of
 * virtual batches, consecutive parts of the batch with as many examples as equal parts allow, and
 * at most the virtual batch size. As in {@link EnsembleBatchNorm} they are those of each member
 * where the form keeps members apart, else of all rows of these examples.
 *
 * <p>The output has the shape of the input; DJL's own layer stacks the virtual batches.
 *
 * @see <a href="https://arxiv.org/abs/1705.08741">Train longer, generalize better, algorithm 1</a>
 */
public final class EnsembleGhostBatchNorm extends EnsembleBatchNorm {

    private final int virtualBatchSize;

    private EnsembleGhostBatchNorm(Builder builder) {
        super(builder);
        virtualBatchSize = builder.virtualBatchSize;
    }

    /**
     * Creates a builder.
     *
     * @param form the form of the ensemble
     * @return a new builder
     */
    public static Builder builder(Form form) {
        return new Builder(form);
    }

    /** {@inheritDoc} */
    @Override
    public String getBaseName() {
        return "GhostBatchNorm";
    }

    /** {@inheritDoc} */
    @Override
    NDArray normalizeRows(NDArray x, int channels, ParameterStore store, Rows rows) {
        long examples = rows.getExamples();
        long parts = (examples + virtualBatchSize - 1) / virtualBatchSize;
        if (!rows.isTraining() || parts == 1) {
            return normalize(x, channels, store, rows);
        }
        long rowsOfExample = x.getShape().get(0) / examples;
        long[] starts =
                LongStream.range(1, parts).map(i -> i * examples / parts * rowsOfExample).toArray();
        NDList normalized = new NDList();
        for (NDArray batch : x.split(starts)) {
            normalized.add(normalize(batch, channels, store, rows));
        }
        return NDArrays.concat(normalized);
    }

    /** The builder of an {@link EnsembleGhostBatchNorm}, as {@link GhostBatchNorm.Builder}. */
    public static final class Builder extends EnsembleBatchNorm.Builder {

        private int virtualBatchSize = 128;

        private Builder(Form form) {
            super(form);
        }

        /**
         * Sets the most examples of a virtual batch; 128 by default.
         *
         * @param virtualBatchSize the number of examples
         * @return this builder
         */
        public Builder optVirtualBatchSize(int virtualBatchSize) {
            if (virtualBatchSize < 1) {
                throw new IllegalArgumentException(
                        "The virtual batch size must be at least 1, but was " + virtualBatchSize);
            }
            this.virtualBatchSize = virtualBatchSize;
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public Builder optAxis(int axis) {
            super.optAxis(axis);
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public Builder optCenter(boolean center) {
            super.optCenter(center);
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public Builder optScale(boolean scale) {
            super.optScale(scale);
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public Builder optEpsilon(float epsilon) {
            super.optEpsilon(epsilon);
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public Builder optMomentum(float momentum) {
            super.optMomentum(momentum);
            return this;
        }

        /** {@inheritDoc} */
        @Override
        public EnsembleGhostBatchNorm build() {
            return new EnsembleGhostBatchNorm(this);
        }
    }
}
