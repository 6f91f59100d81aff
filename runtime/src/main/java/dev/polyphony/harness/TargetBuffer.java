/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.evaluate.regression.RegressionPredictions;
import dev.polyphony.train.MemberPrediction;
import java.util.stream.IntStream;

/** Collects predicted and right numbers of some examples, or of all, batch by batch. */
final class TargetBuffer implements MemberPrediction.TargetAnswers {

    private final int members;
    private final int width;
    private final int[] examples;
    private final float[] outputs;
    private final float[] targets;

    /** The examples that have come by, and how many of them are kept. */
    private int seen;

    private int kept;

    /**
     * Creates a buffer.
     *
     * @param row whose answers they are
     * @param examples the numbers of the examples that are kept, rising
     */
    TargetBuffer(RowDescription row, int... examples) {
        members = row.members();
        width = row.classes();
        this.examples = examples;
        targets = new float[Math.multiplyExact(examples.length, width)];
        outputs = new float[Math.multiplyExact(targets.length, members)];
    }

    static TargetBuffer ofAll(RowDescription row, int size) {
        return new TargetBuffer(row, IntStream.range(0, size).toArray());
    }

    /** {@inheritDoc} */
    @Override
    public void onBatch(float[] given, float[] right) {
        int size = right.length / width;
        int all = members * width;
        while (kept < examples.length && examples[kept] < seen + size) {
            int at = examples[kept] - seen;
            System.arraycopy(given, at * all, outputs, kept * all, all);
            System.arraycopy(right, at * width, targets, kept * width, width);
            kept++;
        }
        seen += size;
    }

    RegressionPredictions getPredictions() {
        return RegressionPredictions.of(outputs, targets, members, width);
    }
}
