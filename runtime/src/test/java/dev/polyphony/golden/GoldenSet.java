/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of golden vectors with its manifest: the one among the test resources, or that of {@code
 * -Dpolyphony.golden=DIR}.
 */
public final class GoldenSet {

    private static final String ELSEWHERE = "polyphony.golden";

    private GoldenSet() {}

    /**
     * Makes a test for each case of some kinds. It fails unless each output is matched or is a
     * deliberate difference, and each setting and input is understood.
     *
     * @param check matches the outputs of one case
     * @param kinds the kinds of cases
     * @return the tests, none if the folder has no such case
     */
    public static Stream<DynamicTest> tests(Consumer<GoldenCase> check, GoldenKind... kinds) {
        return tests(kinds, entry -> run(check, entry));
    }

    /**
     * Makes a further test for each case of some kinds, which may match a part of its outputs.
     *
     * @param check matches outputs of one case
     * @param kinds the kinds of cases
     * @return the tests, none if the folder has no such case
     */
    public static Stream<DynamicTest> furtherTests(
            Consumer<GoldenCase> check, GoldenKind... kinds) {
        return tests(kinds, entry -> check.accept(read(entry)));
    }

    private static Stream<DynamicTest> tests(GoldenKind[] kinds, Consumer<JsonObject> check) {
        return entries().stream()
                .filter(entry -> GoldenKind.of(entry).size() == 1)
                .filter(entry -> Arrays.asList(kinds).containsAll(GoldenKind.of(entry)))
                .map(entry -> dynamicTest(id(entry), () -> check.accept(entry)));
    }

    private static GoldenCase read(JsonObject entry) {
        return new GoldenCase(folder(), entry, GoldenKind.of(entry).get(0));
    }

    private static void run(Consumer<GoldenCase> check, JsonObject entry) {
        GoldenCase golden = read(entry);
        check.accept(golden);
        golden.requireUnderstood();
        ParityPage.add(golden);
    }

    /** Returns whether this is the folder among the test resources. */
    static boolean isOwn() {
        return System.getProperty(ELSEWHERE) == null;
    }

    static String id(JsonObject entry) {
        return entry.get("id").getAsString();
    }

    private static Path folder() {
        if (!isOwn()) {
            Path folder = Path.of(System.getProperty(ELSEWHERE));
            // Maven is called in the folder above, as a rule
            return Files.isDirectory(folder) ? folder : Path.of("..").resolve(folder);
        }
        try {
            return Path.of(GoldenSet.class.getResource("/golden").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the entries of the manifest, at least one. */
    static List<JsonObject> entries() {
        Path file = folder().resolve("manifest.json");
        List<JsonObject> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        try {
            JsonObject manifest = new Gson().fromJson(Files.readString(file), JsonObject.class);
            for (JsonElement entry : manifest.getAsJsonArray("cases")) {
                entries.add(entry.getAsJsonObject());
                if (!ids.add(id(entry.getAsJsonObject()))) {
                    throw new IllegalStateException(
                            file + " has two cases of the id " + id(entry.getAsJsonObject()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the golden manifest " + file, e);
        } catch (JsonParseException e) {
            throw new IllegalStateException(file + " is no manifest of golden cases", e);
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException(file + " has no cases");
        }
        return entries;
    }
}
