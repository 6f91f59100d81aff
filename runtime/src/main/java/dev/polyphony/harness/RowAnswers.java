/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.calibrate.CalibrationResult.Figures;
import dev.polyphony.evaluate.tta.TestTimeAugmentation;
import dev.polyphony.train.MemberPrediction;
import java.io.IOException;
import java.util.Optional;

/** What the members of a row say of data sets: asked now, or kept. */
@FunctionalInterface
interface RowAnswers {

    /**
     * Gives the answers to a data set.
     *
     * @param set the name of the set
     * @param data its examples
     * @param views the views of each that are asked about; empty for the examples as they are
     * @param to takes the answers, in the order of the examples; the right ones are the bits of
     *     floats if they are no classes
     * @throws IOException if answers that are kept cannot be written or read
     */
    void stream(
            String set,
            Examples data,
            Optional<TestTimeAugmentation> views,
            MemberPrediction.Answers to)
            throws IOException;

    /** Gives the answers to examples as they are. */
    default void stream(String set, Examples data, MemberPrediction.Answers to) throws IOException {
        stream(set, data, Optional.empty(), to);
    }

    /** Gives all answers at once. */
    default Predictions predict(
            String set, Examples data, Optional<TestTimeAugmentation> views, RowDescription row)
            throws IOException {
        int members = views.map(several -> several.getMembers(row.members())).orElse(row.members());
        AnswerBuffer buffer = new AnswerBuffer(row, members, data);
        stream(set, data, views, buffer);
        return buffer.getPredictions();
    }

    /** Scores answers, of which nothing else is looked at. */
    default Figures judge(String set, Examples data, RowDescription row) throws IOException {
        return Figures.of(predict(set, data, Optional.empty(), row));
    }

    /**
     * Gives the answers to a data set of numbers or several labels with the right ones, which are
     * kept as the bits of floats.
     */
    default void streamTargets(String set, Examples data, MemberPrediction.TargetAnswers to)
            throws IOException {
        stream(set, data, (outputs, bits) -> to.onBatch(outputs, toFloats(bits)));
    }

    private static float[] toFloats(int... bits) {
        float[] floats = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            floats[i] = Float.intBitsToFloat(bits[i]);
        }
        return floats;
    }

    private static int[] toBits(float... floats) {
        int[] bits = new int[floats.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(floats[i]);
        }
        return bits;
    }

    /** Asks now. */
    static RowAnswers of(Subject subject) {
        return (set, data, views, to) -> {
            if (data.hasLabels() && data.getTask() != Task.CLASSIFICATION) {
                MemberPrediction.streamTargets(
                        subject.ensemble(),
                        subject.manager(),
                        data,
                        (outputs, targets) -> to.onBatch(outputs, toBits(targets)));
            } else {
                MemberPrediction.stream(subject.ensemble(), subject.manager(), data, views, to);
            }
        };
    }
}
