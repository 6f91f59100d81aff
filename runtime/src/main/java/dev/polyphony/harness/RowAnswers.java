/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.train.MemberPrediction;
import java.io.IOException;

/** What the members of a row say of data sets: asked now, or kept. */
@FunctionalInterface
interface RowAnswers {

    /**
     * Gives the answers to a data set.
     *
     * @param set the name of the set
     * @param data its examples
     * @param to takes the answers, in the order of the examples
     * @throws IOException if answers that are kept cannot be written or read
     */
    void stream(String set, Examples data, MemberPrediction.Answers to) throws IOException;

    /** Asks now. */
    static RowAnswers of(Subject subject) {
        return (set, data, to) ->
                MemberPrediction.stream(subject.ensemble(), subject.manager(), data, to);
    }
}
