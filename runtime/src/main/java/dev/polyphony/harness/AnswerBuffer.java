/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.train.MemberPrediction;

/** Collects answers to a data set, batch by batch. */
final class AnswerBuffer implements MemberPrediction.Answers {

    private final RowDescription row;
    private final int members;
    private final float[] scores;
    private final int[] labels;
    private int count;

    AnswerBuffer(RowDescription row, int members, Examples data) {
        this.row = row;
        this.members = members;
        int width = Math.multiplyExact(members, row.classes());
        scores = new float[Math.multiplyExact(data.size(), width)];
        labels = data.hasLabels() ? new int[data.size()] : null;
    }

    /** {@inheritDoc} */
    @Override
    public void onBatch(float[] batch, int[] right) {
        int width = members * row.classes();
        System.arraycopy(batch, 0, scores, count * width, batch.length);
        int size = batch.length / width;
        if (labels != null) {
            System.arraycopy(right, 0, labels, count, size);
        }
        count += size;
    }

    Predictions getPredictions() {
        return labels == null
                ? Predictions.of(scores, members, row.classes(), row.aggregation())
                : Predictions.of(scores, labels, members, row.classes(), row.aggregation());
    }
}
