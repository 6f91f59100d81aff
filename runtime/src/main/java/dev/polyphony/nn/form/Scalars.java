/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.form;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.BinaryOperator;

/**
 * Arithmetic of arrays and numbers whose gradients are right.
 *
 * <p>{@code x.mul(0.5f)} hands the engine a scalar in memory that Java may free before the backward
 * pass reads it; then the gradient of {@code x} is multiplied by whatever is there. Here the engine
 * owns the scalar. Values are those of DJL's methods, bit for bit. {@code add} and {@code sub} need
 * no such care: the backward pass does not read their numbers.
 */
public final class Scalars {

    private Scalars() {}

    /**
     * Multiplies by a number.
     *
     * @param x the array
     * @param number the number
     * @return {@code x * number}
     */
    public static NDArray mul(NDArray x, Number number) {
        return apply(x, number, NDArray::mul);
    }

    /**
     * Divides by a number.
     *
     * @param x the array
     * @param number the number
     * @return {@code x / number}
     */
    public static NDArray div(NDArray x, Number number) {
        return apply(x, number, NDArray::div);
    }

    /**
     * Raises to a power.
     *
     * @param x the array
     * @param number the exponent
     * @return {@code x ^ number}
     */
    public static NDArray pow(NDArray x, Number number) {
        return apply(x, number, NDArray::pow);
    }

    /**
     * Bounds from below.
     *
     * @param x the array
     * @param number the bound
     * @return the larger of each element and the number
     */
    public static NDArray maximum(NDArray x, Number number) {
        return apply(x, number, NDArray::maximum);
    }

    /**
     * Bounds from above.
     *
     * @param x the array
     * @param number the bound
     * @return the smaller of each element and the number
     */
    public static NDArray minimum(NDArray x, Number number) {
        return apply(x, number, NDArray::minimum);
    }

    /**
     * Scales the gradient alone.
     *
     * @param x the array
     * @param scale what the gradient is multiplied by
     * @return {@code x}, but for rounding, with the gradient of {@code scale * x}
     */
    public static NDArray scaleGradient(NDArray x, double scale) {
        return mul(x, scale).add(mul(x.stopGradient(), 1 - scale));
    }

    private static NDArray apply(NDArray x, Number number, BinaryOperator<NDArray> operation) {
        try (NDArray scalar = of(x, number)) {
            return operation.apply(x, scalar);
        }
    }

    private static NDArray of(NDArray x, Number number) {
        if (x.getDataType() == DataType.FLOAT32) {
            return x.getManager().full(new Shape(), number.floatValue());
        }
        // the type of the number counts; the copy is the engine's
        try (NDArray borrowed = x.getManager().create(number)) {
            return borrowed.duplicate();
        }
    }
}
