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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The arrays of a case: those that the manifest describes, and no others. */
final class GoldenArrays {

    /** An array as it is stored, flat. */
    private record Stored(double[] values, int[] shape) {}

    private static final Set<String> ROLES = Set.of("input", "param", "output", "info");

    private final String id;
    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Map<String, Stored> arrays = new LinkedHashMap<>();
    private final Set<String> used = new TreeSet<>();

    GoldenArrays(String id, Path file, JsonObject described) {
        this.id = id;
        try (NDManager manager = NDManager.newBaseManager();
                InputStream in = Files.newInputStream(file)) {
            NDList list = NDList.decode(manager, in);
            Map<String, NDArray> byName = new LinkedHashMap<>();
            list.forEach(array -> byName.put(array.getName(), array));
            assertEquals(
                    new TreeSet<>(described.keySet()),
                    new TreeSet<>(byName.keySet()),
                    id + ": the arrays of the manifest are not those of " + file);
            described
                    .entrySet()
                    .forEach(e -> add(e.getKey(), e.getValue(), byName.get(e.getKey())));
        } catch (IOException e) {
            throw new UncheckedIOException(id + ": cannot read " + file, e);
        }
    }

    private void add(String name, JsonElement description, NDArray array) {
        JsonObject about = description.getAsJsonObject();
        String role = about.get("role").getAsString();
        if (!ROLES.contains(role)) {
            fail("%s: %s has the unknown role %s".formatted(id, name, role));
        }
        int[] shape =
                about.getAsJsonArray("shape").asList().stream()
                        .mapToInt(JsonElement::getAsInt)
                        .toArray();
        String found =
                array.getDataType().name().toLowerCase(Locale.ROOT)
                        + Arrays.toString(array.getShape().getShape());
        assertEquals(
                about.get("dtype").getAsString() + Arrays.toString(shape),
                found,
                id + ": the manifest says otherwise of " + name);
        double[] values = array.toType(DataType.FLOAT64, true).toDoubleArray();
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            fail("%s: %s has values that are not finite".formatted(id, name));
        }
        roles.put(name, role);
        arrays.put(name, new Stored(values, shape));
    }

    /** Returns the names of the arrays of a role. */
    Set<String> getNames(String role) {
        return roles.keySet().stream()
                .filter(name -> roles.get(name).equals(role))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** Notes that an array is not needed, and why it is there is known. */
    void ignore(String name) {
        used.add(name);
    }

    double[] get(String name) {
        used.add(name);
        return stored(name).values.clone();
    }

    int[] getShape(String name) {
        return stored(name).shape.clone();
    }

    /** Returns the inputs and parameters that no test has asked for. */
    Set<String> getUnused() {
        Set<String> unused = new TreeSet<>(arrays.keySet());
        unused.removeIf(name -> !Set.of("input", "param").contains(roles.get(name)));
        unused.removeAll(used);
        return unused;
    }

    private Stored stored(String name) {
        Stored stored = arrays.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("case " + id + " has no array " + name);
        }
        return stored;
    }
}
