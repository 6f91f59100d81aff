/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import dev.polyphony.data.Examples;
import dev.polyphony.data.Task;
import dev.polyphony.evaluate.MultiLabelPredictions;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Scores;
import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ensemble may be asked, by the task that it was trained for. */
final class Tasks {

    private Tasks() {}

    /**
     * Requires that an ensemble is asked for what it was trained for.
     *
     * @param trained the task that it was trained for
     * @param asked what it is asked for
     * @param data the examples
     */
    static void require(Task trained, Task asked, Examples data) {
        if (trained != asked) {
            String method =
                    switch (trained) {
                        case CLASSIFICATION -> "predict";
                        case MULTI_LABEL -> "predictLabels";
                        case REGRESSION -> "predictNumbers";
                    };
            throw new IllegalStateException(
                    "The ensemble was trained for the task %s: ask it with %s"
                            .formatted(trained, method));
        }
        if (data.hasLabels() && data.getTask() != trained) {
            throw new IllegalStateException(
                    "The ensemble was trained for the task %s, but the data are of the task %s"
                            .formatted(trained, data.getTask()));
        }
    }

    /** Requires an ensemble of classes, for what is made for these. */
    static void requireClasses(Task trained, String what, String instead) {
        if (trained != Task.CLASSIFICATION) {
            throw new IllegalStateException(
                    "%s classifiers, but the ensemble was trained for the task %s: %s"
                            .formatted(what, trained, instead));
        }
    }

    /** What an ensemble comes to, in the figures of its task. */
    static Map<String, Double> getScores(TrainedEnsemble ensemble, Task task, Examples test) {
        Map<String, Double> scores = new LinkedHashMap<>();
        switch (task) {
            case CLASSIFICATION -> {
                Predictions given = ensemble.predict(test);
                scores.put("accuracy", Scores.accuracy(given.getPredicted(), given.getLabels()));
                scores.put("negative log likelihood", Scores.negativeLogLikelihood(given));
            }
            case MULTI_LABEL -> {
                MultiLabelPredictions given = ensemble.predictLabels(test);
                scores.put("label accuracy", given.getLabelAccuracy());
                scores.put("exact match", given.getExactMatch());
                scores.put("binary cross-entropy", given.getBinaryCrossEntropy());
            }
            case REGRESSION -> {
                RegressionPredictions given = ensemble.predictNumbers(test);
                scores.put("root mean squared error", given.getRootMeanSquaredError());
                scores.put("mean absolute error", given.getMeanAbsoluteError());
            }
        }
        return scores;
    }
}
