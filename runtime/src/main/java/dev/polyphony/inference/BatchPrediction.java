/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import java.util.ArrayList;
import java.util.List;

/** Predicts many examples with bounded memory. */
public final class BatchPrediction {

    private BatchPrediction() {}

    /**
     * Predicts examples in batches, each in one forward pass.
     *
     * @param <I> the type of the input
     * @param <O> the type of the answer
     * @param predictor the predictor; used by one thread at a time
     * @param examples the examples
     * @param batchSize how many of them are in memory as arrays at a time, at least 1
     * @return the answers, in the order of the examples
     * @throws TranslateException if an example cannot be read
     * @throws IllegalArgumentException if the batch size is below 1
     */
    public static <I, O> List<O> predict(Predictor<I, O> predictor, List<I> examples, int batchSize)
            throws TranslateException {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "The batch size must be at least 1, but is " + batchSize);
        }
        List<O> answers = new ArrayList<>(examples.size());
        for (int from = 0; from < examples.size(); from += batchSize) {
            int to = Math.min(from + batchSize, examples.size());
            answers.addAll(predictor.batchPredict(examples.subList(from, to)));
        }
        return answers;
    }
}
