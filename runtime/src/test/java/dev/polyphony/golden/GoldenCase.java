/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * One golden case, in plain arrays: its inputs, and a check of each output within the tolerance of
 * the manifest.
 *
 * <p>It is understood only if all of it was asked for: each setting, each input and parameter. A
 * case with one more of them is another case.
 */
public final class GoldenCase {

    /** The check of one output: where it came closest to its limit. */
    record Check(String array, int size, double value, double golden, double allowed) {

        double difference() {
            return Math.abs(value - golden);
        }

        /** How much of the allowed difference there is. */
        double share() {
            return difference() == 0 ? 0 : difference() / allowed;
        }
    }

    private final JsonObject entry;
    private final GoldenKind kind;
    private final GoldenArrays arrays;
    private final GoldenSettings settings;
    private final Map<String, Check> checks = new TreeMap<>();
    private final Map<String, boolean[]> matched = new TreeMap<>();
    private final Map<Difference, Set<String>> differences = new TreeMap<>();

    GoldenCase(Path folder, JsonObject entry, GoldenKind kind) {
        this.entry = entry;
        this.kind = kind;
        settings = new GoldenSettings(getId(), entry.getAsJsonObject("hyperparameters"));
        // a name, and what the draws came from
        settings.ignore("id", "seed");
        arrays =
                new GoldenArrays(
                        getId(),
                        folder.resolve(entry.get("file").getAsString()),
                        entry.getAsJsonObject("arrays"));
    }

    /** Returns the name. */
    public String getId() {
        return GoldenSet.id(entry);
    }

    /** Returns the group of cases that it belongs to. */
    String getGroup() {
        return entry.get("group").getAsString();
    }

    /** Returns what the case is about. */
    public GoldenKind getKind() {
        return kind;
    }

    /** Returns the hyper-parameters. */
    public GoldenSettings getSettings() {
        return settings;
    }

    /** Returns the names of the arrays to match. */
    public Set<String> getOutputs() {
        return arrays.getNames("output");
    }

    /** Returns the names of the arrays that are not to be matched. */
    Set<String> getInformation() {
        return arrays.getNames("info");
    }

    /** Tells whether there is such an array. */
    public boolean has(String name) {
        return arrays.has(name);
    }

    /** Notes that an array is known, and not needed. */
    public void ignore(String name) {
        arrays.ignore(name);
    }

    /** Returns an array, flat. */
    public double[] get(String name) {
        return arrays.get(name);
    }

    /**
     * Returns an array, each value as the shortest decimal number that single precision keeps as
     * the stored one: of a setting such as 1.1, the number that it was given as.
     */
    public double[] getDecimals(String name) {
        return Arrays.stream(get(name))
                .map(value -> Double.parseDouble(String.valueOf((float) value)))
                .toArray();
    }

    /** Returns an array of whole numbers, flat. */
    public int[] getInts(String name) {
        return Arrays.stream(get(name)).mapToInt(value -> (int) value).toArray();
    }

    /** Returns the shape of an array. */
    public int[] getShape(String name) {
        return arrays.getShape(name);
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
     * Difference}, and {@linkplain #confirm confirmed}.
     *
     * @param name the array
     * @param where the positions to match
     * @param actual the values at all positions
     */
    public void checkWhere(String name, IntPredicate where, double... actual) {
        Check check = compare(name, where, actual);
        if (check.size < actual.length) {
            requireExcuse(name);
        }
        if (check.size > 0 || actual.length == 0) {
            checks.put(name, check);
        }
    }

    /**
     * Fails unless the values are those of an array that is deliberately not ours: what the rule of
     * the reference gives, worked out by the test, so that the difference is the one that is known.
     *
     * @param name the array
     * @param theirs the values by the reference's own rule
     */
    public void confirm(String name, double... theirs) {
        compare(name, i -> true, theirs);
        if (!checks.containsKey(name)) {
            requireExcuse(name);
        }
    }

    private Check compare(String name, IntPredicate where, double... actual) {
        if (!getOutputs().contains(name)) {
            fail("%s: %s is no output".formatted(getId(), name));
        }
        double[] expected = arrays.get(name);
        assertEquals(expected.length, actual.length, getId() + ": length of " + name);
        Tolerance tolerance = tolerance(name);
        boolean[] seen = matched.computeIfAbsent(name, any -> new boolean[expected.length]);
        Check worst = new Check(name, 0, 0, 0, 0);
        int compared = 0;
        for (int i = 0; i < expected.length; i++) {
            if (!where.test(i)) {
                continue;
            }
            compared++;
            seen[i] = true;
            double allowed = tolerance.of(expected[i]);
            // written so that NaN fails
            if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
                fail(
                        "%s: %s[%d] is %s, golden %s, allowed difference %s"
                                .formatted(getId(), name, i, actual[i], expected[i], allowed));
            }
            Check check = new Check(name, 0, actual[i], expected[i], allowed);
            if (compared == 1 || check.share() > worst.share()) {
                worst = check;
            }
        }
        return new Check(name, compared, worst.value, worst.golden, worst.allowed);
    }

    /** Fails if a number of an output was not compared, or something was not asked for. */
    void requireUnderstood() {
        for (String output : getOutputs()) {
            boolean[] seen = matched.get(output);
            if (seen == null) {
                fail(getId() + ": no test understands the output " + output);
            }
            for (int i = 0; i < seen.length; i++) {
                if (!seen[i]) {
                    fail("%s: %s[%d] is not compared".formatted(getId(), output, i));
                }
            }
        }
        Set<String> unknown = new TreeSet<>(settings.getUnused());
        unknown.addAll(arrays.getUnused());
        assertEquals(
                Set.of(), unknown, getId() + ": no test understands these settings and inputs");
    }

    private void requireExcuse(String name) {
        List<Difference> excuses =
                Arrays.stream(Difference.values()).filter(d -> d.excuses(kind, name)).toList();
        assertFalse(excuses.isEmpty(), () -> getId() + ": " + name + " is not matched");
        excuses.forEach(d -> note(d, name));
    }

    /** Notes that a case shows a difference. */
    public void note(Difference difference, String array) {
        differences.computeIfAbsent(difference, any -> new TreeSet<>()).add(array);
    }

    /** Returns the outputs that are deliberately not ours, in whole or in part. */
    Map<Difference, Set<String>> getDifferences() {
        return differences;
    }

    /** Returns what a check of an output could come closest to: each value with what is allowed. */
    List<Check> getPossible(String name) {
        Tolerance tolerance = tolerance(name);
        return Arrays.stream(arrays.get(name))
                .mapToObj(value -> new Check(name, 1, value, value, tolerance.of(value)))
                .toList();
    }

    /** Returns the checks that were made. */
    Collection<Check> getChecks() {
        return checks.values();
    }

    private record Tolerance(double atol, double rtol) {

        double of(double expected) {
            return atol + rtol * Math.abs(expected);
        }
    }

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
