/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fields of a JSON object, where a missing or wrong one is an error that names it. */
record JsonFields(String path, JsonObject object) {

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private IllegalArgumentException wrong(String name, String wanted) {
        JsonElement found = object.get(name);
        return new IllegalArgumentException(
                found == null
                        ? "'%s' is missing: it must be %s".formatted(pathOf(name), wanted)
                        : "'%s' must be %s".formatted(pathOf(name), wanted));
    }

    boolean has(String name) {
        return object.has(name) && !object.get(name).isJsonNull();
    }

    JsonFields fields(String name) {
        if (object.get(name) instanceof JsonObject inner) {
            return new JsonFields(pathOf(name), inner);
        }
        throw wrong(name, "an object");
    }

    private <T> T primitive(
            String name,
            String wanted,
            Predicate<JsonPrimitive> is,
            Function<JsonPrimitive, T> as) {
        if (object.get(name) instanceof JsonPrimitive primitive && is.test(primitive)) {
            try {
                return as.apply(primitive);
            } catch (NumberFormatException e) {
                throw (IllegalArgumentException) wrong(name, wanted).initCause(e);
            }
        }
        throw wrong(name, wanted);
    }

    String text(String name) {
        return primitive(name, "a text", JsonPrimitive::isString, JsonPrimitive::getAsString);
    }

    boolean flag(String name) {
        return primitive(
                name, "true or false", JsonPrimitive::isBoolean, JsonPrimitive::getAsBoolean);
    }

    double number(String name) {
        return primitive(name, "a number", JsonPrimitive::isNumber, JsonPrimitive::getAsDouble);
    }

    long whole(String name) {
        return primitive(
                name,
                "a whole number",
                JsonPrimitive::isNumber,
                value -> exact(value.getAsBigDecimal()));
    }

    private static long exact(BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw (NumberFormatException) new NumberFormatException(e.getMessage()).initCause(e);
        }
    }

    int count(String name) {
        long count = whole(name);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw wrong(name, "a count");
        }
        return (int) count;
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (key(constant).equals(text(name))) {
                return constant;
            }
        }
        List<String> all = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            all.add(key(constant));
        }
        throw wrong(name, "one of " + String.join(", ", all));
    }

    /** How a constant is written. */
    static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    List<String> texts(String name) {
        return list(name, "texts", JsonPrimitive::isString, JsonPrimitive::getAsString);
    }

    List<Double> numbers(String name) {
        return list(name, "numbers", JsonPrimitive::isNumber, JsonPrimitive::getAsDouble);
    }

    private <T> List<T> list(
            String name, String of, Predicate<JsonPrimitive> is, Function<JsonPrimitive, T> as) {
        if (!(object.get(name) instanceof JsonArray array)) {
            throw wrong(name, "a list of " + of);
        }
        List<T> values = new ArrayList<>();
        for (JsonElement element : array) {
            if (!(element instanceof JsonPrimitive primitive && is.test(primitive))) {
                throw wrong(name, "a list of " + of);
            }
            values.add(as.apply(primitive));
        }
        return values;
    }

    Optional<JsonFields> optional(String name) {
        return has(name) ? Optional.of(fields(name)) : Optional.empty();
    }
}
