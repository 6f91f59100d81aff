/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
     * deliberate difference.
     *
     * @param check matches the outputs of one case
     * @param kinds the kinds of cases
     * @return the tests, none if the folder has no such case
     */
    public static Stream<DynamicTest> tests(Consumer<GoldenCase> check, GoldenKind... kinds) {
        Path folder = folder();
        return entries().stream()
                .filter(entry -> Arrays.asList(kinds).containsAll(GoldenKind.of(entry)))
                .filter(entry -> GoldenKind.of(entry).size() == 1)
                .filter(entry -> !NotYet.has(GoldenKind.of(entry).get(0)))
                .map(entry -> dynamicTest(id(entry), () -> run(check, folder, entry)));
    }

    private static void run(Consumer<GoldenCase> check, Path folder, JsonObject entry) {
        GoldenCase golden = new GoldenCase(folder, entry, GoldenKind.of(entry).get(0));
        check.accept(golden);
        golden.requireAllChecked();
        ParityPage.add(golden);
    }

    /** Returns the entries of the manifest. */
    static List<JsonObject> entries() {
        List<JsonObject> entries = new ArrayList<>();
        for (JsonElement entry : manifest(folder()).getAsJsonArray("cases")) {
            entries.add(entry.getAsJsonObject());
        }
        return entries;
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

    private static JsonObject manifest(Path folder) {
        try {
            return new Gson()
                    .fromJson(Files.readString(folder.resolve("manifest.json")), JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manifest of " + folder, e);
        }
    }
}
