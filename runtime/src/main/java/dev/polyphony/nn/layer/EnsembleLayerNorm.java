/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.Members;
import dev.polyphony.nn.form.Rows;
import java.util.Arrays;

/**
 * {@link LayerNorm} for all members of an ensemble: every row is normalised over the features of
 * its own member; scale and shift are each member's where the form keeps members apart.
 */
public final class EnsembleLayerNorm extends NormLayer {

    private final int[] axis;
    private final float epsilon;
    private Shape normalized;

    private EnsembleLayerNorm(Builder builder) {
        super(builder);
        axis = builder.axis;
        epsilon = builder.getEpsilon();
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
        return "LayerNorm";
    }

    /** {@inheritDoc} */
    @Override
    Shape setShapes(Shape input, int members) {
        normalized = getBaseShape(input);
        Shape shape = members == 1 ? normalized : new Shape(members).addAll(normalized);
        getGamma().setShape(shape);
        getBeta().setShape(shape);
        return normalized;
    }

    /** {@inheritDoc} */
    @Override
    Shape getBaseShape(Shape input) {
        return axis == null
                ? input.slice(1)
                : new Shape(Arrays.stream(axis).mapToLong(input::get).toArray());
    }

    /** {@inheritDoc} */
    @Override
    boolean comparesFeatures() {
        return true;
    }

    /** {@inheritDoc} */
    @Override
    public NDArray getFeatures(NDArray x, int axis) {
        long rows = x.getShape().get(0);
        long size = getBaseShape(x.getShape()).size();
        return x.reshape(rows, -1, size).get(new NDIndex(":, 0"));
    }

    /** {@inheritDoc} */
    @Override
    NDArray compute(NDArray x, ParameterStore parameterStore, Rows rows) {
        NDArray gamma = value(getGamma(), x, parameterStore, rows);
        NDArray beta = value(getBeta(), x, parameterStore, rows);
        if (!isApart()) {
            return normalize(x, gamma, beta);
        }
        NDManager manager = x.getManager();
        NDArray y =
                normalize(
                        x,
                        manager.ones(normalized, x.getDataType()),
                        manager.zeros(normalized, x.getDataType()));
        NDArray apart = Members.apart(y, getForm().getMembers());
        return Members.rows(apart.mul(aligned(gamma, apart)).add(aligned(beta, apart)));
    }

    /** {@inheritDoc} */
    @Override
    public int getFeatureAxis(Shape input) {
        return input.dimension() - 1;
    }

    private NDArray normalize(NDArray x, NDArray gamma, NDArray beta) {
        return LayerNorm.layerNorm(x, normalized, gamma, beta, epsilon).singletonOrThrow();
    }

    /** {@code [M, normalized...]} to {@code [M, 1..., normalized...]}, to broadcast over rows. */
    private NDArray aligned(NDArray parameter, NDArray apart) {
        long[] dims = new long[apart.getShape().dimension() - 1];
        Arrays.fill(dims, 1);
        dims[0] = getForm().getMembers();
        for (int i = 0; i < normalized.dimension(); i++) {
            dims[dims.length - normalized.dimension() + i] = normalized.get(i);
        }
        NDArray view = parameter.reshape(dims);
        view.attach(apart.getManager());
        return view;
    }

    private static NDArray value(
            Parameter parameter, NDArray x, ParameterStore parameterStore, Rows rows) {
        return parameterStore.getValue(parameter, x.getDevice(), rows.isTraining());
    }

    /** The builder of an {@link EnsembleLayerNorm}, as {@link LayerNorm.Builder}. */
    public static final class Builder extends NormBuilder<Builder> {

        private int[] axis;

        private Builder(Form form) {
            super(form);
        }

        /**
         * Sets the axes to normalise over, the last ones of the input; all but the batch by
         * default.
         *
         * @param axis the axes
         * @return this builder
         */
        public Builder axis(int... axis) {
            this.axis = axis.clone();
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         */
        public EnsembleLayerNorm build() {
            return new EnsembleLayerNorm(this);
        }

        /** {@inheritDoc} */
        @Override
        protected Builder self() {
            return this;
        }
    }
}
