/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.samples.spark.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a trial.
 *
 * @param failure why it failed; null if it was trained
 * @param epochs the epochs that were made
 * @param updates the updates that were made
 * @param parameters the number of trained numbers
 * @param validation metrics on the validation data by their keys
 * @param test metrics on the test data by their keys
 * @param seconds how long training took, of all attempts together
 */
record TrialResult(
        String failure,
        int epochs,
        long updates,
        long parameters,
        Map<String, Double> validation,
        Map<String, Double> test,
        double seconds)
        implements Serializable {

    private static final Gson GSON =
            new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .serializeSpecialFloatingPointValues()
                    .create();

    /** Sorts the metrics. */
    TrialResult {
        validation = new TreeMap<>(validation);
        test = new TreeMap<>(test);
    }

    static TrialResult failed(String reason) {
        return new TrialResult(reason, 0, 0, 0, Map.of(), Map.of(), 0);
    }

    boolean isFailed() {
        return failure != null;
    }

    String toJson() {
        return GSON.toJson(this) + "\n";
    }

    static TrialResult parse(String json) throws IOException {
        try {
            TrialResult result = GSON.fromJson(json, TrialResult.class);
            if (result != null) {
                return result;
            }
        } catch (RuntimeException e) {
            throw new IOException("it is no result of a trial: " + e.getMessage(), e);
        }
        throw new IOException("it is no result of a trial");
    }
}
