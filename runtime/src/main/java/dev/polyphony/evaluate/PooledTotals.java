/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The ensemble as a whole, one example at a time: all that sums are enough for. */
final class PooledTotals {

    private final BinTotals bins;
    private final BinTotals halfOpen;
    private final List<BinTotals> classes;

    /** How often the right class has each rank, from 0. */
    private final int[] ranks;

    private final Total surprise = new Total();
    private final Total brier = new Total();
    private int right;

    PooledTotals(int classes, int bins) {
        this.bins = new BinTotals(bins, BinRule.LAST_CLOSED);
        halfOpen = new BinTotals(bins, BinRule.HALF_OPEN);
        this.classes = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            this.classes.add(new BinTotals(bins, BinRule.LAST_CLOSED));
        }
        ranks = new int[classes];
    }

    void add(double[] probabilities, double logOfRight, int predicted, int label) {
        boolean correct = predicted == label;
        right += correct ? 1 : 0;
        ranks[Scores.rank(probabilities, label)]++;
        surprise.add(-logOfRight);
        brier.add(Scores.brier(probabilities, label));
        bins.add(probabilities[predicted], correct);
        // in single precision, where far more confidences are exactly 1
        halfOpen.add((float) probabilities[predicted], correct);
        for (int c = 0; c < probabilities.length; c++) {
            classes.get(c).add(probabilities[c], c == label);
        }
    }

    void add(PooledTotals other) {
        right += other.right;
        for (int k = 0; k < ranks.length; k++) {
            ranks[k] += other.ranks[k];
            classes.get(k).add(other.classes.get(k));
        }
        surprise.add(other.surprise);
        brier.add(other.brier);
        bins.add(other.bins);
        halfOpen.add(other.halfOpen);
    }

    List<ReliabilityBin> toBins() {
        return bins.toBins();
    }

    /** The top-k accuracy for every k, the first for 1. */
    double[] getTopAccuracies(int examples) {
        double[] shares = new double[ranks.length];
        long count = 0;
        for (int k = 0; k < shares.length; k++) {
            count += ranks[k];
            shares[k] = (double) count / examples;
        }
        return shares;
    }

    /** The calibration error of each class. */
    double[] getClassErrors(int examples) {
        return classes.stream().mapToDouble(each -> each.getError(examples)).toArray();
    }

    void put(MetricValues values, int examples) {
        double[] top = getTopAccuracies(examples);
        values.put(Metrics.ACCURACY, (double) right / examples);
        values.put(Metrics.TOP5, top.length > 5 ? top[4] : Double.NaN);
        values.put(Metrics.NLL, surprise.get() / examples);
        values.put(Metrics.BRIER, brier.get() / examples);
        values.put(Metrics.ECE, bins.getError(examples));
        values.put(Metrics.HALF_OPEN_ECE, halfOpen.getError(examples));
        double[] errors = getClassErrors(examples);
        values.put(
                Metrics.CLASSWISE_ECE,
                IntStream.range(0, errors.length).mapToDouble(c -> errors[c]).average().orElse(0));
    }
}
