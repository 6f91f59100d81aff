/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.polyphony.data.LabeledData;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.nn.Ensemble;

/** Asks every member of an ensemble about a data set, batch by batch. */
public final class MemberPrediction {

    /** The examples of a batch. */
    public static final int BATCH = 256;

    private MemberPrediction() {}

    /**
     * Predicts a data set.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @param aggregation how the members' answers become one
     * @return the predictions, labelled if the data are
     * @throws IllegalArgumentException if the network does not give one row of scores a member, or
     *     scores are not finite
     */
    public static Predictions predict(
            Ensemble ensemble, NDManager manager, LabeledData data, Aggregation aggregation) {
        float[] logits = logits(ensemble, manager, data);
        int members = ensemble.getMembers();
        int classes = logits.length / data.size() / members;
        return data.hasLabels()
                ? Predictions.of(logits, data.getLabels(), members, classes, aggregation)
                : Predictions.of(logits, members, classes, aggregation);
    }

    /**
     * Returns the raw scores of all members.
     *
     * @param ensemble the ensemble, initialised
     * @param manager a manager on the ensemble's device; nothing is left in it
     * @param data the examples
     * @return the scores, {@code [N, M, C]} in row-major order
     * @throws IllegalArgumentException if the network does not give one row of scores a member
     */
    public static float[] logits(Ensemble ensemble, NDManager manager, LabeledData data) {
        float[] logits = null;
        for (int from = 0; from < data.size(); from += BATCH) {
            int to = Math.min(from + BATCH, data.size());
            try (NDManager batch = manager.newSubManager()) {
                NDList x = new NDList(data.toArray(batch, from, to));
                NDArray y =
                        ensemble.forward(new ParameterStore(batch, false), x, false)
                                .singletonOrThrow();
                int row = ensemble.getMembers() * requireClasses(y, ensemble);
                if (logits == null) {
                    logits = new float[Math.multiplyExact(data.size(), row)];
                }
                float[] part = y.toFloatArray();
                System.arraycopy(part, 0, logits, from * row, part.length);
            }
        }
        return logits;
    }

    private static int requireClasses(NDArray output, Ensemble ensemble) {
        return requireClasses(output.getShape(), ensemble.getMembers());
    }

    /** Requires scores {@code [B, M, C]}. */
    public static int requireClasses(Shape output, int members) {
        if (output.dimension() != 3 || output.get(1) != members) {
            throw new IllegalArgumentException(
                    "A classifier gives one row of scores for an example, but this model gives %s for %d members: flatten the output to [batch, classes]"
                            .formatted(output, members));
        }
        return Math.toIntExact(output.get(2));
    }
}
