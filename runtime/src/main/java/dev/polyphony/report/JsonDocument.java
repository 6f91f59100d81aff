/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.Metrics;
import dev.polyphony.evaluate.compare.Difference;
import dev.polyphony.evaluate.compare.Figure;
import dev.polyphony.evaluate.compare.Interval;
import dev.polyphony.evaluate.compare.RunStatistics;
import dev.polyphony.evaluate.compare.Spread;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The report for programs: every number unrounded, null where there is none. {@code
 * docs/reports.md} describes it; a change that breaks readers raises the version of the schema.
 */
final class JsonDocument {

    /** The name and version of the schema. */
    static final String SCHEMA = "polyphony-report/1";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private JsonDocument() {}

    static String of(Report report, List<Picture> pictures) {
        JsonObject root = new JsonObject();
        root.addProperty("schema", SCHEMA);
        root.addProperty("task", report.task().name().toLowerCase(Locale.ROOT));
        root.addProperty("title", report.getTitle());
        root.addProperty("introduction", report.getIntroduction());
        root.add("answers", answers(report));
        JsonObject facts = new JsonObject();
        report.getFacts().forEach(facts::addProperty);
        root.add("facts", facts);
        JsonArray metrics = new JsonArray();
        Stream.of(
                        report.getResults().get(0).evaluation().getValues().keySet(),
                        Metrics.getDetection(),
                        Metrics.getCost())
                .flatMap(Collection::stream)
                .forEach(metric -> metrics.add(metric(metric)));
        root.add("metrics", metrics);
        JsonArray results = new JsonArray();
        report.getResults().forEach(result -> results.add(JsonResult.of(result)));
        root.add("results", results);
        report.getStatistics()
                .ifPresent(each -> root.add("statistics", statistics(each, report.task())));
        JsonArray files = new JsonArray();
        pictures.forEach(picture -> files.add(picture(picture)));
        root.add("pictures", files);
        return GSON.toJson(root) + "\n";
    }

    private static JsonArray answers(Report report) {
        JsonArray array = new JsonArray();
        for (Section.Answer answer : Verdict.of(report)) {
            JsonObject json = new JsonObject();
            json.addProperty("question", answer.question());
            json.addProperty("inShort", answer.inShort());
            json.addProperty("text", String.join(" ", answer.sentences()));
            array.add(json);
        }
        return array;
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

    private static JsonObject statistics(RunStatistics statistics, Task task) {
        JsonObject json = new JsonObject();
        json.addProperty("reference", statistics.getReference());
        json.addProperty("isOverSeeds", statistics.isOverSeeds());
        json.add("seeds", GSON.toJsonTree(statistics.getSeeds()));
        json.add("notes", GSON.toJsonTree(statistics.getNotes()));
        JsonArray figures = new JsonArray();
        for (String row : statistics.getRows()) {
            for (Figure figure : statistics.getFigures()) {
                statistics
                        .getSpread(row, figure)
                        .ifPresent(
                                spread -> {
                                    JsonObject own = spread(row, figure, spread, task);
                                    statistics
                                            .getDifference(row, figure)
                                            .ifPresent(
                                                    difference ->
                                                            own.add(
                                                                    "difference",
                                                                    difference(difference)));
                                    figures.add(own);
                                });
            }
        }
        json.add("figures", figures);
        return json;
    }

    private static JsonObject spread(String row, Figure figure, Spread spread, Task task) {
        JsonObject json = new JsonObject();
        json.addProperty("row", row);
        json.addProperty("metric", figure.metric().key());
        json.addProperty("set", figure.set());
        json.addProperty("score", CsvTable.score(task, figure));
        json.add("mean", JsonNumbers.of(spread.mean()));
        json.add("deviation", JsonNumbers.of(spread.deviation()));
        json.add("interval", interval(spread.bootstrap()));
        json.add("values", JsonNumbers.of(spread.values().stream().mapToDouble(v -> v).toArray()));
        return json;
    }

    private static JsonObject difference(Difference difference) {
        JsonObject json = new JsonObject();
        json.addProperty("test", difference.test().method().getTitle());
        json.add("difference", JsonNumbers.of(difference.test().difference()));
        json.add("interval", interval(difference.test().interval()));
        json.add("pValue", JsonNumbers.of(difference.test().pValue()));
        json.add("adjustedPValue", JsonNumbers.of(difference.adjusted()));
        return json;
    }

    private static JsonObject interval(Interval interval) {
        JsonObject json = new JsonObject();
        json.add("low", JsonNumbers.of(interval.low()));
        json.add("high", JsonNumbers.of(interval.high()));
        json.add("level", JsonNumbers.of(interval.level()));
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
}
