/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.Input;
import ai.djl.ndarray.BytesSupplier;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.polyphony.data.ImageFormat;
import dev.polyphony.data.InputFormat;
import dev.polyphony.data.TableFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Reads the examples of a request, by its content type or, without one that is known, by how its
 * bytes begin.
 *
 * @param format what an example is
 */
record ServingRequests(InputFormat format) {

    private static final String ROWS = "rows";
    private static final String IMAGE = "image";
    private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** How DJL begins a list of arrays: with the number of its arrays, below 256. */
    private static final byte[] LIST = {0, 0, 0};

    /** What a decoder of bytes from outside may throw. */
    private static final String NO_ARRAY = "The request has no array that can be read: ";

    /**
     * Examples of a request.
     *
     * @param array the examples, {@code [n, x...]}
     * @param isList whether they came as a list, so that the answers go as one
     */
    record Examples(NDArray array, boolean isList) {}

    Examples read(NDManager manager, Input input) {
        BytesSupplier data = input.getData();
        if (data == null || data.getAsBytes().length == 0) {
            throw new IllegalArgumentException("The request has no data: send " + expected());
        }
        byte[] bytes = data.getAsBytes();
        String type = input.getProperty("Content-Type", "").toLowerCase(Locale.ROOT);
        type = type.split(";", 2)[0].trim();
        if (type.startsWith("image/")) {
            return image(manager, bytes);
        }
        if (type.startsWith("tensor/") || type.isEmpty() && isArray(bytes)) {
            return arrays(manager, bytes);
        }
        if (type.equals("application/json") || isJson(bytes)) {
            return json(manager, new String(bytes, StandardCharsets.UTF_8));
        }
        if (isArray(bytes)) {
            return arrays(manager, bytes);
        }
        if (format instanceof ImageFormat) {
            return image(manager, bytes);
        }
        throw new IllegalArgumentException(
                "The request of type '%s' cannot be read: send %s".formatted(type, expected()));
    }

    private String expected() {
        String arrays = "arrays of " + format.shape() + " as NPY or NDList";
        if (format instanceof ImageFormat) {
            return "the bytes of an image, such as PNG, or " + arrays;
        }
        return format instanceof TableFormat table && !table.columns().isEmpty()
                ? "a JSON object with " + String.join(", ", table.columns()) + ", or " + arrays
                : "JSON numbers, or " + arrays;
    }

    private static boolean isJson(byte[] bytes) {
        for (byte one : bytes) {
            if (!Character.isWhitespace(one)) {
                return one == '{' || one == '[';
            }
        }
        return false;
    }

    private static boolean isArray(byte[] bytes) {
        return startsWith(bytes, NUMPY) || startsWith(bytes, ZIP) || startsWith(bytes, LIST);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length
                && java.util.Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** One array {@code [x...]}, or {@code [n, x...]}. */
    private Examples arrays(NDManager manager, byte[] bytes) {
        NDList arrays;
        try {
            arrays = NDList.decode(manager, bytes);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(NO_ARRAY + e.getMessage(), e);
        }
        if (arrays.size() != 1) {
            throw new IllegalArgumentException(
                    "The request has %d arrays: send one".formatted(arrays.size()));
        }
        NDArray array = arrays.head();
        Shape given = array.getShape();
        boolean isList = given.dimension() == format.shape().dimension() + 1;
        if (isList && given.get(0) > 0) {
            Readers.requireShape(given.slice(1), format);
        } else {
            Readers.requireShape(given, format);
        }
        NDArray own = Readers.convert(manager, array, format);
        return new Examples(isList ? own : own.expandDims(0), isList);
    }

    private Examples image(NDManager manager, byte[] bytes) {
        return new Examples(array(manager, List.of(features(bytes))), false);
    }

    private float[] features(byte[] bytes) {
        if (!(format instanceof ImageFormat images)) {
            throw new IllegalArgumentException("The model takes no images: send " + expected());
        }
        BufferedImage image;
        try {
            image = ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException e) {
            // decoders of damaged images throw whatever they stumble over
            throw new IllegalArgumentException("The image cannot be read: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new IllegalArgumentException(
                    "The bytes are no image that can be read: send a PNG or JPEG");
        }
        return images.toFeatures(image);
    }

    /** One example, or a list of them, also as the value of {@code rows}. */
    private Examples json(NDManager manager, String text) {
        JsonElement all;
        try {
            all = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("The request is no JSON: " + e.getMessage(), e);
        }
        if (all instanceof JsonObject object
                && object.size() == 1
                && object.get(ROWS) instanceof JsonArray) {
            all = object.get(ROWS);
        }
        boolean isList =
                all instanceof JsonArray array
                        && !array.isEmpty()
                        && (array.get(0) instanceof JsonObject || depth(array) > exampleDepth());
        List<float[]> examples = new ArrayList<>();
        if (isList) {
            int row = 0;
            for (JsonElement one : all.getAsJsonArray()) {
                row++;
                try {
                    examples.add(example(one));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "Row %d: %s".formatted(row, e.getMessage()), e);
                }
            }
        } else {
            examples.add(example(all));
        }
        return new Examples(array(manager, examples), isList);
    }

    private int exampleDepth() {
        return format instanceof TableFormat ? 1 : format.shape().dimension();
    }

    private static int depth(JsonElement element) {
        return element instanceof JsonArray array && !array.isEmpty() ? 1 + depth(array.get(0)) : 0;
    }

    private float[] example(JsonElement one) {
        if (one instanceof JsonObject object) {
            return ofObject(object);
        }
        if (!(one instanceof JsonArray array)) {
            throw new IllegalArgumentException("An example is " + expected());
        }
        List<Object> values = new ArrayList<>();
        flatten(array, format instanceof TableFormat ? null : format.shape(), 0, values);
        if (format instanceof TableFormat table) {
            return table.toFeatures(values);
        }
        float[] features = new float[values.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = ((Number) values.get(i)).floatValue();
        }
        return features;
    }

    private float[] ofObject(JsonObject object) {
        if (format instanceof ImageFormat && object.get(IMAGE) instanceof JsonPrimitive base64) {
            byte[] bytes;
            try {
                bytes = Base64.getMimeDecoder().decode(base64.getAsString());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'image' is no Base64: " + e.getMessage(), e);
            }
            return features(bytes);
        }
        if (!(format instanceof TableFormat table)) {
            throw new IllegalArgumentException("An example is " + expected());
        }
        Map<String, Object> row = new LinkedHashMap<>();
        object.entrySet()
                .forEach(
                        field ->
                                row.put(
                                        field.getKey(),
                                        field.getValue() instanceof JsonPrimitive value
                                                ? value.getAsString()
                                                : field.getValue().toString()));
        return table.toFeatures(row);
    }

    /** Numbers in row-major order; nested as the shape is, unless it is null. */
    private static void flatten(JsonArray array, Shape shape, int axis, List<Object> values) {
        if (shape != null && (axis >= shape.dimension() || array.size() != shape.get(axis))) {
            throw new IllegalArgumentException(
                    "One example has the shape %s, but axis %d of the input has %d values"
                            .formatted(shape, axis, array.size()));
        }
        for (JsonElement element : array) {
            if (element instanceof JsonArray inner && shape != null) {
                flatten(inner, shape, axis + 1, values);
            } else if (element instanceof JsonPrimitive number
                    && number.isNumber()
                    && (shape == null || axis == shape.dimension() - 1)) {
                values.add(number.getAsDouble());
            } else {
                throw new IllegalArgumentException("'%s' is not a number".formatted(element));
            }
        }
    }

    private NDArray array(NDManager manager, List<float[]> examples) {
        int length = Math.toIntExact(format.shape().size());
        float[] all = new float[Math.multiplyExact(examples.size(), length)];
        for (int i = 0; i < examples.size(); i++) {
            System.arraycopy(examples.get(i), 0, all, i * length, length);
        }
        Shape shape = new Shape(examples.size()).addAll(format.shape());
        return Readers.array(manager, all, shape, format);
    }
}
