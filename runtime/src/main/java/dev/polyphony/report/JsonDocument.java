/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Evaluation;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.ReliabilityBin;
import dev.polyphony.evaluate.UncertaintyScore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The report for programs: every number unrounded, null where there is none. */
final class JsonDocument {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private JsonDocument() {}

    static String of(Report report, List<Picture> pictures) {
        JsonObject root = new JsonObject();
        root.addProperty("title", report.getTitle());
        root.addProperty("introduction", report.getIntroduction());
        JsonObject facts = new JsonObject();
        report.getFacts().forEach(facts::addProperty);
        root.add("facts", facts);
        JsonArray metrics = new JsonArray();
        Stream.of(Metrics.getQuality(), Metrics.getDetection(), Metrics.getCost())
                .flatMap(List::stream)
                .forEach(metric -> metrics.add(metric(metric)));
        root.add("metrics", metrics);
        JsonArray results = new JsonArray();
        report.getResults().forEach(result -> results.add(result(result)));
        root.add("results", results);
        JsonArray files = new JsonArray();
        pictures.forEach(picture -> files.add(picture(picture)));
        root.add("pictures", files);
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject metric(Metric metric) {
        JsonObject json = new JsonObject();
        json.addProperty("key", metric.key());
        json.addProperty("title", metric.title());
        json.addProperty("unit", metric.unit());
        json.addProperty("better", metric.better().name().toLowerCase(Locale.ROOT));
        json.addProperty("meaning", metric.meaning());
        return json;
    }

    private static JsonObject result(Result result) {
        Evaluation evaluation = result.evaluation();
        JsonObject json = new JsonObject();
        json.addProperty("name", result.name());
        json.addProperty("settings", result.settings());
        json.addProperty("examples", evaluation.getExamples());
        json.addProperty("members", evaluation.getMembers());
        json.addProperty("classes", evaluation.getClasses());
        json.addProperty(
                "aggregation", evaluation.getAggregation().name().toLowerCase(Locale.ROOT));
        JsonObject values = new JsonObject();
        evaluation.getValues().forEach((metric, value) -> values.add(metric.key(), number(value)));
        json.add("quality", values);
        JsonObject cost = new JsonObject();
        for (Metric metric : Metrics.getCost()) {
            cost.add(metric.key(), number(result.cost().getValue(metric)));
        }
        json.add("cost", cost);
        json.add("memberAccuracy", GSON.toJsonTree(evaluation.getMemberAccuracy()));
        json.add(
                "memberNegativeLogLikelihood",
                GSON.toJsonTree(evaluation.getMemberNegativeLogLikelihood()));
        JsonArray bins = new JsonArray();
        evaluation.getReliability().forEach(bin -> bins.add(bin(bin)));
        json.add("reliability", bins);
        JsonObject foreign = new JsonObject();
        evaluation.getDetections().forEach((set, scores) -> foreign.add(set, detections(scores)));
        json.add("outOfDistribution", foreign);
        return json;
    }

    private static JsonObject bin(ReliabilityBin bin) {
        JsonObject json = new JsonObject();
        json.addProperty("from", bin.from());
        json.addProperty("to", bin.to());
        json.addProperty("count", bin.count());
        json.add("confidence", number(bin.confidence()));
        json.add("accuracy", number(bin.accuracy()));
        return json;
    }

    private static JsonObject detections(Map<UncertaintyScore, Detection> scores) {
        JsonObject json = new JsonObject();
        scores.forEach(
                (score, detection) -> {
                    JsonObject values = new JsonObject();
                    for (Metric metric : Metrics.getDetection()) {
                        values.add(metric.key(), number(detection.getValue(metric)));
                    }
                    json.add(score.getKey(), values);
                });
        return json;
    }

    private static JsonObject picture(Picture picture) {
        JsonObject json = new JsonObject();
        json.addProperty("file", picture.file());
        picture.vectorFile().ifPresent(file -> json.addProperty("vectorFile", file));
        json.addProperty("title", picture.getTitle());
        json.addProperty("caption", picture.getCaption());
        return json;
    }

    /** JSON has no NaN; whole numbers are written as such. */
    private static JsonElement number(double value) {
        if (!Double.isFinite(value)) {
            return JsonNull.INSTANCE;
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? new JsonPrimitive((long) value)
                : new JsonPrimitive(value);
    }
}
