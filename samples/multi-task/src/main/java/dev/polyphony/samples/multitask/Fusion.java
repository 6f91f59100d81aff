/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.multitask;

/** How what several inputs say becomes one. */
public enum Fusion {
    /** Side by side: {@code [h_1; ...; h_K]}. */
    CONCAT,

    /** The sum, in which each input has the same say: {@code sum_k h_k}. */
    SUM,

    /**
     * A gate for each input and feature: {@code sum_k sigmoid(W_k [h_1; ...; h_K]) h_k}.
     *
     * @see <a href="https://arxiv.org/abs/1702.01992">Gated Multimodal Units</a>
     */
    GATED,

    /**
     * A weight for each input: {@code sum_k a_k h_k} with {@code a = softmax_k(v . tanh(U h_k))}.
     */
    ATTENTION
}
