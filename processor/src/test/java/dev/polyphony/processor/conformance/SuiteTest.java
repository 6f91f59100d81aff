/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.polyphony.processor.method.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The suite itself, on models whose outcome is known. */
class SuiteTest {

    private static Suite suite;
    private static Map<String, ModelEntry> models;

    @BeforeAll
    static void compile() throws IOException {
        suite = new Suite(Manifest.read(Path.of("target", "test-classes", "conformance")));
        models =
                suite.getManifest().models().stream()
                        .collect(Collectors.toMap(ModelEntry::title, Function.identity()));
    }

    @AfterAll
    static void close() {
        suite.close();
    }

    @Test
    void takesModelsInEveryMethod() {
        for (Case setup : models.get("Relu").cases()) {
            for (Method method : Method.values()) {
                assertEquals(Outcome.passed(), suite.look(models.get("Relu"), setup, method));
            }
        }
    }

    @Test
    void showsARefusalOfTheCompilerWithItsLine() {
        Outcome outcome = look("Slope", Method.PACKED);
        assertEquals(List.of(), outcome.failures());
        assertEquals(1, outcome.findings().size());
        assertEquals("PLY031", outcome.findings().get(0).code());
        assertEquals(18, outcome.findings().get(0).line());
        assertTrue(!outcome.whole());
        assertEquals(Outcome.passed(), look("Slope", Method.DEEP_ENSEMBLE));
    }

    @Test
    void showsARefusalOfTheNetworkAndTriesTheWaysOut() {
        Outcome outcome = look("Reshape", Method.PACKED);
        assertEquals(List.of(), outcome.failures());
        assertEquals("", outcome.findings().get(0).code());
        assertTrue(outcome.whole());
        assertEquals(Outcome.passed(), look("Reshape", Method.BATCH_ENSEMBLE));
        assertEquals(Outcome.passed(), look("Reshape, edited", Method.PACKED));
    }

    @Test
    void writesTheMatrix() {
        Matrix matrix = new Matrix();
        for (String model : List.of("Reshape", "Slope")) {
            ModelEntry entry = models.get(model);
            entry.methods()
                    .forEach(m -> matrix.put(entry, entry.cases().get(0), m, look(model, m)));
        }
        assertEquals(
                """
                | model | inputs | m | `@Packed` | `@Mimo` | `@MixMo` | `@BatchEnsemble` | `@Masksembles` | `@DeepEnsemble` | `@SubEnsemble` |
                |---|---|---|---|---|---|---|---|---|---|
                | Reshape | (6) | 4 | [`alpha = m`](#refused) |  |  | yes |  |  |  |
                | Slope | (6) | 3 | [no](#refused) |  |  |  |  | yes |  |
                """,
                matrix.table());
        String refusals = matrix.refusals();
        assertTrue(refusals.contains("| Reshape | `@Packed` | `initialize` | "), refusals);
        assertTrue(refusals.contains("**With `alpha = m` all checks pass.** |"), refusals);
        assertTrue(
                refusals.contains(
                        "[PLY031](errors.md#PLY031), line 18: `add(Multiplication.builder()"),
                refusals);
    }

    private static Outcome look(String title, Method method) {
        ModelEntry model = models.get(title);
        return suite.look(model, model.cases().get(0), method);
    }
}
