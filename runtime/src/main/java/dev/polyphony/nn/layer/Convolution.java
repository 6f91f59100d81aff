/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.nn.form.LinearMap;
import java.util.Arrays;

/**
 * The arithmetic of a convolution of any number of spatial axes: channels are axis 1.
 *
 * @param kernel the size of the kernel, one number a spatial axis
 * @param stride the stride
 * @param padding the padding on both sides
 * @param dilation the dilation
 * @param filters the output channels of the base model's layer
 * @param groups the groups of the base model's layer
 * @param bias whether there is a bias
 */
record Convolution(
        Shape kernel,
        Shape stride,
        Shape padding,
        Shape dilation,
        int filters,
        int groups,
        boolean bias)
        implements LinearMap {

    @Override
    public String getName() {
        return "Conv" + kernel.dimension() + "d(" + filters + ")";
    }

    @Override
    public long getUnits() {
        return filters;
    }

    @Override
    public int getGroups() {
        return groups;
    }

    @Override
    public boolean hasBias() {
        return bias;
    }

    @Override
    public int getAxis(Shape input) {
        return 1;
    }

    @Override
    public boolean isSpatial() {
        return true;
    }

    @Override
    public Shape getWeightShape(long units, long inputs) {
        return new Shape(units, inputs).addAll(kernel);
    }

    @Override
    public Shape getOutputShape(Shape input, long units) {
        Shape output = new Shape(input.get(0), units);
        for (int i = 0; i < kernel.dimension(); i++) {
            long reach = dilation.get(i) * (kernel.get(i) - 1) + 1;
            long room = input.get(2 + i) + 2 * padding.get(i) - reach;
            output = output.add(room / stride.get(i) + 1);
        }
        return output;
    }

    @Override
    public NDArray apply(NDArray x, NDArray weight, NDArray bias, int groups) {
        return x.getNDArrayInternal()
                .convolution(x, weight, bias, stride, padding, dilation, groups)
                .singletonOrThrow();
    }

    @Override
    public NDArray sum(NDArray x, int groups) {
        Shape shape = x.getShape();
        Shape split = new Shape(shape.get(0), groups, shape.get(1) / groups);
        NDArray sums = x.reshape(split.addAll(shape.slice(2))).sum(new int[] {2});
        if (isPointwise()) {
            return sums;
        }
        NDArray ones = x.getManager().ones(getWeightShape(groups, 1), x.getDataType());
        return apply(sums, ones, null, groups);
    }

    /** Whether every place of the output sees the same place of the input alone. */
    private boolean isPointwise() {
        return kernel.size() == 1
                && stride.size() == 1
                && Arrays.stream(padding.getShape()).allMatch(pad -> pad == 0);
    }
}
