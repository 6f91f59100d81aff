/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.Form;
import java.util.Arrays;

/**
 * What the builders of convolutions share, as DJL's {@code ConvolutionBuilder}.
 *
 * @param <T> the builder
 */
public abstract class ConvolutionBuilder<T extends ConvolutionBuilder<T>> {

    private final Form form;
    private final int dimensions;
    private Shape kernelShape;
    private Shape stride;
    private Shape padding;
    private Shape dilation;
    private int filters;
    private int groups = 1;
    private boolean bias = true;

    ConvolutionBuilder(Form form, int dimensions) {
        this.form = form;
        this.dimensions = dimensions;
        stride = fill(1);
        padding = fill(0);
        dilation = fill(1);
    }

    /**
     * Sets the size of the kernel.
     *
     * @param kernelShape the size, one number a spatial axis
     * @return this builder
     */
    public T setKernelShape(Shape kernelShape) {
        this.kernelShape = kernelShape;
        return self();
    }

    /**
     * Sets the stride; 1 by default.
     *
     * @param stride the stride, one number a spatial axis
     * @return this builder
     */
    public T optStride(Shape stride) {
        this.stride = stride;
        return self();
    }

    /**
     * Sets the padding on both sides; 0 by default.
     *
     * @param padding the padding, one number a spatial axis
     * @return this builder
     */
    public T optPadding(Shape padding) {
        this.padding = padding;
        return self();
    }

    /**
     * Sets the dilation; 1 by default.
     *
     * @param dilation the dilation, one number a spatial axis
     * @return this builder
     */
    public T optDilation(Shape dilation) {
        this.dilation = dilation;
        return self();
    }

    /**
     * Sets the number of output channels of the base model's layer.
     *
     * @param filters the number of filters
     * @return this builder
     */
    public T setFilters(int filters) {
        this.filters = filters;
        return self();
    }

    /**
     * Sets the number of groups of the base model's layer; 1 by default.
     *
     * @param groups the number of groups
     * @return this builder
     */
    public T optGroups(int groups) {
        this.groups = groups;
        return self();
    }

    /**
     * Sets whether to add a bias; true by default.
     *
     * @param bias whether to add a bias
     * @return this builder
     */
    public T optBias(boolean bias) {
        this.bias = bias;
        return self();
    }

    /**
     * Returns this builder.
     *
     * @return this builder
     */
    protected abstract T self();

    Form getForm() {
        return form;
    }

    Convolution newConvolution() {
        if (kernelShape == null || filters < 1) {
            throw new IllegalArgumentException(
                    "Conv"
                            + dimensions
                            + "d: setKernelShape and setFilters are required, and filters at least"
                            + " 1; the kernel shape is "
                            + kernelShape
                            + " and filters are "
                            + filters);
        }
        require("kernel shape", kernelShape);
        require("stride", stride);
        require("padding", padding);
        require("dilation", dilation);
        if (groups < 1 || filters % groups != 0) {
            throw new IllegalArgumentException(
                    "Groups must divide the filters: " + groups + " of " + filters);
        }
        return new Convolution(kernelShape, stride, padding, dilation, filters, groups, bias);
    }

    private void require(String what, Shape shape) {
        if (shape.dimension() != dimensions) {
            throw new IllegalArgumentException(
                    "Conv"
                            + dimensions
                            + "d: the "
                            + what
                            + " must have "
                            + dimensions
                            + " numbers, but is "
                            + shape);
        }
    }

    private Shape fill(long value) {
        long[] dims = new long[dimensions];
        Arrays.fill(dims, value);
        return new Shape(dims);
    }
}
