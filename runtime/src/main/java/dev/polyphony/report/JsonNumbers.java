/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.polyphony.evaluate.CurvePoint;
import dev.polyphony.evaluate.Histogram;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Numbers as JSON has them. */
final class JsonNumbers {

    private JsonNumbers() {}

    /** JSON has no NaN; whole numbers are written as such. */
    static JsonElement of(double value) {
        if (!Double.isFinite(value)) {
            return JsonNull.INSTANCE;
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? new JsonPrimitive((long) value)
                : new JsonPrimitive(value);
    }

    static JsonArray of(double[] values) {
        JsonArray array = new JsonArray();
        Arrays.stream(values).forEach(value -> array.add(of(value)));
        return array;
    }

    static JsonArray of(double[][] matrix) {
        JsonArray array = new JsonArray();
        Arrays.stream(matrix).forEach(row -> array.add(of(row)));
        return array;
    }

    /** A curve as two arrays of one length. */
    static JsonObject of(List<CurvePoint> curve, String x, String y) {
        JsonObject json = new JsonObject();
        json.add(x, column(curve, CurvePoint::x));
        json.add(y, column(curve, CurvePoint::y));
        return json;
    }

    private static JsonArray column(
            List<CurvePoint> curve, ToDoubleFunction<CurvePoint> coordinate) {
        return of(curve.stream().mapToDouble(coordinate).toArray());
    }

    static JsonObject of(Histogram histogram) {
        JsonObject json = new JsonObject();
        json.add(
                "edges",
                of(
                        IntStream.rangeClosed(0, histogram.size())
                                .mapToDouble(histogram::getEdge)
                                .toArray()));
        json.add("counts", of(Arrays.stream(histogram.getCounts()).asDoubleStream().toArray()));
        return json;
    }
}
