/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The hyper-parameters of a case, which remember what they were asked for. */
public final class GoldenSettings {

    private final String owner;
    private final JsonObject values;
    private final Set<String> used = new TreeSet<>();
    private final Map<String, GoldenSettings> nested = new LinkedHashMap<>();

    GoldenSettings(String owner, JsonObject values) {
        this.owner = owner;
        this.values = values;
    }

    /** Returns whether there is such a setting, and it has a value. */
    public boolean has(String setting) {
        return values.has(setting) && !values.get(setting).isJsonNull();
    }

    /** Notes that settings are known, and say only how the arrays were made. */
    public void ignore(String... settings) {
        used.addAll(Arrays.asList(settings));
    }

    /** Returns the settings in a setting. */
    public GoldenSettings getSettings(String setting) {
        return nested.computeIfAbsent(
                setting,
                name -> new GoldenSettings(owner + "." + name, get(name).getAsJsonObject()));
    }

    /** Returns a setting that is a whole number. */
    public int getInt(String setting) {
        double value = getDouble(setting);
        if (value != Math.rint(value)) {
            throw new IllegalArgumentException(owner + "." + setting + " is " + value);
        }
        return (int) value;
    }

    /** Returns a setting that is a whole number, or what it is where the case has none. */
    public int getInt(String setting, int otherwise) {
        return has(setting) ? getInt(setting) : otherwise;
    }

    /** Returns a setting that is a number. */
    public double getDouble(String setting) {
        return get(setting).getAsDouble();
    }

    /** Returns a setting that is a number, or what it is where the case has none. */
    public double getDouble(String setting, double otherwise) {
        return has(setting) ? getDouble(setting) : otherwise;
    }

    /** Returns a setting that is a list of numbers, or a single one. */
    public double[] getDoubles(String setting) {
        JsonElement value = get(setting);
        return value.isJsonArray()
                ? value.getAsJsonArray().asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray()
                : new double[] {value.getAsDouble()};
    }

    /** Returns a setting that is a list of whole numbers, or a single one. */
    public int[] getInts(String setting) {
        return Arrays.stream(getDoubles(setting)).mapToInt(value -> (int) value).toArray();
    }

    /** Returns whether a setting is a list. */
    public boolean isList(String setting) {
        return has(setting) && values.get(setting).isJsonArray();
    }

    /** Returns whether a setting is true, or what it is where the case has none. */
    public boolean getBoolean(String setting, boolean otherwise) {
        used.add(setting);
        return has(setting) ? values.get(setting).getAsBoolean() : otherwise;
    }

    /** Returns a setting that is a word, or the empty one. */
    public String getText(String setting) {
        used.add(setting);
        return has(setting) ? values.get(setting).getAsString() : "";
    }

    /** Returns a setting that is one number for all axes or one for each. */
    public Shape getAxes(String setting, int axes, int otherwise) {
        long[] each = new long[axes];
        Arrays.fill(each, otherwise);
        if (has(setting)) {
            int[] given = getInts(setting);
            if (given.length != 1 && given.length != axes) {
                throw new IllegalArgumentException(
                        owner + "." + setting + " has " + given.length + " axes, not " + axes);
            }
            Arrays.setAll(each, axis -> given[given.length == 1 ? 0 : axis]);
        }
        used.add(setting);
        return new Shape(each);
    }

    /** Fails if a setting has another value than the only one that is understood. */
    public void require(String setting, Object only) {
        used.add(setting);
        if (has(setting)) {
            JsonElement value = values.get(setting);
            boolean same =
                    only instanceof Number number
                            ? value.getAsDouble() == number.doubleValue()
                            : value.getAsString().equals(only.toString());
            if (!same) {
                throw new AssertionError(
                        "%s.%s is %s, which no test understands; only %s is"
                                .formatted(owner, setting, value, only));
            }
        }
    }

    /** Returns the settings that no test has asked for. */
    Set<String> getUnused() {
        Set<String> unused = new TreeSet<>(values.keySet());
        unused.removeAll(used);
        nested.forEach(
                (name, settings) ->
                        settings.getUnused().forEach(setting -> unused.add(name + "." + setting)));
        return unused;
    }

    private JsonElement get(String setting) {
        used.add(setting);
        if (!has(setting)) {
            throw new IllegalArgumentException("case " + owner + " has no setting " + setting);
        }
        return values.get(setting);
    }
}
