/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import dev.polyphony.evaluate.Column;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Total;
import java.util.stream.Stream;

/** One label of several, one example at a time. */
final class LabelTotals {

    private static final double THRESHOLD = 0.5;

    private final Column with = new Column();
    private final Column without = new Column();
    private final Total surprise = new Total();
    private final Total brier = new Total();
    private final Total entropy = new Total();
    private final Total expectedEntropy = new Total();
    private final Total mutualInformation = new Total();
    private final Total disagreement = new Total();
    private final Total[] memberSurprise;
    private final int[] memberRight;
    private int right;

    LabelTotals(int members) {
        memberSurprise = Stream.generate(Total::new).limit(members).toArray(Total[]::new);
        memberRight = new int[members];
    }

    /** Adds an example, and tells whether the label is told right. */
    boolean add(MultiLabelPredictions batch, int example, int label, boolean present) {
        double probability = batch.probabilities(example)[label];
        boolean correct = probability >= THRESHOLD == present;
        right += correct ? 1 : 0;
        (present ? with : without).add(probability);
        surprise.add(-batch.logProbability(example, label, present ? 1 : -1));
        double error = probability - (present ? 1 : 0);
        brier.add(error * error);
        addMembers(batch, example, label, present);
        return correct;
    }

    private void addMembers(MultiLabelPredictions batch, int example, int label, boolean present) {
        int members = memberRight.length;
        double mean = 0;
        double own = 0;
        int telling = 0;
        for (int m = 0; m < members; m++) {
            double logOfOne = batch.memberLogProbability(example, m, label, 1);
            double logOfNone = batch.memberLogProbability(example, m, label, -1);
            double probability = Math.exp(logOfOne);
            mean += probability / members;
            own -= (probability * logOfOne + Math.exp(logOfNone) * logOfNone) / members;
            boolean told = probability >= THRESHOLD;
            telling += told ? 1 : 0;
            memberRight[m] += told == present ? 1 : 0;
            memberSurprise[m].add(-(present ? logOfOne : logOfNone));
        }
        double pooled = batch.probabilities(example)[label];
        entropy.add(entropy(pooled));
        expectedEntropy.add(own);
        // on the mean of probabilities, whatever the ensemble predicts with
        mutualInformation.add(members == 1 ? 0 : Math.max(0, entropy(mean) - own));
        double pairs = members * (members - 1.0) / 2;
        disagreement.add(members == 1 ? 0 : telling * (members - telling) / pairs);
    }

    /** The entropy of a label, in nats. */
    static double entropy(double p) {
        return -term(p) - term(1 - p);
    }

    private static double term(double p) {
        return p > 0 ? p * Math.log(p) : 0;
    }

    void add(LabelTotals other) {
        with.add(other.with);
        without.add(other.without);
        surprise.add(other.surprise);
        brier.add(other.brier);
        entropy.add(other.entropy);
        expectedEntropy.add(other.expectedEntropy);
        mutualInformation.add(other.mutualInformation);
        disagreement.add(other.disagreement);
        for (int m = 0; m < memberRight.length; m++) {
            memberSurprise[m].add(other.memberSurprise[m]);
            memberRight[m] += other.memberRight[m];
        }
        right += other.right;
    }

    LabelFigures toFigures() {
        double examples = with.size() + without.size();
        boolean isRanked = with.size() > 0 && without.size() > 0;
        Detection detection =
                isRanked ? Detection.ofSorted(without.toSorted(), with.toSorted()) : null;
        return new LabelFigures(
                with.size() / examples,
                right / examples,
                surprise.get() / examples,
                brier.get() / examples,
                isRanked ? detection.getAuroc() : Double.NaN,
                isRanked ? detection.getAuprOut() : Double.NaN);
    }

    double getEntropy() {
        return entropy.get();
    }

    double getExpectedEntropy() {
        return expectedEntropy.get();
    }

    double getMutualInformation() {
        return mutualInformation.get();
    }

    double getDisagreement() {
        return disagreement.get();
    }

    double getSurprise(int member) {
        return memberSurprise[member].get();
    }

    int getRight(int member) {
        return memberRight[member];
    }
}
