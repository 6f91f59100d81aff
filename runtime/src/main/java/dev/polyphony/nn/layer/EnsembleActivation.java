/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.nn.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import dev.polyphony.nn.form.Scalars;

/**
 * The activations of {@link Activation} that combine arrays with numbers, with gradients that are
 * right. Values are DJL's, bit for bit.
 *
 * @see Scalars
 */
public final class EnsembleActivation {

    private EnsembleActivation() {}

    /**
     * Applies {@code min(max(x, 0), 6)}.
     *
     * @param array the features
     * @return the activations
     */
    public static NDArray relu6(NDArray array) {
        return Scalars.minimum(Activation.relu(array), 6);
    }

    /**
     * Applies {@code min(max(x, 0), 6)}.
     *
     * @param arrays one array of features
     * @return the activations
     */
    public static NDList relu6(NDList arrays) {
        return new NDList(relu6(arrays.singletonOrThrow()));
    }

    /**
     * Creates a block of {@link #relu6(NDList)}.
     *
     * @return the block
     */
    public static Block relu6Block() {
        return new LambdaBlock(EnsembleActivation::relu6, "ReLU6");
    }

    /**
     * Applies {@code x * sigmoid(beta * x)}.
     *
     * @param array the features
     * @param beta the hyper-parameter
     * @return the activations
     */
    public static NDArray swish(NDArray array, float beta) {
        return Activation.sigmoid(Scalars.mul(array, beta)).mul(array);
    }

    /**
     * Applies {@code x * sigmoid(beta * x)}.
     *
     * @param arrays one array of features
     * @param beta the hyper-parameter
     * @return the activations
     */
    public static NDList swish(NDList arrays, float beta) {
        return new NDList(swish(arrays.singletonOrThrow(), beta));
    }

    /**
     * Creates a block of {@link #swish(NDList, float)}.
     *
     * @param beta the hyper-parameter
     * @return the block
     */
    public static Block swishBlock(float beta) {
        return new LambdaBlock(arrays -> swish(arrays, beta), "Swish");
    }
}
