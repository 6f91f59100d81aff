/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.harness;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.polyphony.files.CsvField;
import dev.polyphony.train.progress.History;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Histories for programs: numbers unrounded, nothing where there is none. */
final class HistoryText {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

    private HistoryText() {}

    /** One line an epoch, in the form of RFC 4180. */
    static String toCsv(Collection<HistoryRow> rows) {
        Set<String> metrics = getMetrics(rows);
        StringBuilder out = new StringBuilder();
        List<String> header =
                new ArrayList<>(
                        List.of(
                                "model",
                                "epoch",
                                "training loss",
                                "validation loss",
                                "validation accuracy",
                                "learning rate",
                                "seconds"));
        header.addAll(metrics);
        out.append(line(header));
        for (HistoryRow row : rows) {
            for (History.Epoch epoch : row.getEpochs()) {
                List<String> cells = new ArrayList<>();
                cells.add(row.getName());
                cells.add(String.valueOf(epoch.number()));
                cells.add(text(epoch.trainingLoss()));
                cells.add(text(epoch.validationLoss()));
                cells.add(text(epoch.validationAccuracy()));
                cells.add(text(row.getLearningRate(epoch)));
                cells.add(text(epoch.seconds()));
                metrics.forEach(
                        metric ->
                                cells.add(text(epoch.metrics().getOrDefault(metric, Double.NaN))));
                out.append(line(cells));
            }
        }
        return out.toString();
    }

    /** The names of what users' evaluators measure, in the order of the first epochs. */
    static Set<String> getMetrics(Collection<HistoryRow> rows) {
        Set<String> metrics = new LinkedHashSet<>();
        rows.forEach(
                row -> row.getEpochs().forEach(epoch -> metrics.addAll(epoch.metrics().keySet())));
        return metrics;
    }

    private static String line(List<String> cells) {
        return String.join(",", cells.stream().map(CsvField::quote).toList()) + "\n";
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    static String toJson(String title, Collection<HistoryRow> rows) {
        JsonObject root = new JsonObject();
        root.addProperty("title", title);
        JsonArray models = new JsonArray();
        rows.stream().filter(row -> row.getRun() != null).forEach(row -> models.add(json(row)));
        root.add("models", models);
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject json(HistoryRow row) {
        JsonObject json = new JsonObject();
        json.addProperty("name", row.getName());
        json.addProperty("epochs", row.getRun().epochs());
        json.addProperty("stepsPerEpoch", row.getRun().steps());
        json.addProperty("examplesPerEpoch", row.getRun().examples());
        json.addProperty("isOver", row.isOver());
        JsonArray epochs = new JsonArray();
        row.getEpochs().forEach(epoch -> epochs.add(json(row, epoch)));
        json.add("history", epochs);
        return json;
    }

    private static JsonObject json(HistoryRow row, History.Epoch epoch) {
        JsonObject json = new JsonObject();
        json.addProperty("epoch", epoch.number());
        json.add("trainingLoss", number(epoch.trainingLoss()));
        json.add("validationLoss", number(epoch.validationLoss()));
        json.add("validationAccuracy", number(epoch.validationAccuracy()));
        json.add("learningRate", number(row.getLearningRate(epoch)));
        json.add("seconds", number(epoch.seconds()));
        JsonObject metrics = new JsonObject();
        for (Map.Entry<String, Double> metric : epoch.metrics().entrySet()) {
            metrics.add(metric.getKey(), number(metric.getValue()));
        }
        json.add("metrics", metrics);
        return json;
    }

    /** JSON has neither NaN nor infinity. */
    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
