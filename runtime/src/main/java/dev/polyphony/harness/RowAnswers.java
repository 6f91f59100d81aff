/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
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
     * @param to takes the answers, in the order of the examples
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

    /** Asks now. */
    static RowAnswers of(Subject subject) {
        return (set, data, views, to) ->
                MemberPrediction.stream(subject.ensemble(), subject.manager(), data, views, to);
    }
}
