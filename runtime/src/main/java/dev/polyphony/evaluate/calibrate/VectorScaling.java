/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

/**
 * Vector scaling: a factor and an intercept for each class.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural
 *     Networks, 2017, section 4.2</a>
 */
final class VectorScaling implements Calibrator {

    @Override
    public ScalingMethod getMethod() {
        return ScalingMethod.VECTOR;
    }

    @Override
    public Scaling fit(double[][] logits, int[] labels) {
        return AffineFit.fit(ScalingMethod.VECTOR, logits, labels, 0, 0);
    }

    /** Returns the method and its settings. */
    @Override
    public String toString() {
        return "vector";
    }
}
