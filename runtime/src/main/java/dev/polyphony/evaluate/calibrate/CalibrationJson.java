/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.calibrate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calibrations in JSON. */
final class CalibrationJson {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private static final String MEMBERS = "members";
    private static final String POOLED = "pooled";

    private CalibrationJson() {}

    static String write(EnsembleCalibration calibration) {
        JsonObject root = new JsonObject();
        JsonArray members = new JsonArray();
        calibration.getMembers().forEach(scaling -> members.add(write(scaling)));
        root.add(MEMBERS, members);
        calibration.getPooled().ifPresent(scaling -> root.add(POOLED, write(scaling)));
        return GSON.toJson(root);
    }

    private static JsonObject write(Scaling scaling) {
        JsonObject json = new JsonObject();
        json.addProperty("method", scaling.getMethod().getKey());
        json.addProperty("classes", scaling.getClasses());
        json.add("weights", GSON.toJsonTree(scaling.getWeights()));
        json.add("intercepts", GSON.toJsonTree(scaling.getIntercepts()));
        json.addProperty("bounded", scaling.isBounded());
        return json;
    }

    static EnsembleCalibration read(String json) {
        try {
            JsonObject root = JsonParser.parseString(json).getAsJsonObject();
            List<Scaling> members = new ArrayList<>();
            for (JsonElement each : required(root, MEMBERS).getAsJsonArray()) {
                members.add(scaling(each.getAsJsonObject()));
            }
            JsonElement pooled = root.get(POOLED);
            return EnsembleCalibration.of(
                    members, pooled == null ? null : scaling(pooled.getAsJsonObject()));
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw new IllegalArgumentException("This is no calibration: " + e.getMessage(), e);
        }
    }

    private static Scaling scaling(JsonObject json) {
        String key = required(json, "method").getAsString();
        ScalingMethod method =
                Arrays.stream(ScalingMethod.values())
                        .filter(each -> each.getKey().equals(key))
                        .findFirst()
                        .orElseThrow(
                                () -> new JsonParseException("there is no method '" + key + "'"));
        return new Scaling(
                method,
                required(json, "classes").getAsInt(),
                numbers(json, "weights"),
                numbers(json, "intercepts"),
                required(json, "bounded").getAsBoolean());
    }

    private static double[] numbers(JsonObject json, String name) {
        return required(json, name).getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    private static JsonElement required(JsonObject json, String name) {
        JsonElement value = json.get(name);
        if (value == null) {
            throw new JsonParseException("'" + name + "' is missing");
        }
        return value;
    }
}
