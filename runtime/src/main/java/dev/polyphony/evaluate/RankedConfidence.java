/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/**
 * The confidences of right and of wrong answers in ascending order, and what follows from them.
 *
 * @param right those of right answers
 * @param wrong those of wrong answers
 */
record RankedConfidence(double[] right, double[] wrong) {

    void put(MetricValues values) {
        SelectivePrediction selection = toSelection();
        values.put(
                Metrics.ADAPTIVE_ECE,
                Calibration.expectedError(
                        EqualMass.bins(right, wrong, Calibration.BINS), selection.size()));
        values.put(Metrics.SMOOTH_ECE, new SmoothCalibration(right, wrong).getError());
        values.put(Metrics.AURC, selection.getAurc());
        values.put(Metrics.AUGRC, selection.getAugrc());
        values.put(Metrics.COVERAGE_AT_5_RISK, selection.getCoverageAt(0.05));
        values.put(Metrics.RISK_AT_80_COVERAGE, selection.getRiskAt(0.8));
        boolean isDetectable = right.length > 0 && wrong.length > 0;
        values.put(
                Metrics.MISCLASSIFICATION_AUROC,
                // the higher confidence is on the side of the right answers
                isDetectable ? Detection.ofSorted(wrong, right).getAuroc() : Double.NaN);
    }

    SelectivePrediction toSelection() {
        return SelectivePrediction.ofSorted(right, wrong);
    }

    Histogram toHistogram(boolean ofRight, int bins) {
        return Histogram.of(ofRight ? right : wrong, 0, 1, bins);
    }
}
