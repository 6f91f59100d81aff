/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.polyphony.data.ArrayFormat;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.TableFormat;
import java.util.List;

/** The part of {@code model.json} that says what an example is. */
final class InputJson {

    private static final String KIND = "kind";
    private static final String ARRAY = "array";
    private static final String IMAGE = "image";
    private static final String TABLE = "table";

    private InputJson() {}

    static JsonObject write(InputFormat input) {
        JsonObject json = new JsonObject();
        if (input instanceof ImageFormat image) {
            common(json, IMAGE, input);
            json.addProperty("resize", image.resize());
            json.add("means", array(image.means()));
            json.add("standardDeviations", array(image.standardDeviations()));
        } else if (input instanceof TableFormat table) {
            common(json, TABLE, input);
            json.addProperty("scale", table.scale());
            json.add("columns", texts(table.columns()));
            json.add("answerColumns", texts(table.answers()));
        } else {
            common(json, ARRAY, input);
        }
        return json;
    }

    private static void common(JsonObject json, String kind, InputFormat input) {
        json.addProperty(KIND, kind);
        JsonArray shape = new JsonArray();
        for (long size : input.shape().getShape()) {
            shape.add(size);
        }
        json.add("shape", shape);
        json.addProperty("dataType", JsonFields.key(input.dataType()));
    }

    private static JsonArray array(List<? extends Number> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    static InputFormat read(JsonFields json) {
        Shape shape =
                new Shape(json.numbers("shape").stream().mapToLong(Double::longValue).toArray());
        DataType dataType = json.constant("dataType", DataType.class);
        String kind = json.text(KIND);
        return switch (kind) {
            case ARRAY -> new ArrayFormat(shape, dataType);
            case IMAGE ->
                    new ImageFormat(
                            shape,
                            json.flag("resize"),
                            floats(json.numbers("means")),
                            floats(json.numbers("standardDeviations")));
            case TABLE ->
                    new TableFormat(
                            json.texts("columns"),
                            json.texts("answerColumns"),
                            shape,
                            dataType,
                            json.number("scale"));
            default ->
                    throw new IllegalArgumentException(
                            "'input.kind' must be %s, %s or %s, but is '%s'"
                                    .formatted(ARRAY, IMAGE, TABLE, kind));
        };
    }

    private static List<Float> floats(List<Double> numbers) {
        return numbers.stream().map(Double::floatValue).toList();
    }
}
