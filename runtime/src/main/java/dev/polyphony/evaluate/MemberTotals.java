/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

/** One member on its own, one example at a time. */
final class MemberTotals {

    private final BinTotals bins;
    private final Total surprise = new Total();
    private final Total brier = new Total();
    private int right;

    MemberTotals(int bins) {
        this.bins = new BinTotals(bins, BinRule.LAST_CLOSED);
    }

    void add(double[] probabilities, double logOfRight, int predicted, int label) {
        boolean correct = predicted == label;
        right += correct ? 1 : 0;
        surprise.add(-logOfRight);
        brier.add(Scores.brier(probabilities, label));
        bins.add(probabilities[predicted], correct);
    }

    void add(MemberTotals other) {
        right += other.right;
        surprise.add(other.surprise);
        brier.add(other.brier);
        bins.add(other.bins);
    }

    MemberFigures toFigures(int examples) {
        return new MemberFigures(
                (double) right / examples,
                surprise.get() / examples,
                brier.get() / examples,
                bins.getError(examples));
    }
}
