/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.golden;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of golden vectors with its manifest: the one among the test resources, or that of {@code
 * -Dpolyphony.golden=DIR}.
 */
public final class GoldenSet {

    private GoldenSet() {}

    /**
     * Returns the cases of the manifest whose name starts with one of the prefixes.
     *
     * @param prefixes beginnings of case names, such as {@code metrics_}
     * @return the cases, at least one
     */
    public static List<GoldenCase> cases(String... prefixes) {
        Path folder = folder();
        List<GoldenCase> cases = new ArrayList<>();
        for (JsonElement entry : manifest(folder).getAsJsonArray("cases")) {
            String id = entry.getAsJsonObject().get("id").getAsString();
            for (String prefix : prefixes) {
                if (id.startsWith(prefix)) {
                    cases.add(new GoldenCase(folder, entry.getAsJsonObject()));
                    break;
                }
            }
        }
        if (cases.isEmpty()) {
            throw new IllegalStateException(
                    "no case of " + folder + " starts with " + String.join(" or ", prefixes));
        }
        return cases;
    }

    private static Path folder() {
        String elsewhere = System.getProperty("polyphony.golden");
        if (elsewhere != null) {
            return Path.of(elsewhere);
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
