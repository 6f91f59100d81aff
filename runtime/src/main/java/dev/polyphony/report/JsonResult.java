/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.JudgedExample;
import dev.polyphony.evaluate.MemberFigures;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.PairMeasure;
import dev.polyphony.evaluate.ReliabilityBin;
import dev.polyphony.evaluate.UncertaintyScore;
import dev.polyphony.evaluate.calibrate.CalibrationResult;
import dev.polyphony.evaluate.conformal.ConformalResult;
import dev.polyphony.evaluate.corrupt.CorruptionResult;
import dev.polyphony.evaluate.labels.MultiLabelEvaluation;
import dev.polyphony.evaluate.regression.RegressionEvaluation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of a report as JSON. */
final class JsonResult {

    private static final int CURVE_POINTS = 200;
    private static final int BINS = 20;

    private JsonResult() {}

    static JsonObject of(Result result) {
        JsonObject json = new JsonObject();
        json.addProperty("name", result.name());
        json.addProperty("settings", result.settings());
        json.addProperty("role", result.role().name().toLowerCase(Locale.ROOT));
        json.addProperty("examples", result.evaluation().getExamples());
        json.addProperty("members", result.evaluation().getMembers());
        json.add("quality", values(result.evaluation().getValues()));
        JsonObject cost = new JsonObject();
        for (Metric metric : Metrics.getCost()) {
            cost.add(metric.key(), JsonNumbers.of(result.cost().getValue(metric)));
        }
        json.add("cost", cost);
        switch (result.task()) {
            case CLASSES -> classes(json, result);
            case LABELS -> labels(json, result, (MultiLabelEvaluation) result.evaluation());
            case NUMBERS -> numbers(json, result, (RegressionEvaluation) result.evaluation());
        }
        return json;
    }

    private static JsonObject values(Map<Metric, Double> values) {
        JsonObject json = new JsonObject();
        values.forEach((metric, value) -> json.add(metric.key(), JsonNumbers.of(value)));
        return json;
    }

    private static void classes(JsonObject json, Result result) {
        Evaluation evaluation = result.classification();
        json.addProperty("classes", evaluation.getClasses());
        json.addProperty(
                "aggregation", evaluation.getAggregation().name().toLowerCase(Locale.ROOT));
        json.add("memberFigures", members(evaluation.getMemberFigures()));
        json.add("pairs", pairs(evaluation));
        json.add("reliability", bins(evaluation.getReliability()));
        json.add("equalMassReliability", bins(evaluation.getEqualMassReliability()));
        json.add("classCalibrationError", JsonNumbers.of(evaluation.getClassCalibrationError()));
        JsonObject confidence = new JsonObject();
        confidence.add("right", JsonNumbers.of(evaluation.getConfidenceOfRight(BINS)));
        confidence.add("wrong", JsonNumbers.of(evaluation.getConfidenceOfWrong(BINS)));
        json.add("confidence", confidence);
        json.add(
                "riskCoverage",
                JsonNumbers.of(
                        evaluation.getSelection().getCurve(CURVE_POINTS), "coverage", "risk"));
        json.add("uncertainty", scores(evaluation));
        json.add("outOfDistribution", foreign(evaluation));
        json.add("corruptions", corruptions(result.extras().corruptions()));
        json.add("calibrations", calibrations(result.extras().calibrations()));
        json.add("conformal", conformal(result.extras().conformal()));
        result.extras()
                .views()
                .ifPresent(several -> json.add("views", values(several.getValues())));
        json.add("mostUncertain", examples(evaluation.getMostUncertain()));
        json.add("mostConfidentlyWrong", examples(evaluation.getMostConfidentlyWrong()));
    }

    private static void labels(JsonObject json, Result result, MultiLabelEvaluation evaluation) {
        json.addProperty("labels", evaluation.getLabels().size());
        json.add("memberLabelAccuracy", JsonNumbers.of(evaluation.getMemberLabelAccuracy()));
        json.add(
                "memberBinaryCrossEntropy",
                JsonNumbers.of(evaluation.getMemberBinaryCrossEntropy()));
        json.add("reliability", bins(evaluation.getReliability()));
        json.add("outOfDistribution", foreign(result));
    }

    private static void numbers(JsonObject json, Result result, RegressionEvaluation evaluation) {
        JsonArray targets = new JsonArray();
        for (int target = 0; target < evaluation.getTargets(); target++) {
            targets.add(values(evaluation.getTargetValues(target)));
        }
        json.add("targets", targets);
        json.add(
                "memberRootMeanSquaredError",
                JsonNumbers.of(evaluation.getMemberRootMeanSquaredErrors()));
        json.add(
                "intervalCalibration",
                JsonNumbers.of(evaluation.getIntervalCalibration(), "claimed", "covered"));
        json.add("outOfDistribution", foreign(result));
        result.extras()
                .forecasts()
                .ifPresent(
                        forecasts -> {
                            JsonObject points = new JsonObject();
                            points.add("truth", JsonNumbers.of(forecasts.truth()));
                            points.add("predicted", JsonNumbers.of(forecasts.predicted()));
                            points.add("low", JsonNumbers.of(forecasts.low()));
                            points.add("high", JsonNumbers.of(forecasts.high()));
                            json.add("forecasts", points);
                        });
    }

    private static JsonArray members(List<MemberFigures> figures) {
        JsonArray array = new JsonArray();
        for (MemberFigures figure : figures) {
            JsonObject json = new JsonObject();
            json.add("accuracy", JsonNumbers.of(figure.accuracy()));
            json.add("negativeLogLikelihood", JsonNumbers.of(figure.negativeLogLikelihood()));
            json.add("brier", JsonNumbers.of(figure.brier()));
            json.add("expectedCalibrationError", JsonNumbers.of(figure.expectedCalibrationError()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject pairs(Evaluation evaluation) {
        JsonObject json = new JsonObject();
        for (PairMeasure measure : PairMeasure.values()) {
            json.add(measure.getKey(), JsonNumbers.of(evaluation.getPairs(measure)));
        }
        return json;
    }

    private static JsonArray bins(List<ReliabilityBin> bins) {
        JsonArray array = new JsonArray();
        for (ReliabilityBin bin : bins) {
            JsonObject json = new JsonObject();
            json.add("from", JsonNumbers.of(bin.from()));
            json.add("to", JsonNumbers.of(bin.to()));
            json.addProperty("count", bin.count());
            json.add("confidence", JsonNumbers.of(bin.confidence()));
            json.add("accuracy", JsonNumbers.of(bin.accuracy()));
            array.add(json);
        }
        return array;
    }

    /** The histogram of each score on the test set; foreign sets have theirs in the same bins. */
    private static JsonObject scores(Evaluation evaluation) {
        JsonObject json = new JsonObject();
        for (UncertaintyScore score : UncertaintyScore.values()) {
            json.add(score.getKey(), JsonNumbers.of(evaluation.getScores(score, BINS)));
        }
        return json;
    }

    private static JsonObject foreign(Evaluation evaluation) {
        JsonObject sets = new JsonObject();
        for (Map.Entry<String, Map<UncertaintyScore, Detection>> set :
                evaluation.getDetections().entrySet()) {
            JsonObject scores = new JsonObject();
            set.getValue()
                    .forEach(
                            (score, detection) -> {
                                JsonObject json = detection(detection);
                                json.add(
                                        "histogram",
                                        JsonNumbers.of(
                                                evaluation
                                                        .getForeignScores(score, BINS)
                                                        .get(set.getKey())));
                                scores.add(score.getKey(), json);
                            });
            sets.add(set.getKey(), scores);
        }
        return sets;
    }

    /** Where the task has one score only. */
    private static JsonObject foreign(Result result) {
        JsonObject sets = new JsonObject();
        result.evaluation()
                .getMainDetections()
                .forEach(
                        (set, detection) -> {
                            JsonObject score = new JsonObject();
                            score.add(result.task().getMainScore(), detection(detection));
                            sets.add(set, score);
                        });
        return sets;
    }

    private static JsonObject detection(Detection detection) {
        JsonObject json = new JsonObject();
        for (Metric metric : Metrics.getDetection()) {
            json.add(metric.key(), JsonNumbers.of(detection.getValue(metric)));
        }
        json.add(
                "roc",
                JsonNumbers.of(
                        detection.getRoc(CURVE_POINTS), "falsePositiveRate", "truePositiveRate"));
        json.add(
                "precisionRecall",
                JsonNumbers.of(detection.getPrecisionRecall(CURVE_POINTS), "recall", "precision"));
        return json;
    }

    private static JsonArray corruptions(List<CorruptionResult> results) {
        JsonArray array = new JsonArray();
        for (CorruptionResult result : results) {
            JsonObject json = new JsonObject();
            json.addProperty("kind", result.kind().getKey());
            json.addProperty("severity", result.severity());
            json.add("accuracy", JsonNumbers.of(result.accuracy()));
            json.add("negativeLogLikelihood", JsonNumbers.of(result.negativeLogLikelihood()));
            json.add("expectedCalibrationError", JsonNumbers.of(result.expectedCalibrationError()));
            array.add(json);
        }
        return array;
    }

    private static JsonArray calibrations(List<CalibrationResult> results) {
        JsonArray array = new JsonArray();
        for (CalibrationResult result : results) {
            JsonObject json = new JsonObject();
            json.addProperty("name", AfterSections.name(result));
            json.add("before", figures(result.before()));
            json.add("after", figures(result.after()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject figures(CalibrationResult.Figures figures) {
        JsonObject json = new JsonObject();
        json.add("accuracy", JsonNumbers.of(figures.accuracy()));
        json.add("negativeLogLikelihood", JsonNumbers.of(figures.negativeLogLikelihood()));
        json.add("brier", JsonNumbers.of(figures.brier()));
        json.add("expectedCalibrationError", JsonNumbers.of(figures.expectedCalibrationError()));
        return json;
    }

    private static JsonArray conformal(List<ConformalResult> results) {
        JsonArray array = new JsonArray();
        for (ConformalResult result : results) {
            JsonObject json = new JsonObject();
            json.addProperty("method", result.method());
            json.add("target", JsonNumbers.of(result.target()));
            json.add("quantile", JsonNumbers.of(result.quantile()));
            json.add("coverage", JsonNumbers.of(result.coverage()));
            json.add("meanSize", JsonNumbers.of(result.meanSize()));
            json.add("empty", JsonNumbers.of(result.empty()));
            json.add("singletons", JsonNumbers.of(result.singletons()));
            array.add(json);
        }
        return array;
    }

    private static JsonArray examples(List<JudgedExample> examples) {
        JsonArray array = new JsonArray();
        for (JudgedExample example : examples) {
            JsonObject json = new JsonObject();
            json.addProperty("index", example.index());
            json.addProperty("label", example.label());
            json.addProperty("predicted", example.predicted());
            json.add("confidence", JsonNumbers.of(example.confidence()));
            json.add("entropy", JsonNumbers.of(example.entropy()));
            json.add("mutualInformation", JsonNumbers.of(example.mutualInformation()));
            array.add(json);
        }
        return array;
    }
}
