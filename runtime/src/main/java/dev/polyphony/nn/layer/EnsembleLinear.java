/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import dev.polyphony.nn.form.Form;
import dev.polyphony.nn.form.LinearMap;
import dev.polyphony.nn.form.Members;

/**
 * {@link Linear} for all members of an ensemble: input {@code [B*M, ..., in]}, output {@code [B*M,
 * ..., out]} with the widths of one member.
 */
public final class EnsembleLinear extends LinearLayer {

    private EnsembleLinear(Builder builder) {
        super(builder.form, new Map(builder.units, builder.bias, builder.heads));
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

    /** The arithmetic: channels are the last axis. */
    private record Map(long units, boolean bias, int heads) implements LinearMap {

        @Override
        public String getName() {
            return "Linear(" + units + ")";
        }

        @Override
        public long getUnits() {
            return units;
        }

        @Override
        public int getGroups() {
            return 1;
        }

        @Override
        public int getWidthMultiple() {
            return heads;
        }

        @Override
        public boolean hasBias() {
            return bias;
        }

        @Override
        public int getAxis(Shape input) {
            return input.dimension() - 1;
        }

        @Override
        public boolean isSpatial() {
            return false;
        }

        @Override
        public Shape getWeightShape(long units, long inputs) {
            // two axes, so that initialisers see the fan-in that each member really has
            return new Shape(units, inputs);
        }

        @Override
        public Shape getOutputShape(Shape input, long units) {
            return input.slice(0, input.dimension() - 1).add(units);
        }

        @Override
        public NDArray apply(NDArray x, NDArray weight, NDArray bias, int groups) {
            if (groups == 1) {
                return Linear.linear(x, weight, bias).singletonOrThrow();
            }
            Shape shape = x.getShape();
            long units = weight.getShape().get(0);
            long inputs = weight.getShape().get(1);
            long rows = shape.size() / groups / inputs;
            NDArray blocks = weight.reshape(groups, units / groups, inputs);
            blocks.attach(x.getManager());
            NDArray y =
                    x.reshape(rows, groups, inputs)
                            .transpose(1, 0, 2)
                            .batchMatMul(blocks.transpose(0, 2, 1))
                            .transpose(1, 0, 2)
                            .reshape(getOutputShape(shape, units));
            return bias == null ? y : y.add(bias);
        }

        @Override
        public NDArray applyApart(
                NDArray rows, NDArray weight, NDArray bias, int members, int groups) {
            Shape shape = rows.getShape();
            if (shape.dimension() > 2 || groups > 1) {
                return LinearMap.super.applyApart(rows, weight, bias, members, groups);
            }
            long units = weight.getShape().get(0) / members;
            long inputs = shape.get(1);
            NDArray y =
                    rows.reshape(shape.get(0) / members, members, inputs)
                            .transpose(1, 0, 2)
                            .batchMatMul(
                                    Members.view(weight, rows, members, units, inputs)
                                            .transpose(0, 2, 1));
            NDArray apart = y.transpose(1, 0, 2).reshape(-1, members * units);
            // in place: nobody else has the copy, and another array takes longer than the addition
            return (bias == null ? apart : apart.addi(bias)).reshape(-1, units);
        }

        @Override
        public NDArray sum(NDArray x, int groups) {
            return x.sum(new int[] {x.getShape().dimension() - 1}, true);
        }
    }

    /** The builder of an {@link EnsembleLinear}, as {@link Linear.Builder}. */
    public static final class Builder {

        private final Form form;
        private long units;
        private boolean bias = true;
        private int heads = 1;

        private Builder(Form form) {
            this.form = form;
        }

        /**
         * Sets the number of outputs of the base model's layer.
         *
         * @param units the number of outputs
         * @return this builder
         */
        public Builder setUnits(long units) {
            this.units = units;
            return this;
        }

        /**
         * Sets whether to add a bias; true by default.
         *
         * @param bias whether to add a bias
         * @return this builder
         */
        public Builder optBias(boolean bias) {
            this.bias = bias;
            return this;
        }

        /** Sets a number that must divide the width of a member; 1 by default. */
        Builder optHeads(int heads) {
            this.heads = heads;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @return the layer
         * @throws IllegalArgumentException if the number of outputs is not set
         */
        public EnsembleLinear build() {
            if (units < 1) {
                throw new IllegalArgumentException(
                        "Linear: setUnits is required and at least 1, but is " + units);
            }
            return new EnsembleLinear(this);
        }
    }
}
