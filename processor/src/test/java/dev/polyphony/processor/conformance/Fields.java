/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The fields of a JSON object; a name that nobody knows is an error, not a setting without effect.
 */
final class Fields {

    private final String place;
    private final JsonObject object;

    /**
     * Wraps an object.
     *
     * @param place where it stands, for messages
     * @param element the element, which must be an object
     * @param known the names that it may have
     */
    Fields(String place, JsonElement element, Set<String> known) {
        this.place = place;
        if (!element.isJsonObject()) {
            throw new IllegalArgumentException(place + " is not an object: " + element);
        }
        object = element.getAsJsonObject();
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "%s has an unknown field '%s'; it may have %s"
                                .formatted(place, name, known.stream().sorted().toList()));
            }
        }
    }

    boolean has(String name) {
        return object.has(name);
    }

    JsonElement get(String name) {
        if (!object.has(name)) {
            throw new IllegalArgumentException("%s lacks the field '%s'".formatted(place, name));
        }
        return object.get(name);
    }

    String text(String name) {
        return get(name).getAsString();
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    int number(String name, int otherwise) {
        return has(name) ? get(name).getAsInt() : otherwise;
    }

    /** The elements of an array; none if the field is missing. */
    List<JsonElement> list(String name) {
        List<JsonElement> elements = new ArrayList<>();
        if (has(name)) {
            get(name).getAsJsonArray().forEach(elements::add);
        }
        return elements;
    }

    /** An object whose names are free; empty if the field is missing. */
    JsonObject open(String name) {
        return has(name) ? get(name).getAsJsonObject() : new JsonObject();
    }
}
