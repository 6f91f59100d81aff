/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import static dev.polyphony.evaluate.Metrics.ACCURACY;

import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.TaskEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.labels.MultiLabelMetrics;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import dev.polyphony.evaluate.regression.RegressionMetrics;
import java.util.List;

/** What is predicted, and by which metrics a report judges it. */
enum Task {
    /** One class of several. */
    CLASSES(
            Metrics.NLL,
            "predictiveEntropy",
            "Predictive entropy",
            List.of(
                    ACCURACY,
                    Metrics.NLL,
                    Metrics.BRIER,
                    Metrics.ECE,
                    Metrics.MUTUAL_INFORMATION,
                    Metrics.DISAGREEMENT)),

    /** Several labels, each of which is true or not. */
    LABELS(
            MultiLabelMetrics.BCE,
            "predictiveEntropy",
            "Predictive entropy",
            List.of(
                    MultiLabelMetrics.LABEL_ACCURACY,
                    MultiLabelMetrics.EXACT_MATCH,
                    MultiLabelMetrics.BCE,
                    MultiLabelMetrics.BRIER,
                    MultiLabelMetrics.ECE,
                    MultiLabelMetrics.AUROC,
                    MultiLabelMetrics.AVERAGE_PRECISION,
                    MultiLabelMetrics.MUTUAL_INFORMATION)),

    /** Numbers. */
    NUMBERS(
            RegressionMetrics.CRPS,
            "memberSpread",
            "Spread of members",
            List.of(
                    RegressionMetrics.RMSE,
                    RegressionMetrics.MAE,
                    RegressionMetrics.CRPS,
                    RegressionMetrics.NLL,
                    RegressionMetrics.COVERAGE_90,
                    RegressionMetrics.WIDTH_90,
                    RegressionMetrics.SPREAD));

    private final Metric proper;
    private final String mainScore;
    private final String mainScoreTitle;
    private final List<Metric> main;

    Task(Metric proper, String mainScore, String mainScoreTitle, List<Metric> main) {
        this.mainScore = mainScore;
        this.mainScoreTitle = mainScoreTitle;
        this.proper = proper;
        this.main = main;
    }

    static Task of(TaskEvaluation evaluation) {
        if (evaluation instanceof Evaluation) {
            return CLASSES;
        } else if (evaluation instanceof MultiLabelEvaluation) {
            return LABELS;
        } else if (evaluation instanceof RegressionEvaluation) {
            return NUMBERS;
        }
        throw new IllegalArgumentException(
                "a report knows classes, several labels and numbers, not a "
                        + evaluation.getClass().getName());
    }

    /** The score that rows are ranked by: lowest for whoever says what it believes. */
    Metric getProper() {
        return proper;
    }

    /** The key of the uncertainty that foreign sets are told apart by. */
    String getMainScore() {
        return mainScore;
    }

    /** What that uncertainty is called. */
    String getMainScoreTitle() {
        return mainScoreTitle;
    }

    /** The metrics in the main table; the others follow below. */
    List<Metric> getMain() {
        return main;
    }
}
