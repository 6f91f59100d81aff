/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * One golden case, in plain arrays: its inputs, and a check of each output within the tolerance of
 * the manifest.
 */
public final class GoldenCase {

    /** An array as it is stored, flat. */
    private record Stored(double[] values, int[] shape) {}

    /** The check of one output: where it came closest to its limit. */
    record Check(String array, int size, double value, double golden, double allowed) {}

    private final JsonObject entry;
    private final GoldenKind kind;
    private final Map<String, Stored> arrays = new LinkedHashMap<>();
    private final Map<String, Check> checks = new TreeMap<>();
    private final Map<Difference, Set<String>> differences = new TreeMap<>();

    GoldenCase(Path folder, JsonObject entry, GoldenKind kind) {
        this.entry = entry;
        this.kind = kind;
        Path file = folder.resolve(entry.get("file").getAsString());
        try (NDManager manager = NDManager.newBaseManager();
                InputStream in = Files.newInputStream(file)) {
            for (NDArray array : NDList.decode(manager, in)) {
                int[] shape = new int[array.getShape().dimension()];
                for (int axis = 0; axis < shape.length; axis++) {
                    shape[axis] = Math.toIntExact(array.getShape().get(axis));
                }
                double[] values = array.toType(DataType.FLOAT64, true).toDoubleArray();
                arrays.put(array.getName(), new Stored(values, shape));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns the name. */
    public String getId() {
        return entry.get("id").getAsString();
    }

    /** Returns the names of the arrays to match. */
    public Set<String> getOutputs() {
        return entry.getAsJsonObject("arrays").entrySet().stream()
                .filter(a -> role(a.getValue()).equals("output"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String role(JsonElement description) {
        return description.getAsJsonObject().get("role").getAsString();
    }

    /** Tells whether there is such an array. */
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** Returns an array, flat. */
    public double[] get(String name) {
        return stored(name).values.clone();
    }

    /** Returns an array of whole numbers, flat. */
    public int[] getInts(String name) {
        double[] values = stored(name).values;
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    /** Returns the shape of an array. */
    public int[] getShape(String name) {
        return stored(name).shape.clone();
    }

    /** Returns the hyper-parameters of the case. */
    public JsonObject getHyperparameters() {
        return entry.getAsJsonObject("hyperparameters");
    }

    /** Fails unless the values are those of the array, within its tolerance. */
    public void check(String name, double... actual) {
        checkWhere(name, i -> true, actual);
    }

    /** Fails unless the values are those of the array, within its tolerance. */
    public void check(String name, NDArray actual) {
        check(name, actual.toType(DataType.FLOAT64, true).toDoubleArray());
    }

    /**
     * Fails unless some of the values are those of the array. What the others are must be a {@link
     * Difference}.
     *
     * @param name the array
     * @param where the positions to match
     * @param actual the values at all positions
     */
    public void checkWhere(String name, IntPredicate where, double... actual) {
        double[] expected = stored(name).values;
        assertEquals(expected.length, actual.length, getId() + ": length of " + name);
        Tolerance tolerance = tolerance(name);
        Check worst = null;
        int compared = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!where.test(i)) {
                continue;
            }
            compared++;
            double allowed = tolerance.atol + tolerance.rtol * Math.abs(expected[i]);
            double difference = Math.abs(actual[i] - expected[i]);
            // written so that NaN fails
            if (!(difference <= allowed)) {
                fail(
                        "%s: %s[%d] is %s, golden %s, allowed difference %s"
                                .formatted(getId(), name, i, actual[i], expected[i], allowed));
            }
            if (worst == null || difference / allowed > share(worst)) {
                worst = new Check(name, 0, actual[i], expected[i], allowed);
            }
        }
        if (compared < expected.length) {
            requireExcuse(name);
        }
        if (worst != null) {
            checks.put(name, new Check(name, compared, worst.value, worst.golden, worst.allowed));
        }
    }

    /** How much of the allowed difference there is; 0 of exact values. */
    private static double share(Check check) {
        return Math.abs(check.value - check.golden) / check.allowed;
    }

    /** Fails if an output was not matched and is no deliberate difference. */
    void requireAllChecked() {
        Set<String> unchecked = getOutputs();
        unchecked.removeAll(checks.keySet());
        unchecked.forEach(this::requireExcuse);
    }

    private void requireExcuse(String name) {
        List<Difference> excuses =
                Arrays.stream(Difference.values()).filter(d -> d.excuses(kind, name)).toList();
        assertFalse(excuses.isEmpty(), () -> getId() + ": " + name + " is not matched");
        excuses.forEach(d -> differences.computeIfAbsent(d, any -> new TreeSet<>()).add(name));
    }

    /** Returns the outputs that are deliberately not ours, in whole or in part. */
    Map<Difference, Set<String>> getDifferences() {
        return differences;
    }

    /** Returns the checks that were made. */
    Collection<Check> getChecks() {
        return checks.values();
    }

    /** Returns what the case is about. */
    public GoldenKind getKind() {
        return kind;
    }

    /** Returns an array of single precision. */
    public NDArray toArray(NDManager manager, String name) {
        int[] shape = getShape(name);
        return manager.create(
                floats(get(name)), new Shape(Arrays.stream(shape).asLongStream().toArray()));
    }

    /** Rounds to single precision. */
    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Returns a setting that is a whole number, or what it is where the case has none. */
    public int getInt(String setting, int otherwise) {
        return isSet(setting) ? getHyperparameters().get(setting).getAsInt() : otherwise;
    }

    /** Returns a setting that is a whole number. */
    public int getInt(String setting) {
        return getHyperparameters().get(setting).getAsInt();
    }

    /** Returns a setting that is a number. */
    public double getDouble(String setting) {
        return getHyperparameters().get(setting).getAsDouble();
    }

    /** Returns whether a setting is true, or what it is where the case has none. */
    public boolean getBoolean(String setting, boolean otherwise) {
        return isSet(setting) ? getHyperparameters().get(setting).getAsBoolean() : otherwise;
    }

    /** Returns a setting that is a word, or the empty one. */
    public String getText(String setting) {
        return isSet(setting) ? getHyperparameters().get(setting).getAsString() : "";
    }

    /** Returns a setting that is one number for all axes or one for each. */
    public Shape getAxes(String setting, int axes, int otherwise) {
        long[] each = new long[axes];
        Arrays.fill(each, otherwise);
        if (isSet(setting)) {
            JsonElement value = getHyperparameters().get(setting);
            for (int i = 0; i < axes; i++) {
                each[i] = (value.isJsonArray() ? value.getAsJsonArray().get(i) : value).getAsLong();
            }
        }
        return new Shape(each);
    }

    private boolean isSet(String setting) {
        return getHyperparameters().has(setting) && !getHyperparameters().get(setting).isJsonNull();
    }

    private Stored stored(String name) {
        Stored stored = arrays.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("case " + getId() + " has no array " + name);
        }
        return stored;
    }

    private record Tolerance(double atol, double rtol) {}

    /** The entry whose pattern fits best, that is, whose pattern is longest. */
    private Tolerance tolerance(String name) {
        JsonObject best =
                entry.getAsJsonObject("tolerance").entrySet().stream()
                        .filter(
                                t ->
                                        name.matches(
                                                t.getKey().replace(".", "\\.").replace("*", ".*")))
                        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                getId() + ": no tolerance for " + name))
                        .getValue()
                        .getAsJsonObject();
        return new Tolerance(best.get("atol").getAsDouble(), best.get("rtol").getAsDouble());
    }
}
