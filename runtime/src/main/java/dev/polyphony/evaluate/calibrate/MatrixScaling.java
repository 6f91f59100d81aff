/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

/**
 * Matrix scaling: a matrix and an intercept for each class. With many classes it has more numbers
 * than validation data can tell, so numbers off the diagonal and intercepts are held back: what is
 * minimised is {@code NLL + offDiagonal / (C (C - 1)) sum_{i != j} W_ij^2 + intercept / C sum_i
 * b_i^2}.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., On Calibration of Modern Neural
 *     Networks, 2017, section 4.2</a>
 * @see <a href="https://arxiv.org/abs/1910.12656">Kull et al., Beyond temperature scaling, 2019,
 *     section 4, on the penalties (ODIR)</a>
 */
final class MatrixScaling implements Calibrator {

    /** What both penalties count by default. */
    static final double DEFAULT_PENALTY = 0.01;

    private final double offDiagonal;
    private final double intercept;

    MatrixScaling(double offDiagonal, double intercept) {
        boolean isValid =
                offDiagonal >= 0
                        && intercept >= 0
                        && Double.isFinite(offDiagonal)
                        && Double.isFinite(intercept);
        if (!isValid) {
            throw new IllegalArgumentException(
                    "Penalties of %s and %s: they must be finite and at least 0"
                            .formatted(offDiagonal, intercept));
        }
        this.offDiagonal = offDiagonal;
        this.intercept = intercept;
    }

    @Override
    public ScalingMethod getMethod() {
        return ScalingMethod.MATRIX;
    }

    @Override
    public Scaling fit(double[][] logits, int[] labels) {
        return AffineFit.fit(ScalingMethod.MATRIX, logits, labels, offDiagonal, intercept);
    }

    /** Returns the method and its settings. */
    @Override
    public String toString() {
        return "matrix of penalties %s and %s".formatted(offDiagonal, intercept);
    }
}
