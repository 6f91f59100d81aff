/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One golden case, in plain arrays: its inputs, and a check of each output within the tolerance of
 * the manifest.
 */
public final class GoldenCase {

    /** An array as it is stored, flat. */
    private record Stored(double[] values, int[] shape) {}

    private final JsonObject entry;
    private final Map<String, Stored> arrays = new LinkedHashMap<>();
    private final Set<String> checked = new TreeSet<>();

    GoldenCase(Path folder, JsonObject entry) {
        this.entry = entry;
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
        double[] expected = stored(name).values;
        assertEquals(expected.length, actual.length, getId() + ": length of " + name);
        JsonObject tolerance = tolerance(name);
        double atol = tolerance.get("atol").getAsDouble();
        double rtol = tolerance.get("rtol").getAsDouble();
        for (int i = 0; i < expected.length; i++) {
            double allowed = atol + rtol * Math.abs(expected[i]);
            // written so that NaN fails
            if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
                fail(
                        "%s: %s[%d] is %s, golden %s, allowed difference %s"
                                .formatted(getId(), name, i, actual[i], expected[i], allowed));
            }
        }
        checked.add(name);
    }

    /** Returns the outputs that no {@link #check} has looked at. */
    public Set<String> getUnchecked() {
        Set<String> unchecked = getOutputs();
        unchecked.removeAll(checked);
        return unchecked;
    }

    private Stored stored(String name) {
        Stored stored = arrays.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("case " + getId() + " has no array " + name);
        }
        return stored;
    }

    /** The entry whose pattern fits best, that is, whose pattern is longest. */
    private JsonObject tolerance(String name) {
        return entry.getAsJsonObject("tolerance").entrySet().stream()
                .filter(t -> name.matches(t.getKey().replace("*", ".*")))
                .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
                .orElseThrow(
                        () -> new IllegalStateException(getId() + ": no tolerance for " + name))
                .getValue()
                .getAsJsonObject();
    }
}
